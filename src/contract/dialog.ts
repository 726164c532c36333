import { z } from 'zod';
import { type ChannelId, channelIdSchema, localeSchema } from './activity';
import { type Lights, lightsSchema } from './lights';
import { orderIdentitySchema } from './orders';
import { pauseReasonSchema } from './sla';
import type { UnspokenReason } from './tables';
import { entitySchema, type Understanding } from './understanding';

/**
 * What the interpreter takes and gives. `dialogs/` is pure: state and event in, state, replies and effects out.
 * Times are milliseconds since 1970 UTC.
 */
export const slotValueSchema = z.unknown();

export const frameSchema = z.object({
  /** Unique in the session: results of calls are addressed to it. */
  id: z.string(),
  dialog: z.string(),
  step: z.string(),
  slots: z.record(z.string(), slotValueSchema),
  /** How often a step has asked in vain. */
  attempts: z.record(z.string(), z.number()),
  /** What the frame is suspended on. */
  waiting: z
    .object({
      callId: z.string(),
      operation: z.string(),
      timerId: z.string(),
      since: z.number(),
      /** Until when an answer that is late is still waited for; the customer has been told. */
      lateUntilAt: z.number().optional(),
    })
    .nullable(),
  /** True when the late answer that it waited for is there, and the customer speaks of something else. */
  isAnswered: z.boolean().optional(),
  /** True when it was opened in the middle of another dialog's question, which is put again afterwards. */
  isDigression: z.boolean().optional(),
  /** True when the dialog below it runs it and waits for it to end. */
  isRun: z.boolean().optional(),
});
export type Frame = z.infer<typeof frameSchema>;

/** An order as the conversation remembers it (a snapshot; Postgres is authoritative). */
export const orderRefSchema = z.object({
  number: z.string(),
  kind: z.enum(['fault', 'installation', 'complaint']),
  status: z.string(),
  promiseAt: z.number().nullable(),
  summary: z.string(),
  /** The time that the customer was told last; the promise itself where it is missing. */
  toldAt: z.number().nullable().optional(),
  /** Why it stands still at present. */
  pause: z.object({ reason: pauseReasonSchema, since: z.number(), isDisputed: z.boolean() }).optional(),
  /** The visit that was agreed on, and who comes. */
  appointment: z.object({ id: z.string(), startAt: z.number(), endAt: z.number() }).nullable().optional(),
  technician: z.object({ id: z.string(), name: z.string() }).optional(),
  /** What the look at the holder's document came to, at an installation. */
  identity: orderIdentitySchema.optional(),
});
export type OrderRef = z.infer<typeof orderRefSchema>;

/** How it was proven that somebody holds a phone. */
export const proofSchema = z.enum(['app-token', 'one-time-code']);
export type Proof = z.infer<typeof proofSchema>;

/** The customer whom a conversation was linked to, by proof; a snapshot, Postgres is authoritative. */
export const customerRecordSchema = z.object({
  id: z.string(),
  /** Customers that turned out to be this one. */
  formerIds: z.array(z.string()).default([]),
  name: z.string().nullable(),
  /** What linked this conversation: a proof of the phone, or WeChat's unionid. */
  linkedBy: z.enum(['app-token', 'one-time-code', 'unionid']).nullish(),
  /** The phone that was proven last; null when the proof has grown too old. */
  phone: z.string().nullable(),
  phoneProvedAt: z.number().nullable(),
  /** Where somebody was sent last. */
  address: z.string().nullable(),
  /** The channels that are linked, each with the time of the newest proof. */
  channels: z.array(z.object({ channel: channelIdSchema, provedAt: z.number() })),
  /** Open orders of the customer that other conversations made. */
  orders: z.array(orderRefSchema),
});
export type CustomerRecord = z.infer<typeof customerRecordSchema>;

/** Who is proven to be speaking; null for an unverified visitor. */
export const customerSnapshotSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Verified by the operator's app or a one-time code. */
  phone: z.string().nullable(),
  accounts: z.array(z.string()),
  proof: proofSchema.nullable().optional(),
  provedAt: z.number().nullable().optional(),
  /** Null until the conversation is linked to a customer. */
  record: customerRecordSchema.nullable().optional(),
  /** A phone of somebody else, proven in this session by a linked customer who helps them. */
  helpedPhone: z.string().nullable().optional(),
});
export type CustomerSnapshot = z.infer<typeof customerSnapshotSchema>;

/** A question of the customer's that waits for the outcome that is awaited, to be answered after it. */
export const keptQuestionSchema = z.object({
  text: z.string(),
  /** The concern that it is likely about, and that is asked about where the knowledge has no answer. */
  intent: z.string().nullable(),
  entities: z.array(entitySchema),
});
export type KeptQuestion = z.infer<typeof keptQuestionSchema>;

