import { z } from 'zod';
import { prioritySchema } from './conversation';
import { fieldActSchema, technicianSchema } from './field';
import { appointmentSchema, orderKindSchema, orderPauseSchema, orderStatusSchema } from './orders';

/**
 * What the operator's systems are told of work orders, and what they tell us. Each message carries the whole order, so
 * that one that is missed does no harm once the next arrives. Times are milliseconds since 1970 UTC.
 */
export const dispatchEventSchema = z.enum([
  'created',
  'reopened',
  'cancelled',
  'closed',
  /** The customer, or an agent, has added words. */
  'note',
  /** The visit was moved, or given up. */
  'rescheduled',
  'updated',
]);
export type DispatchEvent = z.infer<typeof dispatchEventSchema>;

export const orderMessageSchema = z.object({
  event: dispatchEventSchema,
  number: z.string(),
  version: z
    .int()
    .describe('Rises with each change; number and version are one message, and messages come in order.'),
  at: z.number(),
  by: z.string().describe('customer, bot, agent, field or operator.'),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  order: z.object({
    kind: orderKindSchema,
    status: orderStatusSchema,
    summary: z.string(),
    phone: z.string().nullable().describe('Whom to call.'),
    address: z.string().nullable(),
    area: z.string().nullable().describe('Id of the service area.'),
    priority: prioritySchema,
    promiseAt: z.number().describe('What the customer was promised.'),
    appointment: appointmentSchema.nullable(),
    pause: orderPauseSchema.nullable(),
    technician: technicianSchema.nullable(),
    repeats: z.int().describe('How often it was opened again.'),
    details: z.record(z.string(), z.unknown()).describe('All that the customer said.'),
    createdAt: z.number(),
  }),
});
export type OrderMessage = z.infer<typeof orderMessageSchema>;

/** What the operator's systems tell of an order: what a technician would say on the field page, or that it is off. */
export const callbackActSchema = z.union([
  fieldActSchema,
  z.strictObject({ type: z.literal('cancel'), note: z.string().trim().max(500).nullish() }),
]);

export const callbackSchema = z.strictObject({
  id: z.string().min(1).max(100).describe('The same id is the same callback, however often it arrives.'),
  number: z.string().max(40),
  at: z.int().describe('When it happened; counted as no later than now and no earlier than the last change.'),
  technician: technicianSchema.describe(
    'Who acts; for what nobody does in the field, whoever answers for it.',
  ),
  act: callbackActSchema,
});
export type Callback = z.infer<typeof callbackSchema>;

export const callbackAnswerSchema = z.object({
  number: z.string(),
  version: z.int(),
  status: orderStatusSchema,
});
