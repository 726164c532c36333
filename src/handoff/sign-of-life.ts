import type { RequireRole } from '../accounts/guard';
import type { AgentQueue } from './agent-queue';

/** Every request of an agent is a sign of life; who leads is on duty only by saying so, and auditors never are. */
export function withSignOfLife(
  requireRole: RequireRole,
  queue: Pick<AgentQueue, 'notePresence'>,
): RequireRole {
  return (...roles) =>
    (work) =>
      requireRole(...roles)(async (call) => {
        const { id, role } = call.account;
        if (role !== 'auditor') await queue.notePresence(id, role === 'agent' ? 'seen' : 'alive');
        await work(call);
      });
}
