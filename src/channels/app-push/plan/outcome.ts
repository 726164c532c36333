import type { PushVerdict } from '../../delivery/push-queue';
import { type Item, isPending, type Push, type PushRecord } from './record';

/** What a send, or its loss, makes of the record. */
export interface Outcome {
  record: PushRecord;
  push: Push;
  state: 'sent' | 'waiting' | 'uncertain' | 'not-delivered';
  reason: string | null;
}

export interface Patience {
  now: number;
  maxAgeMs: number;
  /** Uniform in [0, 1). */
  random: () => number;
}

const BASE_MS = 1000;
const LONGEST_MS = 5 * 60_000;

/**
 * Exponential back-off with full jitter: uniform between nothing and a bound that doubles
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export const backOffMs = (failures: number, random: () => number): number =>
  Math.floor(random() * Math.min(LONGEST_MS, BASE_MS * 2 ** Math.min(failures, 16)));

const covered = (push: Push, { position }: Item): boolean => position <= push.upTo;

const withItems = (record: PushRecord, change: (item: Item) => Partial<Item>): PushRecord => ({
  ...record,
  items: record.items.map((item) => ({ ...item, ...change(item) })),
});

/** The push goes out now. */
export function begin(record: PushRecord, push: Push): PushRecord {
  const begun: Push = { ...push, state: 'sending', sends: push.sends + 1 };
  const isUnderWay = (item: Item) => push.event === 'message' && covered(push, item) && isPending(item);
  return withItems({ ...record, push: begun }, (item) =>
    isUnderWay(item) ? { state: push.uncertainSends > 0 ? 'uncertain' : 'sending', reason: null } : {},
  );
}

/** Null when the push is no longer the one that is under way. */
export function settle(
  record: PushRecord,
  key: string,
  verdict: PushVerdict,
  patience: Patience,
): Outcome | null {
  const { push } = record;
  if (push === null || push.key !== key) return null;
  switch (verdict.type) {
    case 'sent':
      return accept(record, push);
    case 'final':
      return giveUp(record, push, verdict.reason);
    case 'later':
      return wait(record, push, verdict, patience);
    case 'uncertain':
      return wait(record, { ...push, uncertainSends: push.uncertainSends + 1 }, verdict, patience);
  }
}

function accept(record: PushRecord, push: Push): Outcome {
  const isMessage = push.event === 'message';
  const free = { ...record, push: null, failures: 0, notBefore: 0, shownTo: isMessage ? push.upTo : 0 };
  const next = withItems(free, (item) =>
    isMessage && covered(push, item) ? { state: 'sent', reason: 'pushed' } : {},
  );
  return { record: next, push, state: 'sent', reason: null };
}

function giveUp(record: PushRecord, push: Push, reason: string): Outcome {
  const isMessage = push.event === 'message';
  const mayBeShown = isMessage && push.uncertainSends > 0;
  const shownTo = mayBeShown ? Math.max(record.shownTo, push.upTo) : isMessage ? record.shownTo : 0;
  const free = { ...record, push: null, failures: 0, notBefore: 0, shownTo };
  const next = withItems(free, (item) =>
    isMessage && covered(push, item) && isPending(item)
      ? { state: mayBeShown ? 'doubtful' : 'not-delivered', reason }
      : {},
  );
  return { record: next, push, state: 'not-delivered', reason };
}

/** Later again, in its time; what has grown too old by then is given up at once, so that it is seen. */
function wait(
  record: PushRecord,
  push: Push,
  verdict: { type: 'later' | 'uncertain'; reason: string; waitMs?: number },
  { now, maxAgeMs, random }: Patience,
): Outcome {
  const { reason, waitMs = 0 } = verdict;
  const notBefore = now + Math.max(waitMs, backOffMs(record.failures, random));
  if (notBefore > push.createdAt + maxAgeMs) return giveUp(record, push, reason);
  const state = push.uncertainSends > 0 ? 'uncertain' : 'waiting';
  const waiting: Push = { ...push, state: 'waiting' };
  const next = withItems({ ...record, push: waiting, failures: record.failures + 1, notBefore }, (item) =>
    push.event === 'message' && covered(push, item) && isPending(item) ? { state, reason } : {},
  );
  return {
    record: next,
    push: waiting,
    state: verdict.type === 'uncertain' ? 'uncertain' : 'waiting',
    reason,
  };
}
