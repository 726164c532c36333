import { z } from 'zod';
import { localeSchema } from '../../contract/activity';
import { prioritySchema } from '../../contract/conversation';
import { groupIdSchema } from '../../contract/desk';

/**
 * Who gets which conversation, as it is written in `dialogs/policies/routing.yaml`. docs/handoff.md explains each field
 * to whoever writes it.
 */
const spoken = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const seconds = (from: number, to: number) => z.number().int().min(from).max(to);
const minutes = z.number().min(0).max(1440);
/** A name, or the beginning of names: `danger-*`. */
const pattern = z
  .string()
  .regex(/^[A-Za-z0-9:_-]+\*?$|^\*$/, 'a name, or the beginning of names such as danger-*');

/** What is done for whoever wants a human while the group is closed or nobody of it is there. */
export const absentSchema = z.enum(['call-back', 'order', 'wait']);

export const groupSchema = z.strictObject({
  id: groupIdSchema,
  name: spoken,
  /** A calendar of calendars.yaml; without it whoever is there decides. */
  hours: z.string().optional(),
  mode: z.enum(['automatic', 'pick']).default('automatic'),
  /** True: served only by accounts that have it among their skills, and by supervisors. */
  isNamedOnly: z.boolean().default(false),
  /** After so long another group is offered it too. */
  overflow: z.strictObject({ to: groupIdSchema, afterSeconds: seconds(0, 86_400) }).optional(),
  whenAbsent: absentSchema.default('call-back'),
});
export type SkillGroup = z.infer<typeof groupSchema>;

/** All that is given must hold. */
const conditionSchema = z
  .strictObject({
    reasons: z.array(pattern).min(1),
    dialogs: z.array(pattern).min(1),
    priorities: z.array(prioritySchema).min(1),
    customerLevels: z.array(z.string().min(1)).min(1),
    languages: z.array(localeSchema).min(1),
    /** Whether the customer is served in care mode, which the elderly are. */
    care: z.boolean(),
  })
  .partial();

export const ruleSchema = z.strictObject({ to: groupIdSchema, when: conditionSchema });
export type RoutingRule = z.infer<typeof ruleSchema>;

/** Minutes that somebody is served as if they had waited longer; what applies is added up. */
const headStartSchema = z.strictObject({
  danger: minutes.default(1440),
  high: minutes.default(30),
  care: minutes.default(15),
  /** Given back by an agent, or lost by one. */
  returned: minutes.default(60),
  customerLevels: z.record(z.string(), minutes).default({}),
  /** A promise that lapses within so many minutes: the fewer are left, the more. */
  promise: minutes.default(30),
});

export const routingSchema = z.strictObject({
  /** For what no rule fits. */
  defaultGroup: groupIdSchema,
  groups: z.array(groupSchema).min(1).max(100),
  /** The first that fits decides. */
  rules: z.array(ruleSchema).max(500).default([]),
  /** How long an offer stands before it goes to the next. */
  reservationSeconds: seconds(3, 120).default(10),
  /** Whoever declined, missed or gave away a conversation is not offered it again for so long. */
  notAgainSeconds: seconds(0, 3600).default(60),
  /** Offers in a row that somebody lets lapse before they count as away; 0: never. */
  awayAfterMissed: seconds(0, 20).default(3),
  /** A conversation that was passed to a colleague by name waits for them alone for so long. */
  wantedSeconds: seconds(0, 3600).default(60),
  /** Who had the customer within so many hours is asked first. */
  lastAgentHours: seconds(0, 720).default(24),
  /** After the last sign of life of an agent who has conversations (besides the half minute until it is noticed). */
  disconnectGraceSeconds: seconds(0, 3600).default(90),
  /**
   * Whoever has as many conversations as they take at once and takes another from the queue by themselves: may, is asked why, or
   * may not. What is offered, and danger, is taken in any case.
   */
  pickBeyondCapacity: z.enum(['allow', 'ask', 'refuse']).default('ask'),
  /** In the last minutes of a shift nothing new is offered. */
  lastMinutesOfShift: seconds(0, 240).default(20),
  /** What an agent still has so long after the shift goes back to the front of the line. */
  minutesAfterShift: seconds(0, 240).default(15),
  wrapUp: z
    .strictObject({
      /** Then it ends by itself. */
      seconds: seconds(10, 7200).default(600),
      countsAgainstCapacity: z.boolean().default(true),
    })
    .prefault({}),
  headStartMinutes: headStartSchema.prefault({}),
});
export type RoutingPolicy = z.infer<typeof routingSchema>;
