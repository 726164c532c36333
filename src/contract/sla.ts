import { z } from 'zod';

/**
 * The clock of a promise: an event log from which every deadline follows. It is kept with what it is about: in the
 * state of a conversation, or beside a work order in Postgres. Times are milliseconds since 1970 UTC, durations
 * milliseconds.
 */
export const slaSubjects = [
  'first-reply',
  'queue-wait',
  'first-human-reply',
  'next-human-reply',
  'bot-progress',
  'work-order',
  'complaint-answer',
] as const;
export const slaSubjectSchema = z.enum(slaSubjects);
export type SlaSubject = z.infer<typeof slaSubjectSchema>;

/** Three clocks run apart: what we aim at, what the customer was told, what the law says. */
export const slaClocks = ['internal', 'promise', 'legal'] as const;
export const slaClockSchema = z.enum(slaClocks);
export type SlaClock = z.infer<typeof slaClockSchema>;

/** Why a clock may stand still. The first three are blamed on the customer, who is shown them and may dispute them. */
export const pauseReasons = [
  'customer-unreachable',
  'customer-postponed',
  'customer-documents',
  'third-party',
  'weather',
  'parts',
] as const;
export const pauseReasonSchema = z.enum(pauseReasons);
export type PauseReason = z.infer<typeof pauseReasonSchema>;
export const isBlamedOnCustomer = (reason: PauseReason): boolean => reason.startsWith('customer-');

/** From minute to minute of a day, the end not included: [510, 720] is 08:30 to 12:00. */
const periodsSchema = z.array(z.tuple([z.number().int(), z.number().int()]));
export type Periods = z.infer<typeof periodsSchema>;

/** When a clock runs. */
export const calendarSchema = z.object({
  id: z.string(),
  timeZone: z.string(),
  /** Monday first. */
  week: z.array(periodsSchema).length(7),
  holidays: z.enum(['none', 'china']),
  /** On national holidays, and on weekend days that are worked in exchange; without meaning where there are none. */
  onHoliday: periodsSchema,
  onMakeUpDay: periodsSchema,
  /** Dates that differ from everything else, as `2026-12-31`. */
  days: z.record(z.string(), periodsSchema),
});
export type Calendar = z.infer<typeof calendarSchema>;

/**
 * What a duration is measured in: `open` by the calendar's periods, `days` by whole dates, `working-days` by dates on
 * which the calendar is open at all (a date is a day, however long clocks make it), `plain` by nothing but time.
 */
export const measureSchema = z.enum(['open', 'days', 'working-days', 'plain']);
export type Measure = z.infer<typeof measureSchema>;

/** Of a policy what a deadline needs, as it stood when it was applied. A day is 86,400,000 of a target in days. */
export const appliedPolicySchema = z.object({
  id: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  clock: slaClockSchema,
  measure: measureSchema,
  targetMs: z.number().positive(),
  calendar: calendarSchema,
  /** Reasons for which this clock stands still; for others it runs on. */
  pauses: z.array(pauseReasonSchema),
  /** Whether a clock whose matter comes back goes on where it stood, or begins anew. */
  onReopen: z.enum(['continue', 'restart']),
  /** Percents of the target at which something is done, rising. */
  thresholds: z.array(z.number().positive()),
});
export type AppliedPolicy = z.infer<typeof appliedPolicySchema>;

const at = z.number();
/** Who brought it about: `agent:<account id>`, `customer`, `bot`. */
const by = z.string();

export const clockEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), at, policy: appliedPolicySchema }),
  z.object({ type: z.literal('paused'), at, by, reason: pauseReasonSchema }),
  z.object({ type: z.literal('resumed'), at, by }),
  /** The customer denies the last pause that was blamed on them: it counts as running until it is ruled on. */
  z.object({ type: z.literal('disputed'), at, by }),
  /** `isUpheld`: the pause was right, and does not count. */
  z.object({ type: z.literal('ruled'), at, by, isUpheld: z.boolean() }),
  z.object({ type: z.literal('policy-changed'), at, policy: appliedPolicySchema }),
  /** Nobody can come before this: the end of the visit that was booked, or of the earliest free one. */
  z.object({ type: z.literal('visit'), at, endAt: z.number() }),
  /** The promise was broken and a new one given. */
  z.object({ type: z.literal('renewed'), at, until: z.number() }),
  z.object({ type: z.literal('met'), at }),
  z.object({ type: z.literal('reopened'), at }),
  z.object({ type: z.literal('cancelled'), at }),
]);
export type ClockEvent = z.infer<typeof clockEventSchema>;

/** One clock: the first event is `started`. `fired` names the thresholds that were acted on: `75@1` is of revision 1. */
export const appliedClockSchema = z.object({
  subject: slaSubjectSchema,
  log: z.array(clockEventSchema).min(1),
  fired: z.array(z.string()),
});
export type AppliedClock = z.infer<typeof appliedClockSchema>;

const spoken = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const priority = z.enum(['normal', 'high', 'danger']);

/** What is done when a threshold is reached. */
export const slaActionSchema = z.discriminatedUnion('type', [
  /** The conversation goes before humans, unless one has it. */
  z.strictObject({ type: z.literal('hand-off'), priority: priority.default('high') }),
  /** Of the order, and of a conversation that waits. */
  z.strictObject({ type: z.literal('raise-priority'), to: priority.default('high') }),
  z.strictObject({ type: z.literal('tell-supervisor') }),
  /** Says a text of `dialogs/patterns.yaml`. */
  z.strictObject({ type: z.literal('tell-customer'), pattern: z.string().min(1) }),
  /** Offers the customer who waits an order or a call-back instead. */
  z.strictObject({ type: z.literal('offer-order') }),
  /** Opens another order about it. */
  z.strictObject({
    type: z.literal('open-order'),
    kind: z.enum(['fault', 'installation', 'complaint']),
    summary: spoken,
  }),
]);
export type SlaAction = z.infer<typeof slaActionSchema>;
