import { isPending, type Push, type PushRecord, takeRead } from './record';

/** What is known of a conversation at one moment. */
export interface Sight {
  record: PushRecord;
  /** How far the customer has read. */
  read: number;
  /** Whether a stream of the customer's is open, on any node. */
  isReaderHere: boolean;
}

export interface Policy {
  waitMs: number;
  answerMs: number;
  /** When the quiet hours around a moment end; null outside of them. */
  quietUntil: (at: number) => number | null;
}

/** What is done next. `record` is what is stored with it. */
export type Move =
  /** Nothing, until then; null: until something happens. */
  | { type: 'rest'; record: PushRecord; dueAt: number | null }
  /** The push under way once more, as it is. */
  | { type: 'repeat'; record: PushRecord; push: Push }
  /** A new push in place of what was under way. */
  | { type: 'compose'; record: PushRecord; event: Push['event'] };

/** Pure: the same sight is always the same move, on whichever node and after whatever crash. */
export function decide(sight: Sight, now: number, policy: Policy): Move {
  const record = takeRead(sight.record, sight.read);
  const { push } = record;
  if (now < record.notBefore && (push !== null || record.items.some(isPending))) {
    return { type: 'rest', record, dueAt: record.notBefore };
  }
  const when = messageTime({ ...sight, record }, now, policy);
  if (when !== null && when.at <= now) return messageMove(record);
  if (push?.event === 'withdraw') return { type: 'repeat', record, push };
  // While it is not known whether a message of more is shown, taking it away would take away too much.
  const isInDoubt = push !== null && push.uncertainSends > 0;
  const isWithdrawn = record.shownTo > 0 && sight.read >= record.shownTo && !isInDoubt;
  if (isWithdrawn) return { type: 'compose', record, event: 'withdraw' };
  return { type: 'rest', record: when?.isHeld ? hold(record) : record, dueAt: when?.at ?? null };
}

/** When what waits may be pushed; null when nothing waits. */
function messageTime(
  { record, isReaderHere }: Sight,
  now: number,
  { waitMs, answerMs, quietUntil }: Policy,
): { at: number; isHeld: boolean } | null {
  const pending = record.items.filter(isPending);
  const [oldest] = pending;
  if (!oldest) return null;
  if (oldest.owedAt + waitMs > now) return { at: oldest.owedAt + waitMs, isHeld: false };
  if (isReaderHere) return { at: now + Math.max(waitMs, LOOK_MS), isHeld: false };
  const end = quietUntil(now);
  const isAwaited = pending.some(
    ({ isDanger, heardAt }) => isDanger || (heardAt !== null && now - heardAt <= answerMs),
  );
  return end === null || isAwaited ? { at: now, isHeld: false } : { at: end, isHeld: true };
}

/** How soon a conversation with an open stream is looked at again. */
const LOOK_MS = 1000;

/**
 * A push that may have arrived is sent again under its own key until it is answered; one that has certainly not is
 * replaced by one of all that waits now.
 */
function messageMove(record: PushRecord): Move {
  const { push, items } = record;
  if (push?.event !== 'message') return { type: 'compose', record, event: 'message' };
  const isSame = push.upTo === items.at(-1)?.position && push.count === countOf(record);
  return push.uncertainSends > 0 || isSame
    ? { type: 'repeat', record, push }
    : { type: 'compose', record, event: 'message' };
}

/** Messages that the customer has not read, pushed before or not. */
export const countOf = ({ items }: PushRecord): number => items.reduce((sum, { count }) => sum + count, 0);

const hold = (record: PushRecord): PushRecord => ({
  ...record,
  items: record.items.map((item) =>
    isPending(item) && item.state !== 'uncertain' ? { ...item, state: 'held', reason: 'quiet-hours' } : item,
  ),
});
