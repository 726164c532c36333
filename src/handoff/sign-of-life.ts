import type { RequirePermission } from '../accounts/guard';
import { may, type Worker } from '../accounts/permissions';
import type { AgentQueue } from './agent-queue';

/** Somebody is heard of. Who leads is on duty only by saying so, and who only reads never is. */
export async function noteLife(queue: Pick<AgentQueue, 'notePresence'>, worker: Worker): Promise<void> {
  const { id, role } = worker;
  if (may(worker, 'conversations.work')) await queue.notePresence(id, role === 'agent' ? 'seen' : 'alive');
}

/** Every request of an agent is a sign of life. */
export function withSignOfLife(
  requirePermission: RequirePermission,
  queue: Pick<AgentQueue, 'notePresence'>,
): RequirePermission {
  return (permission) => (work) =>
    requirePermission(permission)(async (call) => {
      await noteLife(queue, call.account);
      await work(call);
    });
}
