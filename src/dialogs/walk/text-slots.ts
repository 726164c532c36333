/** A text asks for a slot before it shows it: `{% if slots.a %}`, `{% case slots.a %}`, or a default. */
const READ = /\{\{-?\s*slots\.([A-Za-z]\w*)((?:(?!\}\}).)*)\}\}/gu;
const TAG = /\{%-?\s*(?:if|elsif|unless|case|for)\b((?:(?!%\}).)*)%\}/gu;
const NAME = /slots\.([A-Za-z]\w*)/gu;

const namesIn = (text: string): string[] => [...text.matchAll(NAME)].map(([, name]) => name ?? '');

/** Slots that a text shows without asking whether there is anything to show. */
export function shownUnasked(text: string): string[] {
  const asked = new Set([...text.matchAll(TAG)].flatMap(([, inside]) => namesIn(inside ?? '')));
  const shown = [...text.matchAll(READ)].flatMap(([, name = '', rest = '']) =>
    rest.includes('default:') ? [] : [name],
  );
  return [...new Set(shown)].filter((name) => !asked.has(name));
}
