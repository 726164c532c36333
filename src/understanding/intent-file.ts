import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import type { ContentProblem } from '../contract/problem';
import type { IntentExamples } from '../contract/understanding';
import type { Example } from './model';

/** One file of `intents/`. */
export const intentFileSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens'),
  /** What the customer is asked with when two intents are close. */
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** A concern opens a dialog; an answer replies to a question and never counts beside a concern. */
  role: z.enum(['concern', 'answer', 'outside']),
  examples: z.strictObject({
    zh: z.array(z.string().min(1)).min(1),
    en: z.array(z.string().min(1)).min(1),
  }),
});
export type IntentFile = z.infer<typeof intentFileSchema> & IntentExamples;

/** Reads intent files; all problems at once, none thrown. `files`: name to text. */
export function parseIntents(files: Record<string, string>): {
  intents: IntentFile[];
  problems: ContentProblem[];
} {
  const intents: IntentFile[] = [];
  const problems: ContentProblem[] = [];
  const owners = new Map<string, string>();
  for (const [file, text] of Object.entries(files)) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const lineAt = (path: PropertyKey[]): number => {
      // Zod's paths hold names and positions only.
      const node = document.getIn(path as (string | number)[], true) as Node | undefined;
      const parent = isMap(document.contents) ? document.contents : undefined;
      return lines.linePos(node?.range?.[0] ?? parent?.range?.[0] ?? 0).line;
    };
    const report = (path: PropertyKey[], message: string, remedy: string) =>
      problems.push({ file, line: lineAt(path), path: path.map(String).join('.'), message, remedy });
    for (const { message, pos } of document.errors) {
      problems.push({ file, line: lines.linePos(pos[0]).line, path: '', message, remedy: 'mend the YAML' });
    }
    if (document.errors.length > 0) continue;
    const parsed = intentFileSchema.safeParse(document.toJS());
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        report(path, message, 'see intentFileSchema for the shape');
      continue;
    }
    const intent = parsed.data;
    if (`${intent.id}.yaml` !== file)
      report(['id'], `id is "${intent.id}"`, `name the file ${intent.id}.yaml`);
    for (const language of ['zh', 'en'] as const) {
      for (const [i, example] of intent.examples[language].entries()) {
        const key = example.trim().toLowerCase();
        const owner = owners.get(key);
        const where = ['examples', language, i];
        if (owner) report(where, `"${example}" stands in ${owner} too`, 'keep it where it belongs');
        else owners.set(key, intent.id);
      }
    }
    intents.push(intent);
  }
  return { intents, problems };
}

/** What intents are learned from: every example with its intent, Chinese before English. */
export const examplesOf = (intents: readonly Pick<IntentFile, 'id' | 'examples'>[]): Example[] =>
  intents.flatMap(({ id, examples: { zh, en } }) => [...zh, ...en].map((text) => ({ text, intent: id })));

/** The files of a folder by name. */
export function readYamlFolder(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
