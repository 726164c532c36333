import type { ConversationState } from '../contract/conversation';
import type { Unfinished } from '../contract/customers';
import type { Database } from '../records/database';
import { customerOf, otherConversations } from './customer-rows';

export interface UnfinishedDependencies {
  db: Database;
  /** The state of a conversation; null when it is no longer live. */
  readState: (conversationId: string) => Promise<ConversationState | null>;
  /** Whether a dialog of a content version may move to another channel. */
  isMovable: (contentVersion: string, dialog: string) => boolean;
}

const OPEN_MS = 30 * 24 * 3600_000;

/** The dialog that the customer left open last in another conversation; null when there is none. */
export async function findUnfinished(
  deps: UnfinishedDependencies,
  conversationId: string,
  now: number,
): Promise<Unfinished | null> {
  const customerId = await customerOf(deps.db, conversationId);
  if (customerId === null) return null;
  const others = await otherConversations(deps.db, customerId, conversationId);
  const states = await Promise.all(others.map((id) => deps.readState(id)));
  const open = states.flatMap((state) => (state && isOpen(deps, state, now) ? [state] : []));
  const [latest] = open.sort((a, b) => heardAt(b) - heardAt(a));
  return latest ? unfinishedOf(latest) : null;
}

const heardAt = ({ session }: ConversationState): number => session?.lastAt ?? 0;

/** What a human has, or waits for one, stays where it is. */
function isOpen({ isMovable }: UnfinishedDependencies, state: ConversationState, now: number): boolean {
  const { session, dialog, ownership } = state;
  const [first] = dialog?.frames ?? [];
  if (!session || !first || ownership.owner !== 'bot' || now - session.lastAt >= OPEN_MS) return false;
  return isMovable(session.contentVersion, first.dialog);
}

function unfinishedOf({ conversationId, channel, dialog }: ConversationState): Unfinished | null {
  const [first] = dialog?.frames ?? [];
  return first ? { conversationId, channel, dialog: first.dialog, frameId: first.id } : null;
}
