import { z } from 'zod';
import { activitySchema, channelIdSchema } from './activity';
import { bulletinSchema, toldBulletinsSchema } from './bulletins';
import { elsewhereSchema } from './customers';
import {
  callOutcomeSchema,
  customerSnapshotSchema,
  dialogStateSchema,
  orderRefSchema,
  proofSchema,
} from './dialog';
import { appliedClockSchema } from './sla';

/**
 * What the turn engine keeps of a conversation and what a turn is made of. Times are milliseconds since 1970 UTC.
 */

/** The schema version of everything the engine stores; raised together with an upcast in `turns/upcast.ts`. */
export const STATE_SCHEMA = 2;

export const prioritySchema = z.enum(['normal', 'high', 'danger']);
export type Priority = z.infer<typeof prioritySchema>;

/** For whom a conversation waits, or waited before a human took it. */
export const lineSchema = z.object({
  /** The skill group. */
  group: z.string(),
  /** Passed to this colleague by name. */
  wantedAgentId: z.string().nullable(),
  /** Who has just given it away, or was lost. */
  avoidAgentId: z.string().nullable(),
  /** For colleagues. */
  note: z.string().nullable(),
  /** In front of the others, since an agent gave it back or was lost. */
  isReturned: z.boolean(),
});
export type Line = z.infer<typeof lineSchema>;

/** Who answers. Every change raises the epoch; what was begun under an older epoch is recorded, not shown. */
export const ownershipSchema = z.object({
  owner: z.enum(['bot', 'queued', 'human', 'wrap-up']),
  epoch: z.number().int(),
  agentId: z.string().nullable(),
  since: z.number(),
  reason: z.string().nullable(),
  priority: prioritySchema,
  /** True while the bot answers: always as owner, and in a queue that nobody works on. */
  isBotServing: z.boolean(),
  /** Step of the open dialog at which the bot goes on when the human is done; null: where it stood. */
  resumeAt: z.string().nullable(),
  /** Missing while the bot has it, and where it was written by an earlier release. */
  line: lineSchema.optional(),
});
export type Ownership = z.infer<typeof ownershipSchema>;

/**
 * A colleague whom the owner has asked in: reads, writes notes and, if `mayWrite`, to the customer. The conversation stays
 * the owner's, and whatever ends their part of it ends this too.
 */
export const guestSchema = z.object({
  agentId: z.string(),
  agentName: z.string(),
  mayWrite: z.boolean(),
  invitedAt: z.number(),
  /** The customer was told of them. */
  isKnown: z.boolean(),
});
export type Guest = z.infer<typeof guestSchema>;
/** More would be a meeting. */
export const MAX_GUESTS = 3;

