import type { z } from 'zod';
import type { Activity, Attachment } from '../../contract/activity';
import type { HandoffStatus, noticeEvents, OrderCards } from '../../contract/cards';
import type { OrderView } from '../../contract/orders';
import type { Status } from './connection';
import type { SendState, Unsent } from './outgoing';

/** What a chat shows: pure, so that every order in which things can arrive is tested without a browser. */
export interface Line {
  /** The activity's id, or the customer's own id of what is on its way. */
  id: string;
  by: 'own' | 'bot' | 'agent';
  /** The agent's name. */
  name: string | null;
  text: string;
  /** Of the server's clock, in ms; of the device's, corrected, for what is on its way. */
  at: number;
  attachments: Attachment[];
  /** Numbers of the work orders that it shows cards of. */
  orders: string[];
  /** The agent has taken it back: that it was there is all that is shown. */
  isRecalled?: boolean;
}

/** What is on its way; below everything that has arrived. */
export interface Pending extends Line {
  state: SendState;
  /** Of a file: how much of it is there, from 0 to 1. */
  progress: number | null;
}

export interface Reply {
  title: string;
  value: string;
}

export interface ChatState {
  status: Status;
  lines: Line[];
  pending: Pending[];
  /** To tap instead of typing; they belong to the last line. */
  replies: Reply[];
  /** They are the scores of a rating, from 1 to 5. */
  isRating: boolean;
  isTyping: boolean;
  /** The orders of all cards, by number, as they stand now. */
  orders: Record<string, OrderView>;
  /** The operator's zone, in which its promises are shown. */
  timeZone: string | null;
  /** Who has the conversation; null until it has changed hands. */
  handoff: HandoffStatus | null;
  /** In the line for a human, counted from 1; null when it is not known. */
  position: number | null;
  /** How many minutes it still takes; null when it is not known. */
  waitMinutes: number | null;
  /** Lines of others that came while nobody looked. */
  unread: number;
}

export type ChatEvent =
  | { type: 'status'; status: Status }
  | { type: 'activities'; activities: Activity[]; userId: string | null; isSeen: boolean; now: number }
  | { type: 'sent'; message: Unsent; attachments?: Attachment[] }
  | { type: 'send-state'; id: string; state: SendState }
  | { type: 'progress'; id: string; share: number }
  | { type: 'taken-back'; id: string }
  | { type: 'queue-place'; position: number | null; waitMinutes: number | null }
  | { type: 'typing-over' }
  | { type: 'seen' };

export const emptyChat: ChatState = {
  status: 'connecting',
  lines: [],
  pending: [],
  replies: [],
  isRating: false,
  isTyping: false,
  orders: {},
  timeZone: null,
  handoff: null,
  position: null,
  waitMinutes: null,
  unread: 0,
};

const clientIdOf = ({ channelData }: Activity): string | null => {
  const data = channelData as { clientActivityID?: unknown } | undefined;
  return typeof data?.clientActivityID === 'string' ? data.clientActivityID : null;
};

/** Cards as clients of others draw them; ours come with the data. */
const CARDS = 'application/vnd.microsoft.card.';

/** Our own server's words: what they hold is what the contract says. */
function cardsOf({ channelData }: Activity): OrderCards | null {
  const data = channelData as Partial<OrderCards> | undefined;
  return Array.isArray(data?.orders) && data.timeZone
    ? { orders: data.orders, timeZone: data.timeZone }
    : null;
}

/** What is known of orders; of two words about one the newer counts. */
function withOrders(known: ChatState['orders'], orders: OrderView[]): ChatState['orders'] {
  const fresh = orders.filter(({ number, updatedAt }) => (known[number]?.updatedAt ?? 0) <= updatedAt);
  return { ...known, ...Object.fromEntries(fresh.map((order) => [order.number, order])) };
}

/** Taken back before this page read it: the server tells that it was there, and nothing of it. */
const isRecalledIn = ({ channelData, from }: Activity): boolean =>
  from.role === 'agent' && (channelData as { recalled?: unknown } | undefined)?.recalled === true;

const emptied = (line: Line): Line => ({ ...line, text: '', attachments: [], orders: [], isRecalled: true });

