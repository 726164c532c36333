import { AppError } from '../errors';
import type { Agent, Desk } from '../handoff/desk';
import type { DeskNews } from '../handoff/desk-news';

export interface SuperviseDependencies {
  desk: Pick<Desk, 'act' | 'takeOver' | 'read'>;
  news: Pick<DeskNews, 'publish'>;
  audit: (entry: {
    accountId: string;
    action: 'conversation.take-over' | 'conversation.reassign';
    subject: string;
  }) => Promise<void>;
}

export interface Reassigned {
  conversationId: string;
  status: 'reassigned' | 'refused' | 'pending';
  /** Why it was refused. */
  reason: string | null;
}

type Target = { agentId: string } | { group: string };

/** Takes a conversation from whoever has it; their desk learns of it at once. */
export async function takeOver(
  { desk, news, audit }: SuperviseDependencies,
  leader: Agent,
  { conversationId, requestId }: { conversationId: string; requestId: string | null },
) {
  const { ownership } = await desk.read(conversationId);
  const result = await desk.takeOver(leader, { conversationId, requestId });
  await audit({
    accountId: leader.id,
    action: 'conversation.take-over',
    subject: `conversation:${conversationId}`,
  });
  if (ownership.agentId !== null)
    await news.publish({ topic: 'conversation', conversationId, agentId: ownership.agentId });
  return result;
}

/** Gives many to a colleague or a group, one after the other: what is refused does not keep the others. */
export async function reassign(
  deps: SuperviseDependencies,
  leader: Agent,
  { conversationIds, to, note }: { conversationIds: string[]; to: Target; note: string },
): Promise<Reassigned[]> {
  const done: Reassigned[] = [];
  for (const conversationId of new Set(conversationIds))
    done.push(await reassignOne(deps, leader, { conversationId, to, note }));
  return done;
}

async function reassignOne(
  { desk, news, audit }: SuperviseDependencies,
  leader: Agent,
  { conversationId, to, note }: { conversationId: string; to: Target; note: string },
): Promise<Reassigned> {
  try {
    const { ownership } = await desk.read(conversationId);
    const words = { to, note };
    const result = await desk.act(leader, { conversationId, name: 'agent.reassign', words, requestId: null });
    await audit({
      accountId: leader.id,
      action: 'conversation.reassign',
      subject: `conversation:${conversationId}`,
    });
    if (ownership.agentId !== null)
      await news.publish({ topic: 'conversation', conversationId, agentId: ownership.agentId });
    const status = result.status === 'pending' ? 'pending' : 'reassigned';
    return { conversationId, status, reason: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
    return { conversationId, status: 'refused', reason: error.message };
  }
}
