import { z } from 'zod';
import { attachmentSchema, channelIdSchema, localeSchema } from './activity';
import { prioritySchema } from './conversation';

/**
 * How agents reach a conversation: events that go through `accept` like everything else, so that the conversation's
 * own turns decide who has it. Times are milliseconds since 1970 UTC.
 */
const agent = { agentId: z.string(), agentName: z.string() };

/** The value of each `agent.…` event, by its name. */
export const agentEvents = {
  'agent.claim': z.object(agent),
  'agent.message': z.object({
    ...agent,
    text: z.string().max(4000),
    /** Files of ours; without one there are words. */
    attachments: z.array(attachmentSchema).min(1).max(4).optional(),
  }),
  /** An own message is taken back; whoever sends this has looked whose it is and how old. */
  'agent.recall': z.object({ ...agent, position: z.number().int().min(1) }),
  /** Back to the queue, in front of the others: for a colleague, a skill group, or whoever suits. The note is for them. */
  'agent.transfer': z.object({
    ...agent,
    note: z.string().max(500),
    to: z.union([z.object({ agentId: z.string() }), z.object({ group: z.string() })]).nullish(),
  }),
  /** Whoever leads takes it, whoever has it. */
  'agent.take-over': z.object(agent),
  /** Whoever leads gives it to a colleague or a skill group. */
  'agent.reassign': z.object({
    ...agent,
    note: z.string().max(500),
    to: z.union([z.object({ agentId: z.string() }), z.object({ group: z.string() })]),
  }),
  /** Back to the bot, at a step of the open dialog or (null) where it stood. */
  'agent.release': z.object({ ...agent, resumeAt: z.string().nullable() }),
  /** Solved; wrap-up follows. What it is filed under is kept with the session. */
  'agent.close': z.object({
    ...agent,
    note: z.string().max(2000),
    disposition: z.string().max(100).nullable().default(null),
  }),
  /** Wrap-up is done. */
  'agent.finish': z.object(agent),
  /** The owner asks a colleague in, or changes what they may do; who has it stays. */
  'agent.invite': z.object({
    ...agent,
    guest: z.object({ id: z.string(), name: z.string() }),
    mayWrite: z.boolean(),
  }),
  /** A colleague who was asked in goes, by themselves or sent by the owner. */
  'agent.leave': z.object({ ...agent, guestId: z.string() }),
  /** A desk outside, which was asked to take a conversation that waits, has nobody for it: it waits for ours. */
  'agent.decline': z.object(agent),
  /**
   * Nothing was heard of the agent for longer than the grace, or their shift is over: back to the front of the queue.
   * `epoch` of what they had.
   */
  'agent.lost': z.object({
    ...agent,
    epoch: z.number().int(),
    because: z.enum(['connection', 'shift-over']).optional(),
  }),
} as const;
/** Why a conversation waits for our desk after a desk outside had nobody for it. */
export const DECLINED = 'handoff-declined';

export type AgentEventName = keyof typeof agentEvents;
export type AgentEvent = {
  [N in AgentEventName]: { name: N; value: z.infer<(typeof agentEvents)[N]> };
}[AgentEventName];

/** What a turn answers to an agent's event; it is the turn's stored result. */
export const agentOutcomeSchema = z.object({
  status: z.enum(['changed', 'unchanged', 'refused']),
  reason: z.enum(['taken', 'not-queued', 'not-yours', 'full']).nullable(),
  epoch: z.number().int(),
});
export type AgentOutcome = z.infer<typeof agentOutcomeSchema>;

/** A conversation that waits for an agent, as the queue shows it. */
export const queueItemSchema = z.object({
  conversationId: z.string(),
  /** Of the ownership that put it here; a command of an older epoch changes nothing. */
  epoch: z.number().int(),
  priority: prioritySchema,
  /** Since when the customer has been waiting. */
  since: z.number(),
  reason: z.string(),
  channel: channelIdSchema,
  /** Name of the open dialog, or null. */
  dialog: z.string().nullable(),
  /** The customer's last words, masked; at most 120 characters. */
  lastText: z.string(),
  /** The skill group that it waits for. */
  group: z.string().default('general'),
  locale: localeSchema.default('zh'),
  /** By how much its place is ahead of its time; without it, by priority alone. */
  headStartMs: z.number().optional(),
  customerLevel: z.string().nullish(),
  /** For colleagues, from whoever had it before. */
  note: z.string().nullish(),
  /** Passed to this colleague by name: for a while nobody else is offered it. */
  wantedAgentId: z.string().nullish(),
  /** Who had it last, and is asked first. */
  lastAgentId: z.string().nullish(),
  /** Who has just given it away, and is not asked at once. */
  avoidAgentId: z.string().nullish(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

/** Arguments of the commands by which turns feed the queue. */
export const queueCommands = {
  'queue.put': queueItemSchema,
  /** It does not wait (any more). `agentId`: whom it counts for from here on; null for nobody, left out when unknown. */
  'queue.remove': z.object({
    conversationId: z.string(),
    epoch: z.number().int(),
    agentId: z.string().nullish(),
  }),
} as const;

/** What became of a reply that a channel had to send, as agents see it. Reasons are words of the channel. */
export interface DeliveryView {
  state: 'on-its-way' | 'sent' | 'held' | 'not-delivered' | 'uncertain';
  /** Why it is held, was not delivered or is uncertain. */
  reason: string | null;
  /** True when it was sent more than once, because nobody knew whether it had arrived. */
  mayBeDouble: boolean;
}

/** What a channel that counts messages takes until the customer writes again. */
export interface SendWindow {
  /** Messages that are left now. */
  left: number;
  /** When it shuts; 0 when the customer has not written yet. */
  endsAt: number;
}

interface Spoken {
  zh: string;
  en: string;
}

/** What the bot did before a human came, in words. */
export interface BotPart {
  /** Open dialogs, the running one last. */
  dialogs: {
    dialog: string;
    name: Spoken;
    step: string;
    /** What the step asks; null for one that asks nothing. */
    question: Spoken | null;
    /** How often the step has asked in vain. */
    failures: number;
    slots: { name: string; label: Spoken; value: unknown }[];
  }[];
  /** Questions of the running dialog at which the bot can go on. */
  resumeSteps: { step: string; label: Spoken }[];
  /** Messages in a row that were not understood. */
  misunderstood: number;
  /** When the customer was upset and told that a human is one word away; null when that was not so. */
  upsetAt: number | null;
}
