import { useEffect, useMemo } from 'react';
import { intentHead, intentIdOf } from '../../../../content/intents/edit-intents';
import { type ExampleRow, readExamples } from '../../../../content/intents/example-lines';
import { createHintDesk } from '../../client/hint-desk';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench } from '../context';

export const LEXICON = 'intents/entities/lexicon.yaml';
/** One worker serves every part of the page. */
export const hintDesk = createHintDesk();

export interface IntentRow {
  id: string;
  path: string;
  /** In the language of the page. */
  name: string;
  zh: string;
  en: string;
  role: string;
  rows: ExampleRow[];
}

/** What was read of a text last: of forty files one changes at a time. */
const read = new Map<string, { text: string; row: Omit<IntentRow, 'name'> }>();

function rowOf(path: string, id: string, text: string): Omit<IntentRow, 'name'> {
  const known = read.get(path);
  if (known?.text === text) return known.row;
  const row = { id, path, ...intentHead(text), rows: readExamples(text) };
  read.set(path, { text, row });
  return row;
}

/** Every intent of the draft by its id; what is typed is compared with all of them. */
export function useIntents(): IntentRow[] {
  const { settings } = useAdmin();
  const bench = useBench();
  const files = useMemo(() => filesOf(bench), [bench]);
  const lexicon = files[LEXICON] ?? null;
  const texts = Object.entries(files).filter(([path]) => intentIdOf(path) !== null);
  // The draft is a new object with every save; its intents are not.
  const key = texts.map(([path, text]) => `${path} ${text.length}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `bench.histories` and `bench.saved` hold the texts.
  const intents = useMemo(
    () =>
      texts
        .map(([path, text]) => rowOf(path, intentIdOf(path) ?? '', text))
        .map((row) => ({ ...row, name: row[settings.locale] || row.id }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    [key, bench.histories, bench.saved, settings.locale],
  );
  useEffect(() => {
    const examples = intents.flatMap(({ id, rows }) => rows.map(({ text }) => ({ text, intent: id })));
    // Not with every letter: the last state counts.
    const timer = setTimeout(() => hintDesk.know(examples, lexicon), 300);
    return () => clearTimeout(timer);
  }, [intents, lexicon]);
  return intents;
}
