import { z } from 'zod';

/**
 * All that is known of a conversation's pushes. Times are milliseconds since 1970 UTC, positions those of the
 * conversation's log. There is at most one push under way: what waits is one push, and what comes meanwhile is in the
 * next one.
 */
export const owedSchema = z.object({
  /** The id of the turn's command, which stands in its replies as `deliveryId`. */
  id: z.string(),
  /** Of the turn's last reply. */
  position: z.int(),
  /** Replies of the turn. */
  count: z.int(),
  owedAt: z.number(),
  /** When the customer had last written; null when that is not what the turn answers. */
  heardAt: z.number().nullable(),
  isDanger: z.boolean(),
  orderNumber: z.string().nullable(),
});
export type Owed = z.infer<typeof owedSchema>;

const stateSchema = z.enum([
  'queued',
  'held',
  'sending',
  'waiting',
  'uncertain',
  'sent',
  'not-delivered',
  /** Given up without knowing whether it arrived. */
  'doubtful',
]);

/** One turn's replies that the customer has not read. */
const itemSchema = owedSchema.extend({ state: stateSchema, reason: z.string().nullable() });
export type Item = z.infer<typeof itemSchema>;

const pushSchema = z.object({
  key: z.string(),
  event: z.enum(['message', 'withdraw']),
  /** The last position that it tells of. */
  upTo: z.int(),
  count: z.int(),
  /** What is sent, byte for byte, as often as it is sent. */
  body: z.string(),
  createdAt: z.number(),
  state: z.enum(['sending', 'waiting']),
  sends: z.int(),
  /** Sends of it that nobody knows the outcome of. */
  uncertainSends: z.int(),
});
export type Push = z.infer<typeof pushSchema>;

const settledSchema = z.object({ id: z.string(), state: stateSchema, reason: z.string().nullable() });

export const recordSchema = z.object({
  schema: z.literal(1),
  userId: z.string(),
  /** Of the last push. */
  sequence: z.int(),
  /** The last position that was owed a push, read or not: what stands before it is never owed again. */
  owedTo: z.int(),
  items: z.array(itemSchema),
  push: pushSchema.nullable(),
  /** A push up to here is, or may be, on the customer's phone; 0 for none. */
  shownTo: z.int(),
  /** Sends in a row that were not accepted, and until when nothing is sent because of them. */
  failures: z.int(),
  notBefore: z.number(),
  /** What became of replies that need nothing more, the newest last. */
  settled: z.array(settledSchema),
});
export type PushRecord = z.infer<typeof recordSchema>;

/** Turns that are told apart; older ones are counted with the next. */
const ITEMS_KEPT = 50;
const SETTLED_KEPT = 30;

export const newRecord = (userId: string): PushRecord => ({
  schema: 1,
  userId,
  sequence: 0,
  owedTo: 0,
  items: [],
  push: null,
  shownTo: 0,
  failures: 0,
  notBefore: 0,
  settled: [],
});

/** Neither pushed nor given up. */
export const isPending = ({ state }: Item): boolean => state !== 'sent' && !isGivenUp(state);

const isGivenUp = (state: Item['state']): boolean => state === 'not-delivered' || state === 'doubtful';

/** Whether anything may still have to be sent, or taken back. */
export const isOpen = ({ items, push, shownTo }: PushRecord): boolean =>
  items.length > 0 || push !== null || shownTo > 0;

/** Adds what a turn owes, once however often it is told. */
export function owe(record: PushRecord, owed: Owed): PushRecord {
  if (owed.position <= record.owedTo) return record;
  const item: Item = { ...owed, state: 'queued', reason: null };
  return { ...record, owedTo: owed.position, items: shorten([...record.items, item]) };
}

/** Takes up again what was given up, unless it has been read or pushed since. */
export function oweAgain(record: PushRecord, ids: string[], now: number): PushRecord {
  const items = record.items.map((item): Item => {
    const isAgain = isGivenUp(item.state) && ids.includes(item.id);
    return isAgain ? { ...item, state: 'queued', reason: null, owedAt: now } : item;
  });
  return { ...record, items };
}

function shorten(items: Item[]): Item[] {
  const [first, second, ...rest] = items;
  if (!first || !second || items.length <= ITEMS_KEPT) return items;
  return [{ ...second, count: first.count + second.count }, ...rest];
}

/**
 * What has been read needs no push. One that was not sent is dropped with it; one that may have arrived counts as
 * shown.
 */
export function takeRead(record: PushRecord, read: number): PushRecord {
  const gone = record.items.filter(({ position }) => position <= read);
  if (gone.length === 0) return record;
  const settled = gone.map(({ id }) => ({ id, state: 'sent' as const, reason: 'read' }));
  const { push, shownTo } = record;
  const isOver = push?.event === 'message' && push.upTo <= read;
  return {
    ...record,
    items: record.items.filter(({ position }) => position > read),
    settled: [...record.settled, ...settled].slice(-SETTLED_KEPT),
    push: isOver ? null : push,
    shownTo: isOver && push.uncertainSends > 0 ? Math.max(shownTo, push.upTo) : shownTo,
  };
}
