import type { Logger } from 'pino';
import type { TurnEngine } from '../../turns/engine';
import { eventEntry } from '../../turns/event-entry';
import { startLoop } from '../../turns/shard-duty';
import type { DeskNews } from '../desk-news';
import type { Routing } from '../routing/routing';
import type { AgentRoster } from './agent-roster';
import type { Assigner, AssignmentNews } from './assigner';

export interface AssignmentDependencies {
  assigner: Pick<Assigner, 'assign' | 'lost'>;
  roster: Pick<AgentRoster, 'read'>;
  routing: Routing;
  news: Pick<DeskNews, 'publish' | 'subscribe'>;
  accept: TurnEngine['accept'];
  clock: () => number;
  log: Logger;
  everyMs?: number;
}

/** So many offers in one go: each go holds up the store for some milliseconds. */
const OFFERS = 20;
/** Who is lost is looked for every so many rounds. */
const LOST_EVERY = 5;

/**
 * What every node does so that nobody waits while an agent is free: it offers what waits, at once when something has
 * changed and once a second besides, and gives back what agents have of whom nothing is heard any more.
 */
export function startAssignment(deps: AssignmentDependencies): { wake(): void; stop(): Promise<void> } {
  const { assigner, routing, news, log, everyMs = 1000 } = deps;
  let round = 0;
  const loop = startLoop({
    name: 'assignment',
    everyMs,
    log,
    round: async () => {
      round += 1;
      if (round % LOST_EVERY === 0) await giveBackLost(deps);
      const made = await assigner.assign(routing, OFFERS);
      await Promise.all(made.map((each) => tell(news, each)));
      return made.filter(({ type }) => type === 'offered').length >= OFFERS;
    },
  });
  const unsubscribe = news.subscribe(({ topic }) => {
    if (topic === 'queue' || topic === 'presence') loop.wake();
  });
  return {
    wake: loop.wake,
    stop: () => {
      unsubscribe();
      return loop.stop();
    },
  };
}

const tell = (news: Pick<DeskNews, 'publish'>, made: AssignmentNews): Promise<void> =>
  made.type === 'away'
    ? news.publish({ topic: 'presence', agentId: made.agentId })
    : news.publish({ topic: 'offer', agentId: made.agentId, conversationId: made.conversationId });

/** Each conversation's own turn decides, once for each stretch that the agent had it. */
async function giveBackLost({
  assigner,
  roster,
  routing,
  accept,
  clock,
  log,
}: AssignmentDependencies): Promise<void> {
  const lost = await assigner.lost(routing.disconnectGraceSeconds * 1000);
  for (const { agentId, conversationId, epoch } of lost) {
    const agentName = (await roster.read(agentId))?.name ?? agentId;
    const entry = eventEntry({
      conversationId,
      key: `agent-lost:${epoch}`,
      name: 'agent.lost',
      value: { agentId, agentName, epoch },
      at: clock(),
    });
    const { status } = await accept(conversationId, entry);
    if (status === 'accepted')
      log.warn({ agentId, conversationId }, 'an agent was lost; the conversation goes back');
  }
}
