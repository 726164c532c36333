import { z } from 'zod';
import { planSchema } from './account';
import { prioritySchema } from './conversation';
import { unfinishedSchema } from './customers';
import { customerRecordSchema } from './dialog';
import { incidentViewSchema } from './incidents';
import { operatorOperations } from './operator-operations';
import { appointmentSchema, orderKindSchema, orderViewSchema } from './orders';
import { regulatorStartSchema } from './regulator';

const phone = z.string();
const optionalText = z.string().nullish();

const foundIncident = z.object({
  incident: incidentViewSchema.extend({ isLate: z.boolean(), isSubscribed: z.boolean() }).nullable(),
});

/** Why a customer wants to leave. */
export const retentionReasonSchema = z.enum(['moving', 'price', 'other']);

/** What a complaint is about. */
export const complaintCauseSchema = z.enum(['service', 'charges', 'network', 'security']);
export type ComplaintCause = z.infer<typeof complaintCauseSchema>;

/** Operations that change something at the operator, which not waiting for them does not undo. */
export const CHANGING: ReadonlySet<string> = new Set([
  'operator.change-plan',
  'operator.cancel-service',
  'operator.change-slot',
]);

/**
 * What a dialog's `call` and `work-order` steps may ask of the world outside the turn: arguments from the step, values
 * for its slots. Handlers live in `operator/`, `customers/` and `work-orders/`. Times are milliseconds since 1970 UTC.
 * Who asks (conversation, verified phone) is added by the turn, never by a dialog.
 */
