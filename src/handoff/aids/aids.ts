import type { Logger } from 'pino';
import { z } from 'zod';
import type { Role } from '../../accounts/account';
import type { RequirePermission } from '../../accounts/guard';
import type { Worker } from '../../accounts/permissions';
import type { ChannelId, Locale } from '../../contract/activity';
import type { ConversationState } from '../../contract/conversation';
import type { ArticlePassage } from '../../contract/knowledge';
import type { SimilarCase } from '../../contract/similar-cases';
import type { Desk } from '../desk';
import type { Dispositions } from '../dispositions';

/** Where notes are kept; `records/` does it. */
export interface NoteBooks {
  read(conversationId: string): Promise<unknown[]>;
  /** False when it was there already. */
  add(note: {
    id: string;
    conversationId: string;
    at: number;
    accountId: string;
    text: string;
    mentions: string[];
  }): Promise<boolean>;
  /** Those of the last days that name somebody. */
  mentionsOf(accountId: string): Promise<unknown[]>;
  /** Tells the desks that have the conversation open, and whom the note names. */
  tell(note: { conversationId: string; mentions: string[]; by: string }): void;
}

interface WantedReply {
  id: string | null;
  isTeam: boolean;
  shortcut: string;
  text: { zh: string; en: string };
}

/** Where replies to hand are kept; `records/` does it. */
export interface CannedReplyBooks {
  read(accountId: string): Promise<unknown[]>;
  /** Throws `not-found`, and `conflict` for a shortcut that is in use. */
  write(wanted: WantedReply, accountId: string): Promise<string>;
  remove(reply: { id: string; isTeam: boolean; accountId: string }): Promise<void>;
}

/** What helps agents beside the conversation itself: notes, replies to hand, what was before, what to answer. */
export interface AidDependencies {
  desk: Pick<Desk, 'readFor'>;
  notes: NoteBooks;
  cannedReplies: CannedReplyBooks;
  dispositions: Dispositions;
  /** Who works here and may be named in a note. */
  colleagues: () => Promise<{ id: string; name: string; role: Role }[]>;
  /** The operator's, in which its promises are spoken of. */
  timeZone: string;
  /** Whether a language model writes drafts. */
  hasModel: boolean;
  /** After that a conversation that is being wrapped up ends by itself. */
  wrapUpSeconds: number;
  /** The customer's sessions on all linked channels, the newest first. */
  pastSessions: (conversationId: string) => Promise<{ channel: ChannelId; note: string | null }[]>;
  /** Open mass outages of service areas, each with the area's name as customers know it. */
  incidentsIn: (areas: string[]) => Promise<unknown[]>;
  /** Passages of the knowledge that come nearest to what the customer said last; empty before they said anything. */
  suggest: (state: ConversationState, locale: Locale) => ArticlePassage[];
  /** Solved cases of others that are like this one. */
  findSimilar: (worker: Worker, state: ConversationState) => Promise<SimilarCase[]>;
  requirePermission: RequirePermission;
  mask: (text: string) => string;
  clock: () => number;
  log: Logger;
}

const hasArea = z.object({ area: z.string() });

/** Ids of the service areas that the conversation speaks of. */
export function areasOf(state: ConversationState): string[] {
  const frames = state.dialog?.frames ?? [];
  const values = [state.dialog?.shared ?? {}, ...frames.map(({ slots }) => slots)].flatMap(Object.values);
  return [...new Set(values.flatMap((value) => hasArea.safeParse(value).data?.area ?? []))];
}
