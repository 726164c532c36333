import { z } from 'zod';
import { pauseReasonSchema, slaActionSchema, slaClockSchema } from './sla';

/** Work orders as everybody speaks of them. Times are milliseconds since 1970 UTC. */
export const orderKindSchema = z.enum(['fault', 'installation', 'complaint']);
export type OrderKind = z.infer<typeof orderKindSchema>;

export const orderStatusSchema = z.enum([
  'registered',
  'assigned',
  'in-progress',
  'resolved',
  'closed',
  'cancelled',
]);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

/** Somebody still works on it, or is yet to. */
export const openStatuses = ['registered', 'assigned', 'in-progress'] as const satisfies OrderStatus[];
export const isOpenStatus = (status: string): boolean => openStatuses.some((open) => open === status);

export const appointmentSchema = z.object({ id: z.string(), startAt: z.number(), endAt: z.number() });
export type Appointment = z.infer<typeof appointmentSchema>;

/** Which status may follow which. A repair that did not hold goes back to work. */
export const orderTransitions: Record<OrderStatus, readonly OrderStatus[]> = {
  registered: ['assigned', 'in-progress', 'resolved', 'cancelled'],
  assigned: ['in-progress', 'resolved', 'cancelled'],
  'in-progress': ['assigned', 'resolved', 'cancelled'],
  resolved: ['closed', 'in-progress'],
  closed: ['in-progress'],
  cancelled: [],
};

/** Why an order stands still at present; what is blamed on the customer is shown and may be disputed. */
export const orderPauseSchema = z.object({
  reason: pauseReasonSchema,
  since: z.number(),
  isDisputed: z.boolean(),
});
export type OrderPause = z.infer<typeof orderPauseSchema>;

/** Whether the holder of a new line has proven on site who they are. */
export const orderIdentitySchema = z.enum(['verified', 'mismatch']);

/** What a customer may see of an order. */
export const orderViewSchema = z.object({
  number: z.string(),
  kind: orderKindSchema,
  status: orderStatusSchema,
  promiseAt: z.number().nullable(),
  summary: z.string(),
  appointment: appointmentSchema.nullable(),
  updatedAt: z.number(),
  pause: orderPauseSchema.optional(),
  /** Who comes, once it is known. */
  technician: z.object({ id: z.string(), name: z.string() }).optional(),
  /** Of an installation: what the technician's look at the holder's document came to. */
  identity: orderIdentitySchema.optional(),
});
export type OrderView = z.infer<typeof orderViewSchema>;

/** A threshold of one of the order's clocks that was passed, and what the conversation does about it. */
export const orderLapseSchema = z.object({
  policy: z.string(),
  clock: slaClockSchema,
  percent: z.number(),
  /** When the clock's target was, or is, due; what the customer had been told. */
  wasDueAt: z.number().nullable(),
  /** The new time that the customer is told; null when nothing was promised anew. */
  newAt: z.number().nullable(),
  actions: z.array(slaActionSchema),
});
export type OrderLapse = z.infer<typeof orderLapseSchema>;

/** What happened to an order; `clock`: only its deadlines moved. */
export const orderChangeSchema = z.enum([
  'status',
  'paused',
  'resumed',
  'disputed',
  'reopened',
  /** A visit was agreed on, or another one. */
  'appointed',
  /** Somebody else comes. */
  'reassigned',
  'arrived',
  /** Not done at the first visit: somebody comes again. */
  'revisit',
  'clock',
  /** The customer said something more about it. */
  'remark',
]);
export type OrderChange = z.infer<typeof orderChangeSchema>;

/**
 * Value of the events `order.registered`, `order.changed` and `order.lapsed` (and, for other conversations that may show
 * it, `order.watched`), which the relay of `events_out` brings
 * into the conversation that made the order; the dedupe key is `order:<number>@<version>`.
 */
export const orderEventSchema = z.object({
  order: orderViewSchema,
  version: z.number().int(),
  /** What is told of it; a change of status in events of older releases. */
  change: orderChangeSchema.default('status'),
  /** When the next threshold of its clocks is reached; null for none. Absent in events of older releases. */
  nextAt: z.number().nullable().optional(),
  /** True when the customer brought it about in chat: they are not told what they have just said. */
  isOwn: z.boolean().optional(),
  /** Of `revisit`, and of closing without a word: why. */
  reason: z.string().optional(),
  /** What the customer is answered: of a case of the authority, once it is approved. */
  answer: z.string().optional(),
  /** Done later than promised: what the customer gets by policy. */
  compensationYuan: z.number().optional(),
  /** Of `order.lapsed`. */
  lapse: orderLapseSchema.optional(),
});
export type OrderEvent = z.infer<typeof orderEventSchema>;

/** What policies ask of an order beside its kind and when it came in; null for what nobody knows. */
export interface OrderFacts {
  /** Id of the service area. */
  area: string | null;
  product: string | null;
  customerLevel: string | null;
  province: string | null;
  settlement: string | null;
}
