import { startAssignment } from '../handoff/assign/assignment-duty';
import { repairLoads } from '../handoff/assign/repair-loads';
import { type QueueDuty, startQueueDuty } from '../handoff/queue-duty';
import { readOwnerships } from '../records/read-ownerships';
import type { TurnNode } from '../turns/node';
import { startLoop } from '../turns/shard-duty';
import { upcastState } from '../turns/upcast';
import type { Foundation } from './foundation';
import type { World } from './world';

/** Some of the agents' counts are compared with the conversations at a time. */
const REPAIR_MS = 10_000;

/** What runs for the agents' queue on every node: it is there, what waits is offered, and counts are true. */
export function startHandoff(
  { db, clock, log, cleanup }: Foundation,
  { queue, assignments, assigner, roster, routing, news }: World,
  { store, engine }: Pick<TurnNode, 'store' | 'engine'>,
): QueueDuty {
  const duty = startQueueDuty({
    queue,
    assignments,
    routing,
    readOwnerships: () => readOwnerships(db),
    isKnown: async (conversationId) => (await store.channelOf(conversationId)) !== null,
    log,
  });
  cleanup.add(duty.stop);
  const assignment = startAssignment({ assigner, roster, routing, news, accept: engine.accept, clock, log });
  cleanup.add(assignment.stop);
  let cursor = '0';
  const repair = startLoop({
    name: 'counts of agents',
    everyMs: REPAIR_MS,
    log,
    round: async () => {
      const readState = async (id: string) => upcastState(await store.readState(id));
      const countsInWrapUp = routing.wrapUp.countsAgainstCapacity;
      const { mended, ...next } = await repairLoads({ queue, readState, countsInWrapUp }, cursor);
      cursor = next.cursor;
      if (mended > 0) log.warn({ mended }, 'conversations counted for the wrong agent were put right');
      return false;
    },
  });
  cleanup.add(repair.stop);
  return duty;
}
