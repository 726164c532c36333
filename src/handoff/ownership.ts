import type { Ownership, Priority } from '../contract/conversation';

/**
 * Who has the conversation: bot → queued → human → wrap-up → bot. Pure; the conversation's own turns decide, one at
 * a time, so that two agents can never both have it. Every change raises the epoch.
 */
export type OwnershipStep =
  | { type: 'queue'; reason: string; priority: Priority; resumeAt: string | null }
  /** The customer goes on with the bot after all. */
  | { type: 'withdraw' }
  | { type: 'claim'; agentId: string }
  /** Back to the queue, in front of the others. */
  | { type: 'transfer'; agentId: string; reason: string }
  /** Back to the bot, which goes on at a step. */
  | { type: 'release'; agentId: string; resumeAt: string | null }
  /** Solved; the agent writes up what was done. */
  | { type: 'close'; agentId: string }
  | { type: 'finish'; agentId: string };

export type StepResult =
  | { status: 'changed'; ownership: Ownership }
  /** Already so: the same step sent twice. */
  | { status: 'unchanged' }
  | { status: 'refused'; reason: 'taken' | 'not-queued' | 'not-yours' };

const ranks: Record<Priority, number> = { normal: 0, high: 1, danger: 2 };

/** The higher of two priorities. */
export const higherPriority = (a: Priority, b: Priority): Priority => (ranks[a] >= ranks[b] ? a : b);

export const botOwnership = (now: number, epoch = 0, resumeAt: string | null = null): Ownership => ({
  owner: 'bot',
  epoch,
  agentId: null,
  since: now,
  reason: null,
  priority: 'normal',
  isBotServing: true,
  resumeAt,
});

export function takeOwnershipStep(current: Ownership, step: OwnershipStep, now: number): StepResult {
  const epoch = current.epoch + 1;
  const change = (ownership: Partial<Ownership>): StepResult => ({
    status: 'changed',
    ownership: { ...current, isBotServing: false, ...ownership, epoch, since: now },
  });
  switch (step.type) {
    case 'queue': {
      if (current.owner === 'human') return { status: 'unchanged' };
      const priority = higherPriority(
        step.priority,
        current.owner === 'queued' ? current.priority : 'normal',
      );
      if (current.owner === 'queued' && priority === current.priority) return { status: 'unchanged' };
      const since = current.owner === 'queued' ? current.since : now;
      const { reason, resumeAt } = step;
      return {
        status: 'changed',
        ownership: {
          owner: 'queued',
          epoch,
          agentId: null,
          since,
          reason,
          priority,
          resumeAt,
          isBotServing: false,
        },
      };
    }
    case 'withdraw':
      if (current.owner !== 'queued') return { status: 'refused', reason: 'not-queued' };
      return { status: 'changed', ownership: botOwnership(now, epoch) };
    case 'claim':
      if (current.owner === 'human' && current.agentId === step.agentId) return { status: 'unchanged' };
      if (current.owner === 'human') return { status: 'refused', reason: 'taken' };
      if (current.owner !== 'queued') return { status: 'refused', reason: 'not-queued' };
      return change({ owner: 'human', agentId: step.agentId });
    case 'transfer':
      if (current.owner !== 'human' || current.agentId !== step.agentId)
        return { status: 'refused', reason: 'not-yours' };
      return change({
        owner: 'queued',
        agentId: null,
        reason: step.reason,
        priority: higherPriority('high', current.priority),
      });
    case 'release':
      if (current.owner !== 'human' || current.agentId !== step.agentId)
        return { status: 'refused', reason: 'not-yours' };
      return { status: 'changed', ownership: botOwnership(now, epoch, step.resumeAt ?? current.resumeAt) };
    case 'close':
      if (current.owner !== 'human' || current.agentId !== step.agentId)
        return { status: 'refused', reason: 'not-yours' };
      return change({ owner: 'wrap-up' });
    case 'finish':
      if (current.owner !== 'wrap-up' || current.agentId !== step.agentId)
        return { status: 'refused', reason: 'not-yours' };
      return { status: 'changed', ownership: botOwnership(now, epoch) };
  }
}
