import type { z } from 'zod';
import type { Content } from '../../content/content';
import type { SessionMove } from '../../content/serving/serving-state';
import type { Activity, Attachment, ChannelId, Locale } from '../../contract/activity';
import type { noticeEvents } from '../../contract/cards';
import type {
  Asker,
  Command,
  ConversationState,
  DialogWay,
  Entry,
  RecordEntry,
  Timer,
} from '../../contract/conversation';
import { STATE_SCHEMA } from '../../contract/conversation';
import type { DialogContext, OrderRef, Reply } from '../../contract/dialog';
import type { Lights } from '../../contract/lights';
import type { Advice } from '../../contract/understanding';
import type { PatternName } from '../../dialogs/pattern-names';
import { renderText, wordsOf } from '../../dialogs/texts';
import type { Routing } from '../../handoff/routing/routing';
import { lightsReference, nameLights } from '../../pictures/ont-lights';
import type { PolicySet } from '../../sla/policy/policies';
import type { Advise } from '../../understanding/language-model/advisor';
import { deliveryOf, knowsEnd } from './push';

/** What a turn may know beside its input: settings and the content versions of the node. */
export interface TurnSettings {
  timeZone: string;
  /** What was promised, and what is done when it is not kept. They are not pinned. */
  policies: PolicySet;
  /** Who gets which conversation; one group for everything when it is not given. */
  routing?: Routing;
  /** After how long somebody who left is forgotten; seven days when it is not given. */
  forgetAfterMs?: number;
  /** Whether WeChat can be asked which person a user of it is, over the accounts of an open platform. */
  canIdentify?: (userId: string) => boolean;
  /** Whether customers of the app who are not there get a push. */
  isAppPushed?: boolean;
  /**
   * Content of a version; `null` for the one that a new session of this conversation gets. Throws `unavailable` while it
   * is fetched. What is published while a turn runs changes nothing in it: each version is picked once.
   */
  pickContent: (
    version: string | null,
    conversation: Pick<ConversationState, 'conversationId' | 'channel'>,
  ) => Content;
  /** How sessions leave a version; none does when it is not given. */
  moveOf?: (version: string, now: number) => SessionMove | null;
  /** Asks the language model about a message that nobody understood; absent without one. */
  advise?: Advise;
}

/** One turn in hand: a state that may be written to, and what has come of it so far. */
export interface Work {
  settings: TurnSettings;
  content: Content;
  entry: Entry;
  position: number;
  state: ConversationState;
  replies: Activity[];
  commands: Command[];
  timers: Timer[];
  cancelTimers: string[];
  records: RecordEntry[];
  /** Ways that dialogs took. */
  ways: DialogWay[];
  result: Record<string, unknown>;
  /** What the language model made of the message, asked before this run of the turn; an input like the entry. */
  advice: Advice | null;
  /** True when the customer says thanks or good-bye and no more. */
  isFarewell?: boolean;
}

/** The language of the session; before there is one, that of the page or app. */
export const localeOf = ({ state, entry }: Work): Locale =>
  state.dialog?.locale ?? (entry.activity.locale?.startsWith('en') ? 'en' : 'zh');

export const isBotAnswering = ({ ownership }: ConversationState): boolean =>
  ownership.owner === 'bot' || ownership.owner === 'wrap-up' || ownership.isBotServing;

/** Those that the conversation made first; of the customer's others as they stood when the link was last read. */
function ordersOf({ orders, customer }: ConversationState): OrderRef[] {
  const numbers = new Set(orders.map(({ number }) => number));
  return [...orders, ...(customer?.record?.orders ?? []).filter(({ number }) => !numbers.has(number))];
}

export const contextOf = (work: Work): DialogContext => ({
  now: work.entry.at,
  channel: work.state.channel,
  turnId: work.entry.turnId,
  timeZone: work.settings.timeZone,
  customer: work.state.customer,
  orders: ordersOf(work.state),
  isStaffed: work.entry.isStaffed,
});

export function addRecord(work: Work, type: RecordEntry['type'], value: Record<string, unknown>): void {
  work.records.push({ type, at: work.entry.at, value });
}

/** A timer that is set anew replaces the one of the same id. */
export function setTimer(work: Work, timer: Timer): void {
  work.timers = [...work.timers.filter(({ id }) => id !== timer.id), timer];
}

/** At commit timers are cancelled first and set afterwards: one set in this turn must not come back. */
export function cancelTimer(work: Work, id: string): void {
  work.timers = work.timers.filter((timer) => timer.id !== id);
  work.cancelTimers.push(id);
}

