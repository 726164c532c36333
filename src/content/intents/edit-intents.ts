import { removeIn, setIn } from '../../dialogs/edit/edit-yaml';
import { flowOf } from '../../dialogs/edit/render-value';
import { findUsages, type Usage } from '../../dialogs/edit/usages';
import { AppError } from '../../errors';

/** Files by path; null for one that goes. */
type Edits = Record<string, string | null>;
type Files = Readonly<Record<string, string>>;

export const intentPath = (id: string): string => `intents/${id}.yaml`;
export const intentIdOf = (path: string): string | null => /^intents\/([^/]+)\.yaml$/.exec(path)?.[1] ?? null;

/** The program itself acts on these: they can be taught, and neither renamed nor deleted. */
export const OWN_INTENTS: ReadonlySet<string> = new Set([
  'affirm',
  'cancel',
  'deny',
  'greet',
  'oos',
  'repeat',
  'restart',
  'talk-to-human',
  'thanks',
]);

/** The head of an intent's file, without reading its thousands of examples. */
export function intentHead(text: string): { zh: string; en: string; role: string } {
  const head = text.slice(0, Math.max(text.search(/^examples:/m), 0) || 600);
  const bare = (value: string | undefined) => (value ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
  const named = (language: string) => bare(new RegExp(`^\\s+${language}:\\s*(.+)$`, 'm').exec(head)?.[1]);
  const flow = /^name: *\{ *zh: *(.+?), *en: *(.+?) *\}/m.exec(head);
  return {
    zh: bare(flow?.[1]) || named('zh'),
    en: bare(flow?.[2]) || named('en'),
    role: /^role:\s*(\w+)/m.exec(head)?.[1] ?? 'concern',
  };
}

export interface NewIntent {
  id: string;
  zh: string;
  en: string;
  /** As in `intentFileSchema`. */
  role: 'concern' | 'answer';
  /** One of each language to begin with. */
  examples: { zh: string; en: string };
}

/** The file of a new intent. */
export const newIntentText = ({ id, zh, en, role, examples }: NewIntent): string =>
  [
    `id: ${flowOf(id)}`,
    'name:',
    `  zh: ${flowOf(zh)}`,
    `  en: ${flowOf(en)}`,
    `role: ${role}`,
    'examples:',
    '  zh:',
    `    - ${flowOf(examples.zh)}`,
    '  en:',
    `    - ${flowOf(examples.en)}`,
    '',
  ].join('\n');

/** An intent that a line of a scripted conversation expects. */
const SCRIPTED = /(\bintent: *["']?)([^\s"',}]+)/;

/** Where an intent is spoken of: dialogs that it opens, answers to questions, scripted conversations. */
export function intentUsages(files: Files, name: string): Usage[] {
  const scripted = Object.entries(files).flatMap(([file, text]) =>
    file.startsWith('dialogs/conversations/')
      ? text.split('\n').flatMap((line, i): Usage[] => {
          const isIt = SCRIPTED.exec(line)?.[2] === name;
          return isIt ? [{ file, line: i + 1, path: '', text: line.trim() }] : [];
        })
      : [],
  );
  return [...findUsages(files, { kind: 'intent', name }), ...scripted];
}

/**
 * Gives an intent another id, and everything that speaks of it too. Throws `bad-content` for one that the program
 * acts on, an id that is taken, or a file that is no YAML.
 */
export function renameIntent(files: Files, from: string, to: string): Edits {
  const text = files[intentPath(from)];
  if (OWN_INTENTS.has(from) || text === undefined || files[intentPath(to)] !== undefined)
    throw new AppError('bad-content', `"${from}" cannot be called "${to}".`);
  const edits: Edits = { [intentPath(from)]: null, [intentPath(to)]: setIn(text, ['id'], to) };
  for (const { file, path, line } of intentUsages(files, from)) {
    const now = edits[file] ?? files[file] ?? '';
    if (path === '') edits[file] = renamedLine(now, line, { from, to });
    else {
      const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      edits[file] = setIn(now, keys, to);
    }
  }
  return edits;
}

function renamedLine(text: string, line: number, { from, to }: { from: string; to: string }): string {
  const lines = text.split('\n');
  lines[line - 1] = (lines[line - 1] ?? '').replace(SCRIPTED, (whole, before: string, name: string) =>
    name === from ? before + to : whole,
  );
  return lines.join('\n');
}

/** Deletes an intent and takes it out of the dialogs; conversations that expect it say so at the trial. */
export function deleteIntent(files: Files, name: string): Edits {
  if (OWN_INTENTS.has(name)) throw new AppError('bad-content', `"${name}" is the program's own.`);
  const edits: Edits = { [intentPath(name)]: null };
  // From the end, so that the places of the others stay.
  for (const { file, path } of findUsages(files, { kind: 'intent', name }).reverse()) {
    const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    // What was offered for it goes as a whole: without the intent the offer would be another one.
    if (keys[0] === 'offeredFor') keys.pop();
    edits[file] = removeIn(edits[file] ?? files[file] ?? '', keys);
  }
  return edits;
}
