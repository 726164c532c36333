import type { Account } from '../accounts/account';
import type { RequireRole } from '../accounts/guard';
import type { AgentQueue } from './agent-queue';

/** Somebody is heard of. Who leads is on duty only by saying so, and auditors never are. */
export async function noteLife(
  queue: Pick<AgentQueue, 'notePresence'>,
  { id, role }: Account,
): Promise<void> {
  if (role !== 'auditor') await queue.notePresence(id, role === 'agent' ? 'seen' : 'alive');
}

/** Every request of an agent is a sign of life. */
export function withSignOfLife(
  requireRole: RequireRole,
  queue: Pick<AgentQueue, 'notePresence'>,
): RequireRole {
  return (...roles) =>
    (work) =>
      requireRole(...roles)(async (call) => {
        await noteLife(queue, call.account);
        await work(call);
      });
}
