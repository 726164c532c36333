import { type Command, STATE_SCHEMA } from '../../contract/conversation';
import type { DeadLetter } from '../../turns/dead-letters';
import { RETRY_PUSH } from './handlers';
import type { Outcome } from './plan/outcome';

/** A push that was given up, kept where everything is that failed for good; a retry of it is a command. */
export function deadLetterOf(
  conversationId: string,
  userId: string,
  { push, reason, covers }: Pick<Outcome, 'push' | 'reason'> & { covers: string[] },
  at: number,
): { id: string; letter: DeadLetter } {
  const isMessage = push.event === 'message';
  const command: Command = {
    schema: STATE_SCHEMA,
    id: `${RETRY_PUSH}:${push.key}`,
    conversationId,
    channel: 'app',
    operation: RETRY_PUSH,
    args: { ids: covers, shownTo: isMessage ? 0 : push.upTo },
    at,
    asker: { userId, phone: null, accounts: [] },
    timeoutMs: null,
    replyTo: null,
  };
  return {
    id: `${conversationId}|${push.key}`,
    letter: {
      type: 'command',
      fields: ['c', conversationId, 'j', JSON.stringify(command)],
      reason: `the app push (${push.event}) was given up after ${push.sends} sends: ${reason}`,
      at,
    },
  };
}
