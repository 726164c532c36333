import { z } from 'zod';
import { localeSchema } from './activity';
import { queueItemSchema } from './handoff';

/**
 * What the agents' desk and the server tell each other about people: who is there, what they can do, what is offered to
 * them. Times are milliseconds since 1970 UTC.
 */

/**
 * `online` takes what is offered; `busy` works on what they have and is offered nothing; `away` and `break` are not on
 * duty. Who has said nothing yet is `away`.
 */
export const presenceStatusSchema = z.enum(['online', 'busy', 'away', 'break']);
export type PresenceStatus = z.infer<typeof presenceStatusSchema>;

/** How many conversations at once. */
export const capacitySchema = z.number().int().min(1).max(10);
export const DEFAULT_CAPACITY = 4;

/** Why the server itself set somebody to `away`: they let offers lapse. */
export const MISSED = 'missed-offers';

export const presenceSchema = z.object({
  status: presenceStatusSchema,
  /** Why somebody is busy, away or on a break, in their own words, or MISSED. */
  reason: z.string().nullable(),
  capacity: capacitySchema,
});
export type Presence = z.infer<typeof presenceSchema>;

/** `POST /agent/presence`. A capacity that is left out stays as it was; a reason holds for this status only. */
export const presenceChangeSchema = z.strictObject({
  status: presenceStatusSchema,
  reason: z.string().trim().min(1).max(100).nullable().default(null),
  capacity: capacitySchema.optional(),
});
export type PresenceChange = z.infer<typeof presenceChangeSchema>;

export const groupIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a skill group: small letters, digits and hyphens');
/** 1 beginner, 2 versed, 3 specialist. */
export const skillLevelSchema = z.number().int().min(1).max(3);

/** Hour and minute of the operator's day. */
export const shiftEndSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 18:00');

/** What somebody can do, kept with the account. */
export const skillsSchema = z.strictObject({
  /** Level by skill group; null: every group that does not ask for its members by name. */
  groups: z.record(groupIdSchema, skillLevelSchema).nullable(),
  /** Null: every language. */
  languages: z.array(localeSchema).min(1).nullable(),
  /** Until the agent says another number. */
  capacity: capacitySchema,
  /** When the shift ends; nothing new is offered in the minutes before. Null: no shift is known. */
  shiftEnd: shiftEndSchema.nullable(),
});
export type Skills = z.infer<typeof skillsSchema>;

/** Of an account that nobody said anything about. */
export const NO_SKILLS: Skills = {
  groups: null,
  languages: null,
  capacity: DEFAULT_CAPACITY,
  shiftEnd: null,
};

/** `PATCH /accounts/:id/skills`: what is left out stays. */
export const skillsChangeSchema = skillsSchema.partial();
export type SkillsChange = z.infer<typeof skillsChangeSchema>;

const name = z.object({ zh: z.string(), en: z.string() });

/** A skill group that an agent serves. */
export const heldSkillSchema = z.object({ id: z.string(), name, level: skillLevelSchema });

/** `GET /agent/me` */
export const meSchema = z.object({
  account: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  presence: presenceSchema,
  /** False for somebody who has not said yet whether they are there, or of whom that was lost with the store. */
  hasSaid: z.boolean(),
  groups: z.array(heldSkillSchema),
  languages: z.array(localeSchema),
  /** Conversations that count against the capacity, those that are offered included. */
  openCount: z.number().int(),
});
export type Me = z.infer<typeof meSchema>;

/** `GET /agent/agents` answers `{ agents }`: who said today whether they are there, by name. */
export const colleagueSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  presence: presenceSchema,
  /** False when nothing was heard of them lately, whatever they said last. */
  isThere: z.boolean(),
  groups: z.array(heldSkillSchema),
  languages: z.array(localeSchema),
  openCount: z.number().int(),
});
export type Colleague = z.infer<typeof colleagueSchema>;

/** `GET /agent/groups` answers `{ groups }`. */
export const groupViewSchema = z.object({
  id: z.string(),
  name,
  /** `automatic`: offered to whoever suits; `pick`: agents take from the queue. */
  mode: z.enum(['automatic', 'pick']),
  /** Members on duty now. */
  onDuty: z.number().int(),
  waiting: z.number().int(),
});
export type GroupView = z.infer<typeof groupViewSchema>;

/** `GET /agent/offers` answers `{ offers }`: reserved for this agent, to be claimed or declined in time. */
export const offerSchema = queueItemSchema.extend({
  /** Then it goes to the next. */
  untilAt: z.number(),
  waitingSeconds: z.number().int(),
});
export type Offer = z.infer<typeof offerSchema>;

/** Whom a conversation is passed to; left out: whoever is free, as from the queue. */
export const transferToSchema = z.union(
  [z.strictObject({ agentId: z.string().min(1).max(100) }), z.strictObject({ group: groupIdSchema })],
  { error: '{"agentId": …} or {"group": …}' },
);
export type TransferTo = z.infer<typeof transferToSchema>;

/** Something that desks show has changed. A hint: it may be lost, and the truth is read. */
export const deskNewsSchema = z.object({
  topic: z.enum(['queue', 'offer', 'presence', 'conversation', 'broadcast', 'note', 'guests']),
  /** Whom it concerns, where it is one. */
  agentId: z.string().optional(),
  conversationId: z.string().optional(),
});
export type DeskNews = z.infer<typeof deskNewsSchema>;

/** Writes a note of the bot's for the agents of a conversation; customers never see it. */
export const NOTE = 'desk.note';
export const noteArgsSchema = z.object({ text: z.string().min(1).max(500) });
