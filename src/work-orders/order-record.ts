import type { Selectable } from 'kysely';
import { z } from 'zod';
import { channelIdSchema } from '../contract/activity';
import { prioritySchema } from '../contract/conversation';
import { fieldWorkSchema, noFieldWork } from '../contract/field';
import { type OrderView, orderStatusSchema, orderViewSchema } from '../contract/orders';
import { regulatorCaseSchema } from '../contract/regulator';
import type { WorkOrderHistoryTable, WorkOrdersTable } from '../records/order-tables';

/** Fault, installation and complaint orders. Postgres alone is authoritative; times are milliseconds since 1970 UTC. */

/** An order with all that is kept of it: for agents, never for customers. */
export const orderRecordSchema = orderViewSchema.extend({
  promiseAt: z.number(),
  /** Raised by every change; a change names the version that it was decided on. */
  version: z.number().int(),
  conversationId: z.string(),
  channel: channelIdSchema,
  /** Contact phone as `readPhone` gives it; what it could not read stands as it was said. */
  phone: z.string().nullable(),
  address: z.string().nullable(),
  /** Id of the service area that the address lies in; null where nobody knows. */
  area: z.string().nullable(),
  priority: prioritySchema,
  details: z.record(z.string(), z.unknown()),
  createdAt: z.number(),
  /** How often it was opened again after it had been done. */
  repeats: z.number().int(),
  field: fieldWorkSchema,
  /** Id of the mass outage that it hangs under: its own repair is then that of the incident. */
  incident: z.string().nullable(),
  /** Of a complaint that the customer has taken to the authority; null for every other order. */
  regulator: regulatorCaseSchema.nullable(),
});
export type OrderRecord = z.infer<typeof orderRecordSchema>;

/** One step in the life of an order. */
export const orderStepSchema = z.object({
  version: z.number().int(),
  at: z.number(),
  status: orderStatusSchema,
  /** `agent:<account id>`, or `bot`. */
  by: z.string(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});
export type OrderStep = z.infer<typeof orderStepSchema>;

/** What a customer may see of it. */
export function viewOf(order: OrderRecord): OrderView {
  const { pause, technician: _unknown, ...view } = orderViewSchema.parse(order);
  const { technician, identity } = order.field;
  return {
    ...view,
    ...(pause && { pause }),
    ...(identity && { identity: identity.isVerified ? ('verified' as const) : ('mismatch' as const) }),
    ...(technician && { technician: { id: technician.id, name: technician.name } }),
  };
}

export const recordOf = (row: Selectable<WorkOrdersTable>): OrderRecord =>
  orderRecordSchema.parse({
    ...row,
    promiseAt: Number(row.promise_at),
    updatedAt: Number(row.updated_at),
    createdAt: Number(row.created_at),
    conversationId: row.conversation_id,
    pause: row.pause ?? undefined,
    field: row.field ?? noFieldWork,
  });

export const stepOf = (row: Selectable<WorkOrderHistoryTable>): OrderStep =>
  orderStepSchema.parse({ ...row, at: Number(row.at) });

/** Text for Postgres, which cannot hold NUL. */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '\ufffd');

export const cleanNullable = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : cleanText(text);