/** What the server tells without words. */
function takeNotice(state: ChatState, { name, value, from }: Activity): ChatState {
  if (from.role === 'user') return state;
  if (name === 'order.status') {
    const { order } = value as z.infer<(typeof noticeEvents)['order.status']>;
    return { ...state, orders: withOrders(state.orders, [order]) };
  }
  if (name === 'message.recalled') {
    const { id } = value as z.infer<(typeof noticeEvents)['message.recalled']>;
    return { ...state, lines: state.lines.map((line) => (line.id === id ? emptied(line) : line)) };
  }
  return name === 'handoff.status'
    ? { ...state, handoff: value as HandoffStatus, position: null, waitMinutes: null }
    : state;
}

function lineOf(activity: Activity, userId: string | null, now: number): Line {
  const { from, text = '', attachments = [], timestamp } = activity;
  const isOwn = from.role === 'user' || from.id === userId;
  const cards = isOwn ? null : cardsOf(activity);
  const at = Date.parse(timestamp ?? '');
  return {
    id: activity.id ?? '',
    by: isOwn ? 'own' : from.role === 'agent' ? 'agent' : 'bot',
    name: from.role === 'agent' ? (from.name ?? null) : null,
    text,
    at: Number.isNaN(at) ? now : at,
    attachments: cards
      ? attachments.filter(({ contentType }) => !contentType.startsWith(CARDS))
      : attachments,
    orders: cards?.orders.map(({ number }) => number) ?? [],
    ...(isRecalledIn(activity) ? { isRecalled: true } : {}),
  };
}

const repliesOf = ({ suggestedActions }: Activity): Reply[] =>
  (suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, value }));

/** Somebody is asked for a score: drawn as stars. */
const isRatingOf = ({ channelData }: Activity): boolean =>
  (channelData as { rating?: unknown } | undefined)?.rating === true;

type Arrived = Extract<ChatEvent, { type: 'activities' }>;

function takeOne(state: ChatState, activity: Activity, event: Arrived): ChatState {
  const { userId, isSeen, now } = event;
  if (activity.type === 'typing') {
    return activity.from.id === userId ? state : { ...state, isTyping: true };
  }
  if (activity.type === 'event') return takeNotice(state, activity);
  // The socket and a read may overlap: an activity is shown once, by its id.
  if (activity.type !== 'message' || state.lines.some(({ id }) => id === activity.id)) return state;
  const line = lineOf(activity, userId, now);
  const cards = line.orders.length > 0 ? cardsOf(activity) : null;
  const own = clientIdOf(activity);
  return {
    ...state,
    lines: [...state.lines, line],
    orders: cards ? withOrders(state.orders, cards.orders) : state.orders,
    timeZone: cards?.timeZone ?? state.timeZone,
    pending: state.pending.filter(({ id }) => id !== own),
    replies: line.by === 'own' ? [] : repliesOf(activity),
    isRating: line.by !== 'own' && isRatingOf(activity),
    isTyping: line.by === 'own' ? state.isTyping : false,
    unread: isSeen || line.by === 'own' ? state.unread : state.unread + 1,
  };
}

const changed = (pending: Pending[], id: string, change: Partial<Pending>): Pending[] =>
  pending.map((each) => (each.id === id ? { ...each, ...change } : each));

export function reduceChat(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'status':
      return { ...state, status: event.status };
    case 'activities':
      return event.activities.reduce((before, activity) => takeOne(before, activity, event), state);
    case 'sent': {
      const { message, attachments = [] } = event;
      const isFile = attachments.length > 0;
      const pending: Pending = {
        ...message,
        by: 'own',
        name: null,
        attachments,
        orders: [],
        state: 'sending',
        progress: isFile ? 0 : null,
      };
      return { ...state, pending: [...state.pending, pending], replies: [] };
    }
    case 'send-state':
      return { ...state, pending: changed(state.pending, event.id, { state: event.state }) };
    case 'progress':
      return { ...state, pending: changed(state.pending, event.id, { progress: event.share }) };
    case 'taken-back':
      return { ...state, pending: state.pending.filter(({ id }) => id !== event.id) };
    case 'queue-place': {
      const { position, waitMinutes } = event;
      const isSame = state.position === position && state.waitMinutes === waitMinutes;
      return isSame ? state : { ...state, position, waitMinutes };
    }
    case 'typing-over':
      return { ...state, isTyping: false };
    case 'seen':
      return state.unread === 0 ? state : { ...state, unread: 0 };
  }
}

/** Somebody waits for a human who is on duty. */
export const isQueued = ({ handoff, status }: ChatState): boolean =>
  handoff?.owner === 'queued' && !handoff.isBotServing && status !== 'ended';
