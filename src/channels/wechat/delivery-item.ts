import { z } from 'zod';
import type { RecordEntry } from '../../contract/conversation';
import { partSchema } from './reply-parts';

/**
 * One message on its way to a customer, from the commit of its turn to a recorded outcome. Times are milliseconds
 * since 1970 UTC.
 */
export const deliveryItemSchema = z.object({
  /** `<command id>#<part>` */
  id: z.string(),
  /** `<account>/<openid>` */
  userId: z.string(),
  part: partSchema,
  at: z.number(),
  /** Whether it may be sent again when nobody knows whether it arrived. */
  mayRepeat: z.boolean(),
  /** True when no customer asked for it: it takes another way rather than wait. */
  isNotice: z.boolean(),
  /** Verified, for a text message. */
  phone: z.string().nullable(),
  state: z.enum(['queued', 'waiting', 'held', 'passive', 'sending', 'sent', 'not-delivered', 'uncertain']),
  /** Why it is held, was not delivered or is uncertain. */
  reason: z.string().nullable(),
  route: z.enum(['passive', 'api', 'template', 'sms']).nullable(),
  /** How many sends of it had an outcome that nobody knows. */
  uncertainSends: z.number().int(),
  /** Sends of it that were not written, in a row. */
  failures: z.number().int(),
  /** The first of the items that its last send carried; itself when it went alone. */
  sentWith: z.string().nullable(),
  /** Until when it waits, while `waiting` or `passive`. */
  dueAt: z.number(),
});
export type DeliveryItem = z.infer<typeof deliveryItemSchema>;

export const newItem = (
  item: Pick<DeliveryItem, 'id' | 'userId' | 'part' | 'at' | 'mayRepeat' | 'isNotice' | 'phone'>,
): DeliveryItem => ({
  ...item,
  state: 'queued',
  reason: null,
  route: null,
  uncertainSends: 0,
  failures: 0,
  sentWith: null,
  dueAt: 0,
});

export const isSettled = ({ state }: DeliveryItem): boolean =>
  state === 'sent' || state === 'not-delivered' || state === 'uncertain';

/** What Postgres keeps of a change: outcomes, holds, and every single send whose outcome is unknown. */
export function factOf(item: DeliveryItem, at: number): [id: string, fact: string] {
  const { id, state, route, reason, uncertainSends, sentWith } = item;
  const value = { id, state, route, reason, uncertainSends, sentWith };
  const fact: RecordEntry = { type: 'delivery', at, value };
  return [`${id}:${state}:${uncertainSends}`, JSON.stringify(fact)];
}
