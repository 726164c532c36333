import { z } from 'zod';
import { channelIdSchema } from './activity';
import { prioritySchema } from './conversation';
import { orderKindSchema } from './orders';
import { slaClockSchema, slaSubjectSchema } from './sla';

const known = z.string().trim().min(1).max(80).nullable().default(null);

/**
 * `POST /admin/content/promises/deadline`: when something would be due under one's draft. What is not known is null, and
 * fits only promises that do not ask for it.
 */
export const foretellSchema = z.strictObject({
  subject: slaSubjectSchema,
  /** The operator's wall clock: `2026-11-29T10:30`. */
  startAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a time such as 2026-11-29T10:30')
    .refine((wall) => !Number.isNaN(Date.parse(`${wall}:00Z`)), 'a day that there is'),
  kind: orderKindSchema.nullable().default(null),
  severity: known,
  product: known,
  customerLevel: known,
  /** Id of a service area. */
  area: known,
  channel: channelIdSchema.nullable().default(null),
  priority: prioritySchema.nullable().default(null),
});
export type Foretell = z.infer<typeof foretellSchema>;

const spoken = z.object({ zh: z.string(), en: z.string() });

export const foretoldSchema = z.object({
  /** One for each of the three clocks that has a promise; times are of the operator's wall clock: `2026-11-24 22:00`. */
  clocks: z.array(
    z.object({
      clock: slaClockSchema,
      policy: z.string(),
      name: spoken,
      dueAt: z.string(),
      /** What the policy asks for, all of which the matter has. */
      fits: z.array(z.object({ key: z.string(), values: z.array(z.string()) })),
      /** Why it is due then, line by line. */
      lines: z.array(spoken),
      /** When something is done before or after, by percent of the target. */
      thresholds: z.array(z.object({ percent: z.number(), at: z.string(), actions: z.array(z.string()) })),
    }),
  ),
  /** Clocks that no policy of the draft starts for this. */
  without: z.array(slaClockSchema),
});
export type Foretold = z.infer<typeof foretoldSchema>;

/** `POST /admin/content/promises/month`: a month (`2026-10`) of a calendar of one's draft. */
export const monthRequestSchema = z.strictObject({
  calendar: z.string().min(1).max(80),
  month: z.string().regex(/^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])$/, 'a month such as 2026-10'),
});
export type MonthRequest = z.infer<typeof monthRequestSchema>;

export const calendarMonthSchema = z.object({
  days: z.array(
    z.object({
      date: z.string(),
      /** 0 is Monday. */
      weekday: z.number().int(),
      /** Why the day is as it is: by a date of the calendar's own, a national holiday, a weekend that is worked, or the week. */
      cause: z.enum(['own', 'holiday', 'make-up', 'week']),
      /** `08:30-12:00`; closed when there are none. */
      periods: z.array(z.string()),
    }),
  ),
});
export type CalendarMonth = z.infer<typeof calendarMonthSchema>;
