import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { ContentProblem } from '../contract/problem';

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
  if (text === undefined) return { lexicon: EMPTY_LEXICON, problems: [] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problem = (line: number, path: PropertyKey[], message: string, remedy: string): ContentProblem => ({
    file: LEXICON_FILE,
    line,
    path: path.map(String).join('.'),
    message,
    remedy,
  });
  if (document.errors.length > 0) {
    const found = document.errors.map(({ message, pos }) =>
      problem(lines.linePos(pos[0]).line, [], message, 'mend the YAML'),
    );
    return { lexicon: EMPTY_LEXICON, problems: found };
  }
  const parsed = lexiconSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const found = parsed.error.issues.map(({ path, message }) =>
      problem(1, path, message, 'see lexiconSchema for the shape'),
    );
    return { lexicon: EMPTY_LEXICON, problems: found };
  }
  return { lexicon: parsed.data, problems: ambiguousWords(parsed.data, problem) };
}

function ambiguousWords(
  { forms }: Lexicon,
  problem: (line: number, path: PropertyKey[], message: string, remedy: string) => ContentProblem,
): ContentProblem[] {
  const owners = new Map<string, string>();
  return forms.flatMap(({ form, words }, i) =>
    words.flatMap((word, j) => {
      const owner = owners.get(word.toLowerCase());
      owners.set(word.toLowerCase(), form);
      const path = ['forms', i, 'words', j];
      return owner ? [problem(1, path, `"${word}" means "${owner}" too`, 'keep it with one form')] : [];
    }),
  );
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
