import { z } from 'zod';
import { pauseReasonSchema } from './sla';

/**
 * Work on an order where the customer lives: who does it, how far it has come, and what technicians tell us, by the page
 * behind their link and by callbacks of the operator's systems alike. Times are milliseconds since 1970 UTC.
 */
const shortText = z.string().trim().min(1).max(60);
const note = z.string().trim().max(500).nullish();

export const technicianSchema = z.strictObject({
  /** Staff number (工号). */
  id: z.string().trim().min(1).max(40),
  name: shortText,
  /** Where the link is sent, and what a privacy number is bound to; null where the operator keeps it to itself. */
  phone: z.string().trim().max(30).nullable().default(null),
});
export type Technician = z.infer<typeof technicianSchema>;

/** What was found to be the cause, in words that reports can count. */
export const causes = [
  'drop-cable',
  'connector',
  'splitter',
  'trunk-cable',
  'port',
  'ont',
  'router',
  'set-top-box',
  'configuration',
  'power',
  'customer-equipment',
  'no-fault-found',
  'installed',
] as const;
export const causeSchema = z.enum(causes);
export type Cause = z.infer<typeof causeSchema>;

/** What was measured before leaving. */
export const readingSchema = z.discriminatedUnion('type', [
  /** Light that the customer's modem receives. */
  z.strictObject({ type: z.literal('optical'), dbm: z.number().min(-50).max(10) }),
  z.strictObject({ type: z.literal('speed'), mbps: z.number().min(0).max(20_000) }),
  /** Reference signal of a mobile cell. */
  z.strictObject({ type: z.literal('mobile'), rsrpDbm: z.number().min(-150).max(-20) }),
]);
export type Reading = z.infer<typeof readingSchema>;

/** Why a second visit is needed. */
export const revisitReasons = ['parts', 'trunk-cable', 'daylight', 'no-access', 'two-people'] as const;
export const revisitReasonSchema = z.enum(revisitReasons);
export type RevisitReason = z.infer<typeof revisitReasonSchema>;

export const reassignReasons = ['other-area', 'too-far', 'no-time', 'other-skill', 'ill'] as const;
export const reassignReasonSchema = z.enum(reassignReasons);

/** Documents that do not match are told by `identity` alone: nobody takes a photo of them. */
export const suspendReasonSchema = pauseReasonSchema.exclude(['customer-documents']);
export type SuspendReason = z.infer<typeof suspendReasonSchema>;
export const suspendReasons = suspendReasonSchema.options;

/** A visit that was agreed on with the customer. */
const visit = { startAt: z.number().int(), endAt: z.number().int() };
const visitSchema = z.strictObject(visit);
/** Id of a photo that was uploaded before. */
const photo = z
  .string()
  .regex(/^[0-9a-f]{64}\.(jpg|png|webp)$/)
  .nullish();

export const fieldActSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('accept') }),
  z.strictObject({ type: z.literal('appoint'), ...visit }),
  z.strictObject({ type: z.literal('arrive') }),
  /** To a colleague, or back to whoever dispatches. */
  z.strictObject({
    type: z.literal('reassign'),
    reason: reassignReasonSchema,
    to: technicianSchema.nullish(),
    note,
  }),
  z.strictObject({ type: z.literal('suspend'), reason: suspendReasonSchema, photo, note }),
  z.strictObject({ type: z.literal('resume'), note }),
  /** Of an installation: whether the holder's document was seen and matches. Nothing of the document itself is kept. */
  z.strictObject({ type: z.literal('identity'), isVerified: z.boolean() }),
  z.strictObject({
    type: z.literal('finish'),
    cause: causeSchema,
    reading: readingSchema,
    photo,
    note,
  }),
  /** Not done this time: somebody comes again. */
  z.strictObject({
    type: z.literal('revisit'),
    reason: revisitReasonSchema,
    visit: visitSchema.nullish(),
    photo,
    note,
  }),
]);
export type FieldAct = z.infer<typeof fieldActSchema>;

/** How the work in the field stands; kept with the order. */
export const fieldWorkSchema = z.object({
  technician: technicianSchema.nullable(),
  /** Raised whenever somebody else is given the order: links of earlier ones end with it. */
  assignment: z.number().int(),
  hasAccepted: z.boolean(),
  arrivedAt: z.number().nullable(),
  /** Arrivals so far. */
  visits: z.number().int(),
  /** When the customer was called by a privacy number. */
  calls: z.array(z.number()),
  photos: z.array(z.string()),
  result: z.object({ cause: causeSchema, reading: readingSchema }).nullable(),
  /** What the last look at the holder's document came to; null before there was one. */
  identity: z.object({ isVerified: z.boolean(), at: z.number() }).nullable().default(null),
});
export type FieldWork = z.infer<typeof fieldWorkSchema>;

export const noFieldWork: FieldWork = {
  technician: null,
  assignment: 0,
  hasAccepted: false,
  arrivedAt: null,
  visits: 0,
  calls: [],
  photos: [],
  result: null,
  identity: null,
};
