import { AppError } from '../../errors';
import type { AgentRoster } from '../assign/agent-roster';

const unchanged = 'Nobody was invited: choose another.';

/**
 * A colleague who can come into a conversation: works with customers and is at the desk, even if busy. Throws `bad-request`
 * for oneself and for who does not work with customers, `conflict` for who is not there.
 */
export async function checkGuest(
  deps: {
    roster: Pick<AgentRoster, 'read'>;
    /** Of accounts that are not disabled and work with customers; null for others. */
    nameOf: (accountId: string) => Promise<string | null>;
  },
  guestId: string,
  from: string,
): Promise<{ id: string; name: string }> {
  if (guestId === from) throw new AppError('bad-request', `This is yourself. ${unchanged}`);
  const name = await deps.nameOf(guestId);
  if (name === null)
    throw new AppError('bad-request', `agentId: nobody who works with customers. ${unchanged}`);
  const there = await deps.roster.read(guestId);
  const isThere = there?.isThere && ['online', 'busy'].includes(there.presence.status);
  if (!isThere) throw new AppError('conflict', `This colleague is not at the desk now. ${unchanged}`);
  return { id: guestId, name };
}
