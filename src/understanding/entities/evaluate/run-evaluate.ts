import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Recognizer } from '../../../contract/understanding';
import { readYamlFolder } from '../../intent-file';
import { parseLexicon } from '../../lexicon';
import { createUnderstand } from '../../understand';
import { parseAreas } from '../address/service-areas';
import {
  type AnnotatedMessage,
  type EntityEvaluation,
  type KindScore,
  scoreEntities,
} from './score-entities';

/**
 * `npm run entities:evaluate -- [--messages A.jsonl …] [--mistakes] [--json]`: lines are
 * {"text","entities":[{"type","start","end"}]}. Without `--messages` it is the annotated messages of the tests.
 */
const root = join(__dirname, '../../../..');
const folder = join(root, 'test/understanding/entities');
const SHIPPED = ['annotated.jsonl', 'blind.jsonl', 'blind-2.jsonl'].map((name) => join(folder, name));
/** 24 November 2026, 10:00 in Shanghai: times are read as if they had been said then. */
const NOW = Date.UTC(2026, 10, 24, 2);

const rowSchema = z.object({
  text: z.string(),
  entities: z.array(z.object({ type: z.string(), start: z.number().int(), end: z.number().int() })),
});

/** Reads a line of a file; throws with its place for one that is none. */
function readRow(path: string, line: string, at: number): AnnotatedMessage {
  try {
    return rowSchema.parse(JSON.parse(line));
  } catch {
    throw new RangeError(`${path}, line ${at}: write {"text": "…", "entities": [{"type", "start", "end"}]}.`);
  }
}

function readMessages(path: string): AnnotatedMessage[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new RangeError(`${path} cannot be read: name a file of JSON lines.`);
  }
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [readRow(path, line, i + 1)]));
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`.padStart(7);

const lineOf = ({ type, precision, recall, right, exact, expected }: KindScore): string =>
  `  ${type.padEnd(18)} precision ${percent(precision)}  recall ${percent(recall)}  ` +
  `exact offsets ${exact} of ${right} right, ${expected} in all`;

const describe = (path: string, found: EntityEvaluation, isLong: boolean): string =>
  [
    `${path}: ${found.messages} messages`,
    lineOf(found.all),
    ...found.kinds.map(lineOf),
    ...(isLong ? found.mistakes : []).map(
      ({ text, missed, invented }) => `    "${text}": missed [${missed}], invented [${invented}]`,
    ),
  ].join('\n');

const NO_INTENTS: Recognizer = {
  version: 'none',
  recognize: () => ({ intents: [], candidates: [], isClose: false }),
};

function run(): void {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', multiple: true },
      mistakes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const names = readYamlFolder(join(root, 'intents/entities'));
  const [{ lexicon }, { areas }] = [parseLexicon(names), parseAreas(names)];
  const understand = createUnderstand({ recognizer: NO_INTENTS, timeZone: 'Asia/Shanghai', lexicon, areas });
  const find = (text: string) => understand(text, { now: NOW, localeHint: null }).entities;
  const found = (values.messages ?? SHIPPED).map((path) => ({
    path,
    ...scoreEntities(readMessages(path), find),
  }));
  console.log(
    values.json
      ? JSON.stringify(found)
      : found.map((one) => describe(one.path, one, values.mistakes)).join('\n'),
  );
}

try {
  run();
} catch (error) {
  // A mistake of the caller is told in a line; anything else is a fault and shows where it happened.
  if (!(error instanceof RangeError || (error instanceof TypeError && 'code' in error))) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