function addReply(
  work: Work,
  reply: Pick<Activity, 'text' | 'from' | 'suggestedActions' | 'inputHint' | 'attachments'> & {
    channelData?: Record<string, unknown>;
  },
): void {
  const { entry, position, state } = work;
  const activity: Activity = {
    type: 'message',
    timestamp: new Date(entry.at).toISOString(),
    locale: localeOf(work),
    replyToId: position > 0 ? `${state.conversationId}|${position}` : undefined,
    ...reply,
  };
  const delivery = deliveryOf(state.channel, entry, activity);
  if (delivery) activity.channelData = { ...reply.channelData, deliveryId: addCommand(work, delivery) };
  work.replies.push(activity);
}

/** The bot says something; empty `quickReplies` are left out. */
export function speak(work: Work, { text, quickReplies, lights, isRating, writtenBy }: Reply): void {
  const actions = quickReplies.map((title) => ({ type: 'imBack' as const, title, value: title }));
  addReply(work, {
    text,
    from: { id: 'bot', role: 'bot' },
    inputHint: actions.length > 0 ? 'expectingInput' : 'acceptingInput',
    suggestedActions: actions.length > 0 ? { actions } : undefined,
    attachments: lights && readsLog(work.state.channel) ? [pictureOf(lights, localeOf(work))] : undefined,
    channelData: writtenBy || isRating ? { writtenBy, rating: isRating } : undefined,
  });
}

/** Channels whose clients read the log, and draw what is beside the words. */
export const readsLog = (channel: ChannelId): boolean => channel === 'web' || channel === 'app';

const pictureOf = (lights: Lights, locale: Locale): Attachment => ({
  contentType: 'image/svg+xml',
  contentUrl: lightsReference(lights),
  name: nameLights(lights, locale),
});

/** An event in the log, without words, for clients that draw what it tells. */
export function note<N extends keyof typeof noticeEvents>(
  work: Work,
  name: N,
  value: z.infer<(typeof noticeEvents)[N]>,
): void {
  if (!readsLog(work.state.channel)) return;
  const timestamp = new Date(work.entry.at).toISOString();
  work.replies.push({ type: 'event', name, value, timestamp, from: { id: 'bot', role: 'bot' } });
}

export function speakPattern(
  work: Work,
  name: PatternName,
  extra: Record<string, unknown> = {},
  quickReplies: string[] = [],
): void {
  const { timeZone } = work.settings;
  const locale = localeOf(work);
  const words = wordsOf(work.content.dialogs.patterns[name], locale, work.state.channel);
  const { isStaffed, at: now } = work.entry;
  const text = renderText(words, { isStaffed, ...extra }, { locale, timeZone, now });
  if (text !== '') speak(work, { text, quickReplies });
}

/** An agent's own words and files. */
export function relayAgent(
  work: Work,
  agent: { agentId: string; agentName: string },
  { text, attachments }: { text: string; attachments?: Attachment[] | undefined },
): void {
  addReply(work, {
    text,
    attachments,
    from: { id: `agent:${agent.agentId}`, name: agent.agentName, role: 'agent' },
  });
}

/** The session is over; said only on channels that know an end, and not part of what was said. */
export function sayEnd(work: Work, code: string): void {
  const { entry, state } = work;
  if (!knowsEnd(state.channel)) return;
  const end: Activity = {
    type: 'endOfConversation',
    timestamp: new Date(entry.at).toISOString(),
    from: { id: 'bot', role: 'bot' },
    code,
  };
  const delivery = deliveryOf(state.channel, entry, end);
  if (delivery) addCommand(work, delivery);
}

const askerOf = ({ customer, user }: ConversationState): Asker => ({
  userId: user.id,
  phone: customer?.phone ?? null,
  accounts: customer?.accounts ?? [],
  proof: customer?.proof,
  helpedPhone: customer?.helpedPhone,
});

/** Answers the id of the command. */
export function addCommand(
  work: Work,
  command: Pick<Command, 'operation' | 'args'> & Partial<Pick<Command, 'timeoutMs' | 'lateMs' | 'replyTo'>>,
): string {
  const { entry, state } = work;
  const { conversationId, channel } = state;
  const n = work.commands.length + 1;
  const given = { timeoutMs: null, replyTo: null, ...command };
  const id = `${entry.turnId}:${command.operation}:${n}`;
  work.commands.push({
    schema: STATE_SCHEMA,
    id,
    conversationId,
    channel,
    at: entry.at,
    asker: askerOf(state),
    ...given,
  });
  return id;
}
