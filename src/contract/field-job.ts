import { z } from 'zod';
import { prioritySchema } from './conversation';
import { fieldActSchema, fieldWorkSchema } from './field';
import { appointmentSchema, orderKindSchema, orderPauseSchema, orderStatusSchema } from './orders';

/** What the technicians' page and the server say to each other. Times are milliseconds since 1970 UTC. */

/** An order as its technician sees it. What belongs to the customer is gone once the work is reported as done. */
export const fieldJobSchema = z.object({
  number: z.string(),
  kind: orderKindSchema,
  status: orderStatusSchema,
  priority: prioritySchema,
  summary: z.string().nullable(),
  address: z.string().nullable(),
  /** Whether there is a customer to call. */
  isCallable: z.boolean(),
  /** What the line test said when it was reported. */
  test: z
    .object({ verdict: z.string(), rxPowerDbm: z.number().nullable(), speedMbps: z.number().nullable() })
    .nullable(),
  appointment: appointmentSchema.nullable(),
  promiseAt: z.number(),
  pause: orderPauseSchema.nullable(),
  /** How often it came back after it had been done. */
  repeats: z.number(),
  field: fieldWorkSchema.omit({ photos: true, calls: true }),
  /** The holder's document has to be seen, and to match, before the work is finished. */
  isIdentityMissing: z.boolean(),
  /** Signed addresses, for a few minutes. */
  photos: z.array(z.string()),
  calls: z.array(z.number()),
  timeZone: z.string(),
  /** The server's clock: that of the phone may be wrong. */
  now: z.number(),
});
export type FieldJob = z.infer<typeof fieldJobSchema>;

const key = z.string().min(8).max(64);
export const fieldRequestSchema = z.strictObject({ key, act: fieldActSchema });
export const callRequestSchema = z.strictObject({ key });

/** A number that reaches the customer, and shows neither side the other's. */
export const privacyNumberSchema = z.object({ phone: z.string(), expiresAt: z.number() });
export type PrivacyNumber = z.infer<typeof privacyNumberSchema>;
