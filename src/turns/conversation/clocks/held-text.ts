import { z } from 'zod';
import type { QuietUntil } from '../../../satisfaction/when-to-ask';
import { quietUntil } from '../../../sla/calendar/quiet-hours';
import { setTimer, type Work } from '../work';

/** The value of the timer that says in the morning what was held at night. */
export const heldTextSchema = z.object({
  subject: z.literal('held-text'),
  pattern: z.string(),
  /** Of the order that it is about. */
  number: z.string().nullable(),
  /** Why, where the text says it. */
  reason: z.string().optional(),
});
export type HeldText = Omit<z.infer<typeof heldTextSchema>, 'subject'>;

/** Who has just written is awake, and waits for what comes. */
const AWAKE_MS = 30 * 60_000;
/** Reasons of handoffs that promises brought about, and no wish of the customer's. */
const OURS = /^(?:sla|promise-lapsed):/;

export const isAwake = ({ state, entry }: Work): boolean =>
  entry.at - (state.session?.lastAt ?? 0) < AWAKE_MS;

/** The customer asked for a human, or was told that one comes, and is in the line. */
export const isInLineByWish = ({ state: { ownership } }: Work): boolean =>
  ownership.owner === 'queued' && !OURS.test(ownership.reason ?? '');

const isWaiting = (work: Work): boolean => isInLineByWish(work) || isAwake(work);

/** When somebody may be disturbed who must not be at a moment; null when they may. */
export const quietUntilOf =
  ({ settings: { policies } }: Pick<Work, 'settings'>): QuietUntil =>
  (at) =>
    quietUntil(policies.quietHours, policies.timeZone, at);

/** In quiet hours everything waits but what the customer is waiting for. True when it was held. */
export function holdText(work: Work, text: HeldText): boolean {
  const dueAt = quietUntilOf(work)(work.entry.at);
  if (dueAt === null || isWaiting(work)) return false;
  // The last word about an order replaces what was held before it.
  const id = `held:${text.number ?? text.pattern}`;
  setTimer(work, { id, dueAt, value: { subject: 'held-text', ...text } });
  return true;
}
