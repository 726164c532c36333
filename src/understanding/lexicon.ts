import { z } from 'zod';
import type { ContentProblem } from '../contract/problem';
import { type Report, readYamlFile } from './yaml-file';

/** `intents/entities/lexicon.yaml`: jargon, slang, dialect and English, brought to one form before they are learned. */
export const lexiconSchema = z.strictObject({
  forms: z.array(z.strictObject({ form: z.string().min(1), words: z.array(z.string().min(1)).min(1) })),
  /** Plans and packages by the names that customers give them. */
  plans: z
    .array(z.strictObject({ name: z.string().min(1), words: z.array(z.string().min(1)).default([]) }))
    .default([]),
});
export type Lexicon = z.infer<typeof lexiconSchema>;

export const EMPTY_LEXICON: Lexicon = { forms: [], plans: [] };

/** The file of `intents/entities/` that holds the lexicon. */
const LEXICON_FILE = 'lexicon.yaml';

/**
 * Reads the lexicon from the files of `intents/entities/`; without one there are no forms. All problems at once, a word
 * of two forms included.
 */
export function parseLexicon(files: Record<string, string>): {
  lexicon: Lexicon;
  problems: ContentProblem[];
} {
  const text = files[LEXICON_FILE];
  const problems: ContentProblem[] = [];
  if (text === undefined) return { lexicon: EMPTY_LEXICON, problems };
  const shapes = 'src/understanding/lexicon.ts';
  const { value, report } = readYamlFile({ file: LEXICON_FILE, text, shapes }, lexiconSchema, problems);
  if (value) reportAmbiguous(value, report);
  return { lexicon: value ?? EMPTY_LEXICON, problems };
}

/** A word of two forms would be brought to whichever comes first. */
function reportAmbiguous({ forms }: Lexicon, report: Report): void {
  const owners = new Map<string, string>();
  for (const [i, { form, words }] of forms.entries())
    for (const [j, word] of words.entries()) {
      const owner = owners.get(word.toLowerCase());
      owners.set(word.toLowerCase(), form);
      if (owner) report(['forms', i, 'words', j], `"${word}" means "${owner}" too`, 'keep it with one form');
    }
}

const escapeWord = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
/** Latin words count as whole words; Chinese has no word boundaries. */
const patternOf = (word: string): string =>
  /^[\x20-\x7e]+$/.test(word) ? `(?<![a-z])${escapeWord(word)}(?![a-z])` : escapeWord(word);

/** A function that replaces each word of the lexicon in normalized text by its form, the longest word first. */
export function rewriterOf({ forms }: Pick<Lexicon, 'forms'>): (text: string) => string {
  const formOf = new Map(forms.flatMap(({ form, words }) => words.map((word) => [word.toLowerCase(), form])));
  if (formOf.size === 0) return (text) => text;
  const words = [...formOf.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(words.map(patternOf).join('|'), 'gu');
  return (text) =>
    text.replace(pattern, (word) => {
      const form = formOf.get(word) ?? word;
      // Latin forms stay words of their own.
      return /^[a-z]/.test(form) ? ` ${form} ` : form;
    });
}