export const operations = {
  ...operatorOperations,
  /** What the policy lets the verified customer be offered who wants to leave; null for nothing. */
  'retention.offer': {
    args: z.object({ reason: retentionReasonSchema }),
    value: z.object({
      offer: z
        .discriminatedUnion('type', [
          z.object({ id: z.string(), type: z.literal('plan'), plan: planSchema, untilAt: z.number() }),
          z.object({
            id: z.string(),
            type: z.literal('grant'),
            text: z.object({ zh: z.string(), en: z.string() }),
            untilAt: z.number(),
          }),
        ])
        .nullable(),
    }),
  },
  /**
   * Counts a fault report, once a customer, area and symptom a day, and answers the confirmed incident that it belongs
   * to, if there is one. What is broken follows from the intent (`fault-tv`). `isLate`: the expected time is over.
   */
  'incident.report': {
    args: z.object({ area: z.string(), intent: z.string() }),
    value: foundIncident,
  },
  /** The confirmed incident of an area, of any symptom, without counting. */
  'incident.find': {
    args: z.object({ area: z.string() }),
    value: foundIncident,
  },
  /** The conversation is told of news and recovery from now on. False when the incident is over. */
  'incident.subscribe': {
    args: z.object({ id: z.string() }),
    value: z.object({ isSubscribed: z.boolean() }),
  },
  'otp.send': { args: z.object({ phone }), value: z.object({ expiresAt: z.number() }) },
  /** `code` is sealed: only the handler can read it. A verified phone belongs to the conversation from then on. */
  'otp.verify': {
    args: z.object({ phone, code: z.string() }),
    value: z.object({ isVerified: z.boolean(), triesLeft: z.number(), phone: z.string().nullable() }),
  },
  /**
   * Links the conversation to the customer who holds the phone that was proven in it: by the app's token, or by a
   * one-time code within ten minutes, once. `other-customer`: the conversation belongs to somebody with another phone;
   * nothing was changed, and the next call says by `choice` what is meant. Error code `no-proof`.
   */
  'customer.link': {
    args: z.object({ choice: z.enum(['merge', 'switch']).nullish() }),
    value: z.object({
      status: z.enum(['linked', 'merged', 'other-customer']),
      record: customerRecordSchema.nullable(),
      /** A dialog that the customer left open on another channel. */
      unfinished: unfinishedSchema.nullable(),
    }),
  },
  /** Ends the link of this conversation, or of all of the customer's. */
  'customer.unlink': {
    args: z.object({ scope: z.enum(['here', 'all']) }),
    value: z.object({ isUnlinked: z.boolean() }),
  },
  'work-order.create': {
    args: z.object({
      kind: orderKindSchema,
      summary: z.string().min(1).max(300),
      phone: phone.nullish(),
      address: optionalText,
      /** Id of the service area that the address lies in. */
      area: optionalText,
      /** The visit that was reserved. */
      appointment: appointmentSchema.nullish(),
      priority: prioritySchema.default('normal'),
      /** Of a complaint that was taken to the authority. */
      regulator: regulatorStartSchema.nullish(),
      /** All that the customer said, for whoever works on it. */
      details: z.record(z.string(), z.unknown()).default({}),
    }),
    value: z.object({ order: orderViewSchema }),
  },
  /** `order: null` for everyone who may not see it and for numbers that do not exist, told apart by nothing. */
  'work-order.find': {
    args: z.object({ number: z.string() }),
    value: z.object({ order: orderViewSchema.nullable() }),
  },
  /** The customer denies what a pause was blamed on them for. False when there is nothing to dispute, or it is not theirs. */
  'work-order.dispute': {
    args: z.object({ number: z.string() }),
    value: z.object({ isDisputed: z.boolean() }),
  },
  /**
   * The customer says that an order is done, which closes it, or that it is not, which opens it again. `unchanged`: it
   * was so already. `too-late`: done more than seven days ago. Null for an order that the asker may not see.
   */
  'work-order.confirm': {
    args: z.object({ number: z.string(), isSolved: z.boolean() }),
    value: z.object({
      status: z.enum(['closed', 'reopened', 'unchanged', 'too-late', 'not-found']),
      order: orderViewSchema.nullable(),
    }),
  },
  /**
   * The customer needs nothing more: an open order of theirs is cancelled. `unchanged`: it is over already. Null for an
   * order that the asker may not see. Its visit is given back with `operator.release-slot`.
   */
  'work-order.withdraw': {
    args: z.object({ number: z.string(), note: optionalText }),
    value: z.object({
      status: z.enum(['withdrawn', 'unchanged', 'not-found']),
      order: orderViewSchema.nullable(),
    }),
  },
  /** A remark of the customer on an order of theirs, kept in its history. `unchanged`: the order is over. */
  'work-order.add': {
    args: z.object({ number: z.string(), text: z.string().min(1).max(500) }),
    value: z.object({
      status: z.enum(['added', 'unchanged', 'not-found']),
      order: orderViewSchema.nullable(),
    }),
  },
  /**
   * Moves the visit of an open order to one that was reserved, or gives it up (null). The promise is not before the end
   * of the new one. `unchanged`: the order is over. The one before is given back with `operator.release-slot`.
   */
  'work-order.reschedule': {
    args: z.object({ number: z.string(), appointment: appointmentSchema.nullable() }),
    value: z.object({
      status: z.enum(['rescheduled', 'unchanged', 'not-found']),
      order: orderViewSchema.nullable(),
    }),
  },
  /**
   * At most three free visits for an open order, where it is to be done, nearest to the wish; none for an order that
   * needs no visit, or that the asker may not see.
   */
  'work-order.visits': {
    args: z.object({ number: z.string(), wishAt: z.number().nullish() }),
    value: z.object({ slots: z.array(appointmentSchema) }),
  },
  /**
   * The complaint that a new one of the same customer and cause belongs to: the newest of the last 30 days; null when
   * there is none. `times`: how often it was made, `since`: when first. Without a cause any complaint counts.
   */
  'complaint.earlier': {
    args: z.object({ cause: complaintCauseSchema.nullish() }),
    value: z.object({
      order: orderViewSchema.nullable(),
      times: z.number().int(),
      since: z.number().nullable(),
    }),
  },
  /** Goes on with it; `unchanged`: it is older, or was withdrawn. Null for an order that the asker may not see. */
  'complaint.continue': {
    args: z.object({
      number: z.string(),
      text: z.string().min(1).max(500),
      /** The customer speaks of an appeal, a court or the press. */
      isThreat: z.boolean().nullish(),
    }),
    value: z.object({
      status: z.enum(['continued', 'unchanged', 'not-found']),
      order: orderViewSchema.nullable(),
      times: z.number().int(),
    }),
  },
  /** The open and recent orders that the asker may see, newest first, at most five. */
  'work-order.list': { args: z.object({}), value: z.object({ orders: z.array(orderViewSchema) }) },
} as const;

export type OperationName = keyof typeof operations;
export type OperationArgs<N extends OperationName> = z.infer<(typeof operations)[N]['args']>;
export type OperationValue<N extends OperationName> = z.infer<(typeof operations)[N]['value']>;
