import { z } from 'zod';

/**
 * A mass outage: faults of one service area that have one cause. It is suspected by the statistic or declared by a
 * supervisor; customers hear of it once it is confirmed. Times are milliseconds since 1970 UTC.
 */
export const incidentStatusSchema = z.enum(['suspected', 'confirmed', 'recovered', 'closed', 'dismissed']);
export type IncidentStatus = z.infer<typeof incidentStatusSchema>;

/** What is broken: the intent of the report without its `fault-`. */
export const symptomSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');

/** Id of a service area of `intents/entities/areas.yaml`. */
export const areaSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'small letters, digits and hyphens');

const line = (length: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(length)
    .regex(/^[^\p{Cc}]*$/u, 'one line');

/** What has happened, in a supervisor's words; it stands inside a sentence that names the time. */
export const incidentTextSchema = z.strictObject({ zh: line(24), en: line(80) });
export type IncidentText = z.infer<typeof incidentTextSchema>;

/** What a customer may know of a confirmed incident. */
export const incidentViewSchema = z.object({
  id: z.string(),
  text: incidentTextSchema,
  expectedAt: z.number(),
  /** Raised whenever customers are told something new. */
  revision: z.number().int(),
});
export type IncidentView = z.infer<typeof incidentViewSchema>;

/** What is new. */
export const incidentNewsSchema = z.enum(['confirmed', 'updated', 'recovered']);
export type IncidentNews = z.infer<typeof incidentNewsSchema>;

/** Value of the event `incident.changed`; the dedupe key is `incident:<id>@<revision>`. */
export const incidentEventSchema = z.object({
  incident: incidentViewSchema,
  news: incidentNewsSchema,
  /** What the conversation reported. */
  symptom: z.string(),
  /** The conversation's newest order under the incident; null for none. */
  orderNumber: z.string().nullable(),
});
export type IncidentEvent = z.infer<typeof incidentEventSchema>;
