import type { Logger } from 'pino';
import type { AgentRoster } from '../handoff/assign/agent-roster';
import type { Desk } from '../handoff/desk';
import type { Routing } from '../handoff/routing/routing';
import type { TurnEngine } from '../turns/engine';
import { eventEntry } from '../turns/event-entry';
import { openOf } from './hand-over';

export interface AfterShiftDependencies {
  roster: Pick<AgentRoster, 'list'>;
  desk: Pick<Desk, 'conversationsOf'>;
  routing: Pick<Routing, 'lastMinutesOfShift' | 'minutesAfterShift'>;
  accept: TurnEngine['accept'];
  clock: () => number;
  log: Logger;
}

const MINUTE_MS = 60_000;

/**
 * What agents still have some minutes after their shift goes back to the front of the line, with a note. What they took
 * after its end is theirs, and so is all once they say anew that they are there. Answers how many went back.
 */
export async function giveBackAfterShift(deps: AfterShiftDependencies): Promise<number> {
  const { roster, desk, routing, accept, clock, log } = deps;
  const now = clock();
  let count = 0;
  for (const { id, name, closesAt, openCount } of await roster.list()) {
    if (closesAt === null || openCount === 0) continue;
    const endsAt = closesAt + routing.lastMinutesOfShift * MINUTE_MS;
    if (now < endsAt + routing.minutesAfterShift * MINUTE_MS) continue;
    for (const { conversationId, ownership } of await openOf(desk, id)) {
      if (ownership.since > endsAt) continue;
      const { epoch } = ownership;
      const entry = eventEntry({
        conversationId,
        key: `shift-over:${epoch}`,
        name: 'agent.lost',
        value: { agentId: id, agentName: name, epoch, because: 'shift-over' },
        at: now,
      });
      const { status } = await accept(conversationId, entry);
      if (status !== 'accepted') continue;
      count += 1;
      log.warn(
        { agentId: id, conversationId },
        'not handed over at the end of a shift; it goes back to the line',
      );
    }
  }
  return count;
}
