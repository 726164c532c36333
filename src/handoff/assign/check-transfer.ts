import type { TransferTo } from '../../contract/desk';
import { AppError } from '../../errors';
import type { AgentQueue } from '../agent-queue';
import { type Routing, reachOf } from '../routing/routing';
import type { AgentRoster } from './agent-roster';

const unchanged = 'Nothing was changed: choose another, or leave it out for whoever is free.';

/**
 * Whether a conversation can be passed to a colleague or a group. Throws `bad-request` for oneself and for a group that
 * there is not, `conflict` when nobody is there to take it.
 */
export async function checkTransfer(
  deps: { roster: Pick<AgentRoster, 'read'>; queue: Pick<AgentQueue, 'lines'>; routing: Routing },
  to: TransferTo,
  from: string,
): Promise<void> {
  const { routing } = deps;
  if ('agentId' in to) {
    if (to.agentId === from) throw new AppError('bad-request', `This is yourself. ${unchanged}`);
    const colleague = await deps.roster.read(to.agentId);
    if (colleague?.isThere && colleague.presence.status === 'online') return;
    throw new AppError('conflict', `This colleague takes nothing new now. ${unchanged}`);
  }
  if (!routing.byId.has(to.group))
    throw new AppError('bad-request', `to.group: there is no such skill group. ${unchanged}`);
  const lines = await deps.queue.lines(reachOf(routing, to.group).map(({ group }) => group.id));
  if (lines.some(({ onDuty }) => onDuty > 0)) return;
  throw new AppError('conflict', `Nobody of this skill group is on duty now. ${unchanged}`);
}
