import type { RequirePermission } from '../accounts/guard';
import type { Worker } from '../accounts/permissions';
import { findSecrets } from '../channels/mask';
import type { Desk } from '../handoff/desk';
import { registerChecks } from '../handoff/routes-checks';
import { registerTasks } from '../tasks/routes';
import { hasOpenTask, tellOverdue } from '../tasks/tasks';
import { startLoop } from '../turns/shard-duty';
import type { Edge } from './channels';
import type { Engine } from './engine';
import { openAgentWords } from './policies';

const SWEEP_MS = 30_000;

/** What agents promise: shown before it is said, kept as a task with a time, and told to the supervisor when it is late. */
export function startTasks(
  { config, db, clock, log, cleanup }: Engine,
  { server, mask }: Edge,
  { desk, requirePermission }: { desk: Pick<Desk, 'readFor'>; requirePermission: RequirePermission },
): void {
  const checkReadable = async (account: Worker, conversationId: string) => {
    await desk.readFor(account, conversationId);
  };
  registerTasks(server, {
    db,
    requirePermission,
    checkReadable,
    mask: (text) => mask(text).text,
    clock,
    log,
  });
  registerChecks(server, {
    words: openAgentWords({ config }),
    findSecrets,
    hasOpenTask: (conversationId) => hasOpenTask(db, conversationId),
    requirePermission,
    log,
  });
  const sweep = startLoop({
    name: 'overdue tasks',
    everyMs: SWEEP_MS,
    log,
    round: async () => {
      await tellOverdue(db, clock());
      return false;
    },
  });
  cleanup.add(sweep.stop);
}
