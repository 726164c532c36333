import type { Logger } from 'pino';
import { startLoop } from '../turns/shard-duty';
import { ensureQueue, type RebuildDependencies } from './rebuild-queue';

/** What every node does for the queue: it is there, and the node knows whether anybody works on it. */
export interface QueueDuty {
  /** Whether an agent was online when last looked, at most `everyMs` ago. */
  isStaffed(): boolean;
  /** Looks now. Throws when the store is away. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

export function startQueueDuty(options: RebuildDependencies & { log: Logger; everyMs?: number }): QueueDuty {
  const { log, everyMs = 1000, ...deps } = options;
  let online = 0;
  async function refresh(): Promise<void> {
    const rebuilt = await ensureQueue(deps);
    if (rebuilt && (rebuilt.put > 0 || rebuilt.unreadable > 0))
      log.warn(rebuilt, 'the queue was rebuilt from the records');
    online = (await deps.queue.onlineAgents()).length;
  }
  const loop = startLoop({
    name: 'queue',
    everyMs,
    log,
    round: async () => {
      await refresh();
      return false;
    },
  });
  return { isStaffed: () => online > 0, refresh, stop: loop.stop };
}
