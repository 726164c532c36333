import type { CannedReply } from '../../../contract/canned-replies';
import type { Me, Offer } from '../../../contract/desk';
import type { Broadcast } from '../../../contract/supervision';
import type { Account, Background, Conversation, Line, MineRow, Note, QueueRow, Settings } from './types';

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
  /** Conversations of colleagues who have asked the agent in. */
  invited: MineRow[];
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
  /** The conversation that the agent wants to take beyond their number: why is asked. */
  beyondId: string | null;
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
  | { type: 'mine'; mine: MineRow[]; invited?: MineRow[] }
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
  | { type: 'beyond'; id: string | null }
  | { type: 'canned'; canned: CannedReply[] }
  | { type: 'settings'; settings: Settings }
  | { type: 'mentions'; mentions: Note[] }
  | { type: 'broadcasts'; broadcasts: Broadcast[] }
  | { type: 'notice'; text: string; detail?: string; isBad: boolean }
  | { type: 'dismissed'; id: number };

/** Before anything is read, and after signing out. */
export const emptyDesk: DeskState = {
  phase: 'starting',
  account: null,
  link: 'connecting',
  me: null,
  offers: [],
  queue: [],
  agentsOnline: 0,
  mine: [],
  invited: [],
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
  beyondId: null,
  notices: [],
};
