import { z } from 'zod';
import type { Activity } from '../contract/activity';
import { noticeEvents } from '../contract/cards';
import type { ConversationState } from '../contract/conversation';
import type { CustomerSnapshot } from '../contract/dialog';
import type { DeliveryView } from '../contract/handoff';
import type { LogEntry } from '../turns/turn-store';
import { hideSealed, maskPersonal } from './mask-personal';

/** Lines of a transcript that one answer holds. */
export const PAGE = 200;

/** What an agent sees of a conversation: not only what was said, but where the bot stood and what it had tried. */
export interface ConversationView {
  conversationId: string;
  channel: string;
  user: unknown;
  customer: unknown;
  /** By what it is proven who speaks, when, and for which phone; null for somebody who proved nothing. */
  verified: unknown;
  /** The channels that are linked to the same customer, each with the time of the newest proof. */
  linkedChannels: { channel: string; provedAt: number }[];
  ownership: ConversationState['ownership'];
  /** Colleagues whom the owner has asked in. */
  guests: { agentId: string; agentName: string; mayWrite: boolean }[];
  locale: string | null;
  /** Facts that every dialog shares. */
  shared: unknown;
  /** The open dialogs, the running one last: step, slots, and how often each step asked in vain. */
  dialogs: { dialog: string; step: string; slots: unknown; attempts: Record<string, number> }[];
  /** Questions to the operator's systems that are not answered yet, and answers that came while a human had it. */
  openCalls: { operation: string; since: number }[];
  heldResults: unknown;
  orders: unknown;
  transcript: unknown;
  /** Pass it as `after` to read on; null at the end. */
  next: number | null;
}

/** What became of replies that a channel must send, by the id that stands in their activity. */
export type Deliveries = ReadonlyMap<string, DeliveryView>;

const deliveryIdSchema = z.object({ deliveryId: z.string() });
const writtenSchema = z.object({ writtenBy: z.literal('model') });

const agentIdOf = (id: string): string | undefined =>
  id.startsWith('agent:') ? id.slice('agent:'.length) : undefined;

function recalledIn({ name, value }: Activity): number | undefined {
  if (name !== 'message.recalled') return undefined;
  const { id = '' } = noticeEvents['message.recalled'].safeParse(value).data ?? {};
  return Number(id.split('|').at(-1)) || undefined;
}

/** Only what an agent reads: no addresses of files that are not signed, no ids of customers. */
const lineOf = ({ position, activity }: LogEntry, deliveries: Deliveries) => {
  const { type, timestamp, from, text, name, attachments, suggestedActions, channelData } = activity;
  const sent = deliveryIdSchema.safeParse(channelData);
  return {
    position,
    type,
    timestamp,
    from: { role: from.role ?? 'user', name: from.name, agentId: agentIdOf(from.id) },
    text,
    event: name,
    /** Of an event that takes a message back: the position of that. */
    recalls: recalledIn(activity),
    attachments,
    quickReplies: suggestedActions?.actions.map(({ title }) => title),
    /** `model` for what a language model wrote. */
    writtenBy: writtenSchema.safeParse(channelData).data?.writtenBy,
    delivery: sent.success ? deliveries.get(sent.data.deliveryId) : undefined,
  };
};

const verifiedBy = (customer: CustomerSnapshot | null) =>
  customer?.phone
    ? {
        by: customer.record?.linkedBy ?? customer.proof ?? null,
        at: customer.provedAt ?? null,
        phone: customer.phone,
      }
    : null;

/** "王芳" → "王*": enough to address somebody by. */
const hideName = (name: string | null): string | null => name?.replace(/^(.).+$/u, '$1*') ?? null;

function withoutName(customer: CustomerSnapshot | null): CustomerSnapshot | null {
  if (!customer) return null;
  const { record } = customer;
  const masked = record ? { ...record, name: hideName(record.name), address: null } : record;
  return { ...customer, name: hideName(customer.name), record: masked };
}

export function viewOf(options: {
  state: ConversationState;
  log: LogEntry[];
  orders: unknown;
  deliveries: Deliveries;
  /** False masks phone numbers. */
  isRevealed: boolean;
  /** Gives uploaded files the addresses under which they can be opened. */
  signFiles: (activity: Activity) => Activity;
}): ConversationView {
  const { state, log, isRevealed } = options;
  const show = isRevealed ? hideSealed : maskPersonal;
  const frames = state.dialog?.frames ?? [];
  return {
    conversationId: state.conversationId,
    channel: state.channel,
    user: show({ name: state.user.name }),
    customer: show(isRevealed ? state.customer : withoutName(state.customer)),
    verified: show(verifiedBy(state.customer)),
    linkedChannels: state.customer?.record?.channels ?? [],
    ownership: state.ownership,
    guests: (state.guests ?? []).map(({ agentId, agentName, mayWrite }) => ({
      agentId,
      agentName,
      mayWrite,
    })),
    locale: state.dialog?.locale ?? null,
    shared: show(state.dialog?.shared ?? {}),
    dialogs: frames.map(({ dialog, step, slots, attempts }) => ({
      dialog,
      step,
      slots: show(slots),
      attempts,
    })),
    openCalls: frames.flatMap(({ waiting }) =>
      waiting ? [{ operation: waiting.operation, since: waiting.since }] : [],
    ),
    heldResults: show(state.heldResults.map(({ outcome }) => outcome)),
    orders: show(options.orders),
    transcript: log.map((entry) => {
      const { attachments } = options.signFiles(entry.activity);
      return { ...(show(lineOf(entry, options.deliveries)) as object), attachments };
    }),
    next: log.length < PAGE ? null : (log.at(-1)?.position ?? null),
  };
}
