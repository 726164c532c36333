import type { ConversationState } from '../contract/conversation';
import type { HandedOver, HandOverItem, NotFree } from '../contract/rosters';
import { AppError } from '../errors';
import type { AgentRoster, AgentState } from '../handoff/assign/agent-roster';
import type { Agent, Desk } from '../handoff/desk';

export interface HandOverDependencies {
  desk: Pick<Desk, 'act' | 'conversationsOf'>;
  roster: Pick<AgentRoster, 'read' | 'list'>;
  /** Keeps a note in the conversation, once for an id. */
  addNote: (note: { id: string; conversationId: string; accountId: string; text: string }) => Promise<void>;
  /** Gives what the agent has promised there to a colleague. */
  passTasks: (pass: { conversationId: string; to: string }, accountId: string) => Promise<void>;
  clock: () => number;
}

/** Why somebody can take nothing more now; null when they can. `given`: what they are given already. */
export function whyNotFree(colleague: AgentState | null, now: number, given = 0): NotFree | null {
  if (!colleague?.isThere || colleague.presence.status !== 'online') return 'not-there';
  if (colleague.closesAt !== null && colleague.closesAt <= now) return 'shift-ends';
  return colleague.openCount + given < colleague.capacity ? null : 'full';
}

/** What a colleague reads: in the line, and as a note. */
export const noteOf = ({ done, promised, toDo }: HandOverItem): string =>
  [
    ['已做 / done', done],
    ['已答应 / promised', promised],
    ['要做 / to do', toDo],
  ]
    .flatMap(([label, text]) => (text ? [`${label}: ${text}`] : []))
    .join('\n') || '交班 / end of shift';

/** What an agent has and may hand over: wrap-up is theirs to finish. */
export const openOf = async (
  desk: Pick<Desk, 'conversationsOf'>,
  agentId: string,
): Promise<ConversationState[]> =>
  (await desk.conversationsOf(agentId)).filter(({ ownership }) => ownership.owner === 'human');

/**
 * Passes open conversations to colleagues by name, one after the other: what is refused does not keep the others, and
 * nobody is given more than they have room for. The note and the tasks go along once the conversation has gone.
 */
export async function handOver(
  deps: HandOverDependencies,
  agent: Agent,
  { clientId, items }: { clientId: string; items: HandOverItem[] },
): Promise<HandedOver[]> {
  const given = new Map<string, number>();
  const results: HandedOver[] = [];
  for (const item of items) {
    const { to, conversationId } = item;
    const reason =
      to === agent.id ? 'not-there' : whyNotFree(await deps.roster.read(to), deps.clock(), given.get(to));
    const result = reason
      ? ({ conversationId, status: 'refused', reason } as const)
      : await handOverOne(deps, agent, { clientId, item });
    // What the queue has taken up already counts there; for a moment it may count twice, never not at all.
    if (result.status !== 'refused') given.set(to, (given.get(to) ?? 0) + 1);
    results.push(result);
  }
  return results;
}

async function handOverOne(
  deps: HandOverDependencies,
  agent: Agent,
  { clientId, item }: { clientId: string; item: HandOverItem },
): Promise<HandedOver> {
  const { conversationId, to } = item;
  const note = noteOf(item);
  try {
    const { status } = await deps.desk.act(agent, {
      conversationId,
      name: 'agent.transfer',
      words: { note: note.slice(0, 500), to: { agentId: to } },
      requestId: `hand-over:${clientId}`,
    });
    await deps.addNote({
      id: `${agent.id}:hand-over:${clientId}:${conversationId}`,
      conversationId,
      accountId: agent.id,
      text: note,
    });
    await deps.passTasks({ conversationId, to }, agent.id);
    return { conversationId, status: status === 'pending' ? 'pending' : 'handed-over', reason: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
    return { conversationId, status: 'refused', reason: 'not-yours' };
  }
}
