import { z } from 'zod';
import { channelIdSchema } from '../../contract/activity';
import { prioritySchema } from '../../contract/conversation';
import { orderKindSchema } from '../../contract/orders';
import { pauseReasonSchema, slaActionSchema, slaClockSchema, slaSubjectSchema } from '../../contract/sla';

/**
 * Policies as they are written, `dialogs/policies/`: one file a policy, and `calendars.yaml`. docs/sla.md explains each
 * field to whoever writes them.
 */
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens');
const spoken = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const time = z.string().regex(TIME, 'a time such as 08:30; 24:00 is the end of the day');
const period = z
  .string()
  .regex(/^\d\d:\d\d-\d\d:\d\d$/, 'a period such as 08:30-12:00')
  .refine((text) => text.split('-').every((part) => TIME.test(part)), 'a period such as 08:30-12:00');
const words = z.array(z.string().min(1)).min(1);
/** Two years: more is a mistake of the unit. */
const amount = z.number().positive().max(1_051_200);

/** Days of the week by their names; the shorter names stand for those that are not named. */
const weekSchema = z
  .strictObject({
    'every-day': z.array(period),
    workdays: z.array(period),
    weekends: z.array(period),
    monday: z.array(period),
    tuesday: z.array(period),
    wednesday: z.array(period),
    thursday: z.array(period),
    friday: z.array(period),
    saturday: z.array(period),
    sunday: z.array(period),
  })
  .partial();
export type Week = z.infer<typeof weekSchema>;

export const calendarFileSchema = z.strictObject({
  id,
  /** What people call it; without it they are shown its id. */
  name: spoken.optional(),
  /** IANA; that of the operator (`TIME_ZONE`) when it is left out. */
  timeZone: z.string().refine(isTimeZone, 'a zone of the IANA list, such as Asia/Shanghai').optional(),
  week: weekSchema,
  holidays: z.enum(['none', 'china']).default('none'),
  /** Closed when it is left out. */
  onHoliday: z.array(period).default([]),
  /** As on a Monday when it is left out. */
  onMakeUpDay: z.array(period).optional(),
  days: z.record(z.iso.date(), z.array(period)).default({}),
});
export type CalendarFile = z.infer<typeof calendarFileSchema>;

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export const calendarsFileSchema = z.strictObject({
  /** Nothing is said to customers then but what they are waiting for; without it there are none. */
  quietHours: z
    .strictObject({ from: time, to: time })
    .refine(({ from, to }) => from !== to, 'hours that end when they begin are none: leave them out')
    .optional(),
  calendars: z.array(calendarFileSchema).min(1),
});
export type CalendarsFile = z.infer<typeof calendarsFileSchema>;

/** How long: on the calendar's periods, in whole days, in days that the calendar is open, or until a time of day. */
export const targetSchema = z.union(
  [
    z.strictObject({ minutes: amount }),
    z.strictObject({ hours: amount }),
    z.strictObject({ days: amount }),
    z.strictObject({ workingDays: amount }),
    z.strictObject({ until: time }),
  ],
  { error: 'one of minutes, hours, days, workingDays (numbers above 0) or until (a time such as 22:00)' },
);
export type Target = z.infer<typeof targetSchema>;

/** All that is given must hold. The order of the keys decides which of two policies is nearer: see `pickPolicy`. */
export const matchSchema = z
  .strictObject({
    areas: words,
    provinces: words,
    settlements: z.array(z.enum(['urban', 'rural'])).min(1),
    customerLevels: words,
    products: words,
    severities: words,
    priorities: z.array(prioritySchema).min(1),
    kinds: z.array(orderKindSchema).min(1),
    channels: z.array(channelIdSchema).min(1),
    /** By the operator's wall clock when it began: from this time of day on, and before this one. */
    acceptedFrom: time,
    acceptedBefore: time,
  })
  .partial();
export type Match = z.infer<typeof matchSchema>;

/** What is owed when a promise was missed: once, or for each day that has begun, with a limit. */
export const compensationSchema = z.strictObject({
  yuan: z.number().positive().max(10_000),
  per: z.enum(['once', 'day']),
  atMost: z.number().positive().max(100_000).optional(),
});
export type Compensation = z.infer<typeof compensationSchema>;

export const policySchema = z.strictObject({
  id,
  name: spoken,
  subject: slaSubjectSchema,
  clock: slaClockSchema.default('promise'),
  match: matchSchema.default({}),
  target: targetSchema,
  /** Of a bot without progress: after so many messages in vain the target counts as reached. */
  turns: z.number().int().min(1).max(50).optional(),
  calendar: id,
  pauses: z.array(pauseReasonSchema).default([]),
  onReopen: z.enum(['continue', 'restart']).default('continue'),
  /** After a broken promise the customer is told a new time, so far ahead; the target again when it is left out. */
  renewal: targetSchema.optional(),
  /** What the customer of a work order gets when it is done later than promised; nothing when it is left out. */
  compensation: compensationSchema.optional(),
  thresholds: z
    .array(z.strictObject({ percent: z.number().min(1).max(1000), actions: z.array(slaActionSchema) }))
    .min(1),
});
export type Policy = z.infer<typeof policySchema>;