export const sessionSchema = z.object({
  id: z.string(),
  /** The content version that this session is pinned to. */
  contentVersion: z.string(),
  startedAt: z.number(),
  lastAt: z.number(),
  /** Set by a dialog's end: the next concern begins a new session; null while it goes on. */
  endedAt: z.number().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

export const heldResultSchema = z.object({
  frameId: z.string(),
  callId: z.string(),
  outcome: callOutcomeSchema,
});

/** When the customer was asked how it was, and what speaks against it. */
export const surveyStateSchema = z.object({
  askedAt: z.number().nullable(),
  dangerAt: z.number().nullable(),
  /** The order that an open rating is about. */
  about: z.string().nullable(),
});
export type SurveyState = z.infer<typeof surveyStateSchema>;

export const conversationStateSchema = z.object({
  schema: z.literal(STATE_SCHEMA),
  conversationId: z.string(),
  channel: channelIdSchema,
  user: z.object({ id: z.string(), name: z.string().nullable() }),
  customer: customerSnapshotSchema.nullable(),
  session: sessionSchema.nullable(),
  dialog: dialogStateSchema.nullable(),
  ownership: ownershipSchema,
  orders: z.array(orderRefSchema),
  /** Outcomes of calls that came while a human had the conversation; the dialog takes them up afterwards. */
  heldResults: z.array(heldResultSchema),
  /** When somebody who waits in the queue was last told that the message is kept; null since the queue began. */
  queueNotedAt: z.number().nullable(),
  /** The customer's last words, at most 120 characters: what agents see in the queue. */
  lastText: z.string(),
  /** Of the same customer's conversations on other channels. */
  elsewhere: elsewhereSchema.optional(),
  /** What runs about the conversation itself; the clocks of its orders stand with the orders. */
  clocks: z.array(appliedClockSchema),
  /** The set of policies that the clocks were looked at with last. */
  policiesHash: z.string().nullable(),
  /** Messages in a row in which the bot got nowhere. */
  stuckTurns: z.number().int(),
  survey: surveyStateSchema.optional(),
  /** Who had it last, to be asked first when a human is wanted again. */
  lastAgent: z.object({ id: z.string(), at: z.number() }).optional(),
  /** Colleagues of the agent who has it; missing while there are none. */
  guests: z.array(guestSchema).optional(),
  /** Positions of messages that agents have taken back: customers are shown nothing of them any more. */
  recalled: z.array(z.number().int()).optional(),
  /** Emergency bulletins that the customer has heard; missing until there was one. */
  bulletins: toldBulletinsSchema.optional(),
});
export type ConversationState = z.infer<typeof conversationStateSchema>;

/** What the node saw of the agents' desk at accept; a second old at most. */
export const deskFactsSchema = z.object({
  /** Skill groups of which somebody is on duty. */
  groups: z.array(z.string()),
  /** By group: how many wait, and how many minutes the last one of them waits; null while that is not known. */
  waits: z.record(z.string(), z.object({ ahead: z.number().int(), minutes: z.number().int().nullable() })),
  /** Of this conversation, when it is among the first of its line. */
  place: z.object({ ahead: z.number().int(), minutes: z.number().int().nullable() }).nullable(),
});
export type DeskFacts = z.infer<typeof deskFactsSchema>;

/** One accepted activity on its way through a turn. */
export const entrySchema = z.object({
  turnId: z.string(),
  /** The channel's dedupe key: the same key is the same activity. */
  key: z.string(),
  /** Business time: the clock at accept, the same on every attempt. */
  at: z.number(),
  /** Null for our own events: they go to conversations that know their channel. */
  channel: channelIdSchema.nullable(),
  activity: activitySchema,
  /** Set by the operator's app when it vouches for the speaker. */
  customer: customerSnapshotSchema.nullable(),
  /** Whether an agent was online at accept. */
  isStaffed: z.boolean().default(false),
  desk: deskFactsSchema.optional(),
  /** Emergency bulletins that were told at accept, where this activity is one at which they are. */
  bulletins: z.array(bulletinSchema).optional(),
  /** What was masked in the text and a dialog may need, each encrypted with DATA_KEY, by the name of its entity. */
  sealed: z.record(z.string(), z.string()).default({}),
});
export type Entry = z.infer<typeof entrySchema>;

export const askerSchema = z.object({
  userId: z.string(),
  /** Verified by the operator's app or a one-time code; null for an anonymous visitor. */
  phone: z.string().nullable(),
  accounts: z.array(z.string()),
  /** How the phone was proven. */
  proof: proofSchema.nullable().optional(),
  /** A phone of somebody else that was proven in this session. */
  helpedPhone: z.string().nullable().optional(),
});
export type Asker = z.infer<typeof askerSchema>;

/** Work for the world outside the turn. Its id is the idempotency key that every port method takes. */
export const commandSchema = z.object({
  schema: z.literal(STATE_SCHEMA),
  /** `<turnId>:<step>:<n>` */
  id: z.string(),
  conversationId: z.string(),
  channel: channelIdSchema,
  operation: z.string(),
  args: z.record(z.string(), z.unknown()),
  /** Business time of the turn that gave it. */
  at: z.number(),
  /** Who asks, as far as it is proven; decides what is disclosed. */
  asker: askerSchema,
  /** After this long nobody waits for the answer any more; null: it must be done, however late. */
  timeoutMs: z.number().nullable(),
  /** How much longer a late answer is of use, and the command is tried. */
  lateMs: z.number().optional(),
  /** The suspended frame that the outcome is addressed to; null when nobody waits. */
  replyTo: z.object({ frameId: z.string(), callId: z.string() }).nullable(),
});
export type Command = z.infer<typeof commandSchema>;

/** The command that takes another one of the conversation back, as far as it has not been begun. */
export const WITHDRAW = 'call.withdraw';
export const withdrawArgsSchema = z.object({ frameId: z.string(), callId: z.string() });

export const timerSchema = z.object({
  /** Subject + threshold + revision: while it is pending, setting the same id again replaces it. */
  id: z.string(),
  dueAt: z.number(),
  /** Becomes the value of the `timer.due` event. */
  value: z.unknown(),
});
export type Timer = z.infer<typeof timerSchema>;

/** A fact for Postgres beside the transcript, which the engine records by itself. */
export const recordSchema = z.object({
  type: z.enum([
    'session',
    'ownership',
    'unshown',
    'late-result',
    'breach',
    'delivery',
    'unanswered',
    'unspoken-fact',
    'sla-outcome',
    'rating',
    'disposition',
  ]),
  at: z.number(),
  value: z.record(z.string(), z.unknown()),
});
export type RecordEntry = z.infer<typeof recordSchema>;

/** Where a session with an open dialog stands. */
export interface SessionPlace {
  contentVersion: string;
  /** The open dialogs with their steps, the lowest first. */
  places: { dialog: string; step: string }[];
  at: number;
}

/** A step of a dialog that was come to, and from where: null where the dialog began. */
export interface DialogWay {
  dialog: string;
  from: string | null;
  to: string;
}

/** All that one turn does, committed as one. */
export interface TurnResult<State = ConversationState> {
  state: State;
  /** Checked and raised at commit. */
  epoch: number;
  /** Appended to the log in order; ids and positions are given at commit. */
  replies: z.infer<typeof activitySchema>[];
  commands: Command[];
  timers: Timer[];
  cancelTimers: string[];
  records: RecordEntry[];
  /** Where it stands afterwards, for whoever counts; null for nowhere, missing for as before. */
  place?: SessionPlace | null;
  /** The ways that its dialogs took, for whoever counts. */
  ways?: DialogWay[];
  /** Stored with the dedupe mark: what a duplicate of this activity is answered with. */
  result: Record<string, unknown>;
}
