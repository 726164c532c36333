import { LineCounter, type Node, parseDocument } from 'yaml';
import { speaksOf, stringsOf } from './edit-slots';

/** What can be looked for in all files of a version. */
export interface Sought {
  kind: 'dialog' | 'slot' | 'intent' | 'article';
  name: string;
}
export interface Usage {
  /** The path of the file: `dialogs/complaint.yaml`. */
  file: string;
  line: number;
  /** Where in the file: `steps.3.dialog`. */
  path: string;
  text: string;
}

/** Places where a dialog, slot, intent or article is spoken of; files that are no YAML have none. */
export function findUsages(files: Readonly<Record<string, string>>, { kind, name }: Sought): Usage[] {
  return Object.entries(files).flatMap(([file, text]) => {
    if (!/^dialogs\/[^/]+\.yaml$/.test(file) || !text.includes(name)) return [];
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    if (document.errors.length > 0) return [];
    return stringsOf(document.toJS()).flatMap(([path, value]): Usage[] => {
      if (!isUse(kind, name, path, value)) return [];
      const node = document.getIn(path, true) as Node | undefined;
      const line = lines.linePos(node?.range?.[0] ?? 0).line || 1;
      return [{ file, line, path: path.join('.'), text: value }];
    });
  });
}

function isUse(
  kind: Sought['kind'],
  name: string,
  path: readonly (string | number)[],
  text: string,
): boolean {
  const last = path.at(-1);
  if (kind === 'slot') return speaksOf(name, path, text);
  if (text !== name) return new RegExp(`["']${name}["']`).test(text) && kind === 'dialog';
  if (kind === 'intent')
    return (
      path.at(-2) === 'intents' ||
      path[0] === 'hints' ||
      path[0] === 'yieldsTo' ||
      (path[0] === 'offeredFor' && last === 'intent')
    );
  return last === kind;
}
