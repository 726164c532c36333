import type { Me, Offer } from '../../../contract/desk';
import type { Broadcast } from '../../../contract/supervision';
import type {
  Account,
  Background,
  CannedReply,
  Conversation,
  Line,
  MineRow,
  Note,
  QueueRow,
  Settings,
} from './types';

/** What the desk shows: pure, so that every order in which things can arrive is tested without a browser. */
export interface DeskState {
  /** `expired`: the sign-in ended while somebody worked; everything stays where it was. */
  phase: 'starting' | 'signed-out' | 'limited' | 'expired' | 'ready';
  account: Account | null;
  link: 'connecting' | 'online' | 'offline';
  /** Whether the agent takes customers, and what they can do; null until it is read. */
  me: Me | null;
  /** Reserved for the agent, to be taken or declined in time. */
  offers: Offer[];
  queue: QueueRow[];
  agentsOnline: number;
  mine: MineRow[];
  /** The conversation in the middle. */
  openId: string | null;
  loaded: Record<string, Loaded>;
  /** Position up to which each conversation was read here. */
  read: Record<string, number>;
  /** Until when the customer is shown as writing. */
  typingUntil: Record<string, number>;
  drafts: Record<string, Draft>;
  /** On their way to the server. */
  outgoing: Outgoing[];
  canned: CannedReply[];
  settings: Settings;
  mentions: Note[];
  /** What those who lead tell everybody, until its time is over. */
  broadcasts: Broadcast[];
  /** What went wrong or is worth a word, newest last. */
  notices: Notice[];
}

/** A conversation as far as it was read. */
export interface Loaded {
  view: Conversation;
  /** By position, without gaps from the first. */
  lines: Line[];
  /** True when nothing precedes the first line. */
  isWhole: boolean;
  notes: Note[];
  background: Background | null;
  /** As it was shown with its numbers, for a reason, until another conversation is opened. */
  revealed: Conversation | null;
}

export interface Draft {
  text: string;
  isNote: boolean;
}

export interface Outgoing {
  id: string;
  conversationId: string;
  text: string;
  at: number;
  /** Code of what the server said against it; null while it is on its way. */
  fault: string | null;
}

export interface Notice {
  id: number;
  /** Name of a text. */
  text: string;
  /** What it is about. */
  detail: string;
  isBad: boolean;
}

export type DeskEvent =
  | { type: 'signed-in'; account: Account }
  | { type: 'signed-out' }
  /** The role asks for an authenticator app, which is not set up yet. */
  | { type: 'limited'; account: Account }
  | { type: 'expired' }
  | { type: 'link'; link: DeskState['link'] }
  | { type: 'me'; me: Me }
  | { type: 'offers'; offers: Offer[] }
  | { type: 'queue'; queue: QueueRow[]; agentsOnline: number }
  | { type: 'mine'; mine: MineRow[] }
  | { type: 'opened'; id: string | null }
  | { type: 'conversation'; view: Conversation; page: 'latest' | 'after' | 'before'; isFirst: boolean }
  | { type: 'notes'; id: string; notes: Note[] }
  | { type: 'background'; id: string; background: Background }
  | { type: 'customer-typing'; id: string; until: number }
  | { type: 'draft'; id: string; draft: Draft }
  | { type: 'sending'; message: Outgoing }
  | { type: 'sent'; id: string }
  | { type: 'not-sent'; id: string; fault: string }
  | { type: 'taken-back'; id: string }
  | { type: 'canned'; canned: CannedReply[] }
  | { type: 'settings'; settings: Settings }
  | { type: 'mentions'; mentions: Note[] }
  | { type: 'broadcasts'; broadcasts: Broadcast[] }
  | { type: 'notice'; text: string; detail?: string; isBad: boolean }
  | { type: 'dismissed'; id: number };

export const emptyDesk: DeskState = {
  phase: 'starting',
  account: null,
  link: 'connecting',
  me: null,
  offers: [],
  queue: [],
  agentsOnline: 0,
  mine: [],
  openId: null,
  loaded: {},
  read: {},
  typingUntil: {},
  drafts: {},
  outgoing: [],
  canned: [],
  settings: {
    timeZone: 'Asia/Shanghai',
    hasModel: false,
    wrapUpSeconds: 600,
    dispositions: { services: [] },
    colleagues: [],
  },
  mentions: [],
  broadcasts: [],
  notices: [],
};

/** Two readings of the log in one: a line that was read again is as it was read last. */
export function mergeLines(known: Line[], fresh: Line[]): Line[] {
  const byPosition = new Map(known.map((line) => [line.position, line]));
  for (const line of fresh) byPosition.set(line.position, line);
  return [...byPosition.values()].sort((a, b) => a.position - b.position);
}

