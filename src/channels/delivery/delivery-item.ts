import { z } from 'zod';
import type { RecordEntry } from '../../contract/conversation';

/**
 * One message on its way to a customer, from the commit of its turn to a recorded outcome. What it carries is the
 * channel's own. Times are milliseconds since 1970 UTC.
 */
export const deliveryItemSchemaOf = <P extends z.ZodType>(part: P) =>
  z.object({
    /** `<command id>#<part>` */
    id: z.string(),
    /** The customer, as the channel names them to the turn engine. */
    userId: z.string(),
    part,
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
    route: z.enum(['passive', 'api', 'welcome', 'template', 'sms']).nullable(),
    /** How many sends of it had an outcome that nobody knows. */
    uncertainSends: z.number().int(),
    /** Sends of it that were not written, in a row. */
    failures: z.number().int(),
    /** The first of the items that its last send carried; itself when it went alone. */
    sentWith: z.string().nullable(),
    /** Until when it waits, while `waiting` or `passive`. */
    dueAt: z.number(),
  });

type AnyItem = z.infer<ReturnType<typeof deliveryItemSchemaOf<z.ZodUnknown>>>;
export type DeliveryItem<Part = unknown> = Omit<AnyItem, 'part'> & { part: Part };

export const newItem = <Part>(
  item: Pick<DeliveryItem<Part>, 'id' | 'userId' | 'part' | 'at' | 'mayRepeat' | 'isNotice' | 'phone'>,
): DeliveryItem<Part> => ({
  ...item,
  state: 'queued',
  reason: null,
  route: null,
  uncertainSends: 0,
  failures: 0,
  sentWith: null,
  dueAt: 0,
});

/** What Postgres keeps of a change: outcomes, holds, and every single send whose outcome is unknown. */
export function factOf(item: Omit<DeliveryItem, 'part'>, at: number): [id: string, fact: string] {
  const { id, state, route, reason, uncertainSends, sentWith } = item;
  const value = { id, state, route, reason, uncertainSends, sentWith };
  const fact: RecordEntry = { type: 'delivery', at, value };
  return [`${id}:${state}:${uncertainSends}`, JSON.stringify(fact)];
}
