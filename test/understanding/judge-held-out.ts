import { z } from 'zod';
import type { Recognizer, Understanding } from '../../src/contract/understanding';
import { answerIntents } from '../support/intents';

/** A held-out message; `like` names the intent that it resembles without meaning it. */
const rowSchema = z.object({ text: z.string(), intent: z.string(), like: z.string().optional() });
export type HeldOut = z.infer<typeof rowSchema>;
export type Judged = HeldOut & { found: Pick<Understanding, 'intents' | 'candidates' | 'isClose'> };

export const parseHeldOut = (text: string): HeldOut[] =>
  text
    .trim()
    .split('\n')
    .map((line) => rowSchema.parse(JSON.parse(line)));

export const judge = (rows: HeldOut[], recognizer: Recognizer): Judged[] =>
  rows.map((row) => ({ ...row, found: recognizer.recognize(row.text) }));

export const share = <T>(list: T[], holds: (each: T) => boolean): number =>
  list.filter(holds).length / list.length;

/** Symptoms that one dialog takes care of: mixing them up opens no wrong dialog. */
const SYMPTOMS = [
  'fault-no-internet',
  'fault-slow-speed',
  'fault-intermittent',
  'fault-wifi',
  'fault-tv',
  'fault-landline',
  'fault-mobile-signal',
  'repair-reopen',
];
const isSameDialog = (a: string, b: string): boolean =>
  a === b || (SYMPTOMS.includes(a) && SYMPTOMS.includes(b));

export const isBest = ({ intent, found }: Judged): boolean => found.candidates[0]?.intent === intent;

export const isRight = ({ intent, found }: Judged): boolean =>
  intent === 'oos' ? found.intents.length === 0 : found.intents.some((each) => each.intent === intent);

/** A dialog that is not meant opens, and nothing is asked before. */
export function isWrongDialog({ intent, found }: Judged): boolean {
  const [first] = found.intents;
  if (first === undefined || found.isClose || answerIntents.has(first.intent)) return false;
  return !isSameDialog(first.intent, intent);
}