/** Equal rows stay the same objects, so that a list of two hundred is not drawn anew for one. */
export function keepEqual<Row extends { conversationId: string }>(known: Row[], fresh: Row[]): Row[] {
  const before = new Map(known.map((row) => [row.conversationId, row]));
  const rows = fresh.map((row) => {
    const old = before.get(row.conversationId);
    return old && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
  return rows.length === known.length && rows.every((row, i) => row === known[i]) ? known : rows;
}

const newestOf = (lines: Line[]): number => lines.at(-1)?.position ?? 0;

/** What somebody who looks at a conversation has read of it. */
function markRead(state: DeskState, id: string): DeskState {
  const listed = state.mine.find(({ conversationId }) => conversationId === id)?.position ?? 0;
  const position = Math.max(newestOf(state.loaded[id]?.lines ?? []), listed);
  return (state.read[id] ?? 0) >= position ? state : { ...state, read: { ...state.read, [id]: position } };
}

function takeMine(state: DeskState, mine: MineRow[]): DeskState {
  // What was there before this page was opened counts as read, unless the customer still waits for an answer.
  const first = mine.flatMap(({ conversationId, position, isWaiting }) =>
    conversationId in state.read ? [] : [[conversationId, isWaiting ? position - 1 : position] as const],
  );
  const read = first.length > 0 ? { ...Object.fromEntries(first), ...state.read } : state.read;
  const next = { ...state, read, mine: keepEqual(state.mine, mine) };
  return state.openId ? markRead(next, state.openId) : next;
}

/** Whether the customer has said something since: they are not writing it any more. */
const hasSpoken = (before: Line[], after: Line[]): boolean =>
  after.some(({ position, from }) => from.role === 'user' && position > newestOf(before));

const withLoaded = (state: DeskState, id: string, change: Partial<Loaded>): DeskState => {
  const loaded = state.loaded[id];
  return loaded ? { ...state, loaded: { ...state.loaded, [id]: { ...loaded, ...change } } } : state;
};

type Arrived = Extract<DeskEvent, { type: 'conversation' }>;

function takeConversation(state: DeskState, { view, page, isFirst }: Arrived): DeskState {
  const id = view.conversationId;
  const before = state.loaded[id];
  // Shown apart, for as long as it is looked at: what is kept stays masked.
  if (view.isRevealed) return state.openId === id ? withLoaded(state, id, { revealed: view }) : state;
  const lines = mergeLines(before?.lines ?? [], view.transcript);
  // An older page tells of lines only: who has the conversation was read later.
  const latest = page === 'before' && before ? before.view : { ...view, transcript: [] };
  // A page that begins past what was known leaves a gap: what was known is dropped.
  const firstNew = view.transcript[0]?.position ?? 0;
  const hasGap = page === 'latest' && before !== undefined && firstNew > newestOf(before.lines) + 1;
  const loaded: Loaded = {
    notes: before?.notes ?? [],
    background: before?.background ?? null,
    revealed: before?.revealed ?? null,
    view: latest,
    lines: hasGap ? view.transcript : lines,
    isWhole: isFirst || (before?.isWhole === true && !hasGap),
  };
  const typingUntil = hasSpoken(before?.lines ?? [], loaded.lines)
    ? { ...state.typingUntil, [id]: 0 }
    : state.typingUntil;
  const next = { ...state, typingUntil, loaded: { ...state.loaded, [id]: loaded } };
  return state.openId === id ? markRead(next, id) : next;
}

const NOTICES = 4;

function addNotice(
  state: DeskState,
  { text, detail = '', isBad }: Extract<DeskEvent, { type: 'notice' }>,
): DeskState {
  const id = (state.notices.at(-1)?.id ?? 0) + 1;
  const others = state.notices.filter((each) => each.text !== text || each.detail !== detail);
  return { ...state, notices: [...others, { id, text, detail, isBad }].slice(-NOTICES) };
}

/** Another account's desk has nothing of the one before. */
function signIn(state: DeskState, account: Account): DeskState {
  const isSame = state.account?.id === account.id;
  return { ...(isSame ? state : emptyDesk), phase: 'ready', account };
}

export function reduceDesk(state: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'signed-in':
      return signIn(state, event.account);
    case 'signed-out':
      return { ...emptyDesk, phase: 'signed-out' };
    case 'limited':
      return { ...emptyDesk, phase: 'limited', account: event.account };
    case 'expired':
      return { ...state, phase: 'expired', link: 'offline' };
    case 'link':
      return state.link === event.link ? state : { ...state, link: event.link };
    case 'me':
      return { ...state, me: event.me };
    case 'offers':
      return { ...state, offers: keepEqual(state.offers, event.offers) };
    case 'queue':
      return { ...state, queue: keepEqual(state.queue, event.queue), agentsOnline: event.agentsOnline };
    case 'mine':
      return takeMine(state, event.mine);
    case 'opened': {
      const hidden = state.openId ? withLoaded(state, state.openId, { revealed: null }) : state;
      const next = { ...hidden, openId: event.id };
      return event.id ? markRead(next, event.id) : next;
    }
    case 'conversation':
      return takeConversation(state, event);
    case 'notes':
      return withLoaded(state, event.id, { notes: event.notes });
    case 'background':
      return withLoaded(state, event.id, { background: event.background });
    case 'customer-typing':
      return { ...state, typingUntil: { ...state.typingUntil, [event.id]: event.until } };
    case 'draft':
      return { ...state, drafts: { ...state.drafts, [event.id]: event.draft } };
    case 'sending': {
      const others = state.outgoing.filter(({ id }) => id !== event.message.id);
      return { ...state, outgoing: [...others, event.message] };
    }
    case 'sent':
    case 'taken-back':
      return { ...state, outgoing: state.outgoing.filter(({ id }) => id !== event.id) };
    case 'not-sent': {
      const { id, fault } = event;
      return {
        ...state,
        outgoing: state.outgoing.map((each) => (each.id === id ? { ...each, fault } : each)),
      };
    }
    case 'canned':
      return { ...state, canned: event.canned };
    case 'settings':
      return { ...state, settings: event.settings };
    case 'mentions':
      return { ...state, mentions: event.mentions };
    case 'broadcasts':
      return { ...state, broadcasts: event.broadcasts };
    case 'notice':
      return addNotice(state, event);
    case 'dismissed':
      return { ...state, notices: state.notices.filter(({ id }) => id !== event.id) };
  }
}

/** Lines of a conversation that were not read here. */
export const unreadOf = ({ read }: Pick<DeskState, 'read'>, { conversationId, position }: MineRow): number =>
  Math.max(0, position - (read[conversationId] ?? position));