export const dialogStateSchema = z.object({
  locale: localeSchema,
  /** The stack; the last frame is running. Empty when no dialog is open. */
  frames: z.array(frameSchema),
  /** Facts of this session that every dialog may reuse (phone, address, …): nobody says things twice. */
  shared: z.record(z.string(), slotValueSchema),
  /** The failed understandings in a row, over all steps. */
  misunderstood: z.number().int(),
  /** The question put to choose between close intents, or to take up a dialog left open; null when none is open. */
  clarifying: z.unknown().nullable(),
  /** Intents that the customer named and that wait for the running dialog to end. */
  queuedIntents: z.array(z.string()),
  /** Questions that came while an outcome was awaited, oldest first. */
  keptQuestions: z.array(keptQuestionSchema).default([]),
  /** Last replies, for "say that again". */
  lastReplies: z.array(
    z.object({
      text: z.string(),
      quickReplies: z.array(z.string()),
      lights: lightsSchema.optional(),
      writtenBy: z.literal('model').optional(),
      holdsUntil: z.string().optional(),
    }),
  ),
  /** Serial for frame and call ids. */
  serial: z.number().int(),
  /** When the customer was greeted, reminded of silence: once each. */
  greetedAt: z.number().nullable(),
  remindedAt: z.number().nullable(),
  /** When somebody upset was told that a human is one word away: once. */
  humanOfferedAt: z.number().nullable().default(null),
  /** The customer's last message; after a long pause an open dialog is offered, not just gone on with. */
  heardAt: z.number().nullable().default(null),
});
export type DialogState = z.infer<typeof dialogStateSchema>;

export const callOutcomeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ok'), value: z.unknown() }),
  z.object({ type: z.literal('error'), code: z.string() }),
  z.object({ type: z.literal('timeout') }),
]);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;

export type DialogEvent =
  | { type: 'utterance'; understanding: Understanding; hasAttachment: boolean }
  | { type: 'call-result'; frameId: string; callId: string; outcome: CallOutcome }
  | { type: 'silence' }
  /** Opens a dialog whatever was said: on joining, or when nobody is there to take over. */
  /** `isAnew`: what it was about is asked again, wherever it stands. */
  | { type: 'start'; dialog: string; isAnew?: boolean }
  /** A human gave the conversation back; `step` is a step id of the open dialog, or null to go on where it stood. */
  | { type: 'resume'; dialog: string | null; step: string | null };

export interface DialogContext {
  now: number;
  channel: ChannelId;
  turnId: string;
  /** IANA zone that times are shown in. */
  timeZone: string;
  customer: CustomerSnapshot | null;
  orders: OrderRef[];
  /** True when at least one agent is online; a hint for what is said before a handoff. */
  isStaffed: boolean;
}

export interface Reply {
  text: string;
  /** At most three, five for a rating; the customer's tap comes back as this text. */
  quickReplies: string[];
  /** The lights of the ONT as they are spoken of. */
  lights?: Lights | undefined;
  /** True when a rating is asked for: the quick replies are those for 1 to 5, in order. */
  isRating?: boolean | undefined;
  /** Set when a language model wrote it; its text says so too. */
  writtenBy?: 'model' | undefined;
  /** The last day (2026-12-31) of a fact of a table that it says: afterwards it is not said again. */
  holdsUntil?: string | undefined;
}

export type Effect =
  /** Runs outside the turn; its outcome comes back as a `call-result` for this frame. */
  | {
      type: 'call';
      callId: string;
      frameId: string;
      operation: string;
      args: Record<string, unknown>;
      timeoutMs: number;
      /** How much longer the command is kept and tried. */
      lateMs?: number | undefined;
    }
  /** Nobody waits for a call that would be kept: it is not begun again. */
  | { type: 'withdraw-call'; frameId: string; callId: string }
  | {
      type: 'timer';
      id: string;
      dueAt: number;
      subject: 'call' | 'silence';
      frameId?: string;
      callId?: string;
    }
  | { type: 'cancel-timer'; id: string }
  | { type: 'handoff'; reason: string; priority: 'normal' | 'high' | 'danger'; resumeAt: string | null }
  /**
   * Neither a concern nor a question with an answer; `parts` are what of the text tells of the person. `chosen`: the intent
   * that the customer said it was when asked, without whom it would not have been understood.
   */
  | {
      type: 'unanswered';
      text: string;
      chosen?: string;
      locale: 'zh' | 'en';
      parts: { type: string; start: number; end: number }[];
    }
  /** A text was not said because of a fact that does not hold at this time and place: `fees.visit.price`. */
  | { type: 'unspoken-fact'; fact: string; reason: UnspokenReason }
  /** The customer has rated what was done, from 1 to 5. */
  | { type: 'rating'; score: number }
  | { type: 'end-session'; outcome: string };

/** A step of a dialog. */
export interface StepPlace {
  dialog: string;
  step: string;
}

/** A step that was run, and the step of the same opening of the dialog before it; null where it began. */
export interface TracedStep extends StepPlace {
  from: string | null;
}

export interface AdvanceResult {
  state: DialogState;
  replies: Reply[];
  effects: Effect[];
  /** Every step that was run, in order; a question that waits was run when it was put. */
  trace: TracedStep[];
}
