import { type DeskEvent, type DeskState, emptyDesk, type Loaded } from './desk-shape';
import type { Account, Line, MineRow } from './types';

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
  const rows = [...state.mine, ...state.invited];
  const listed = rows.find(({ conversationId }) => conversationId === id)?.position ?? 0;
  const position = Math.max(newestOf(state.loaded[id]?.lines ?? []), listed);
  return (state.read[id] ?? 0) >= position ? state : { ...state, read: { ...state.read, [id]: position } };
}

function takeMine(state: DeskState, mine: MineRow[], invited: MineRow[]): DeskState {
  // What was there before this page was opened counts as read, unless the customer still waits for an answer.
  const first = [...mine, ...invited].flatMap(({ conversationId, position, isWaiting }) =>
    conversationId in state.read ? [] : [[conversationId, isWaiting ? position - 1 : position] as const],
  );
  const read = first.length > 0 ? { ...Object.fromEntries(first), ...state.read } : state.read;
  const rows = { mine: keepEqual(state.mine, mine), invited: keepEqual(state.invited, invited) };
  const next = { ...state, read, ...rows };
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
      return takeMine(state, event.mine, event.invited ?? []);
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
    case 'beyond':
      return state.beyondId === event.id ? state : { ...state, beyondId: event.id };
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
