import type { Line, Ownership, Priority } from '../contract/conversation';

/**
 * Who has the conversation: bot → queued → human → wrap-up → bot. Pure; the conversation's own turns decide, one at
 * a time, so that two agents can never both have it. Every change raises the epoch.
 */
export type OwnershipStep =
  /** `group`: the skill group; the line that there is stays when it waits already, but for danger. */
  | { type: 'queue'; reason: string; priority: Priority; resumeAt: string | null; group?: string }
  /** The customer goes on with the bot after all. */
  | { type: 'withdraw' }
  | { type: 'claim'; agentId: string }
  /** Back to the queue, in front of the others: for a colleague, another group, or whoever suits. */
  | { type: 'transfer'; agentId: string; reason: string; to?: { agentId: string } | { group: string } | null }
  /** Whoever leads takes it, from a colleague, from the line or from the bot. */
  | { type: 'take-over'; agentId: string }
  /** Whoever leads gives what another has, or what waits, to a colleague or a group. */
  | { type: 'reassign'; agentId: string; reason: string; to: { agentId: string } | { group: string } }
  /** Nothing is heard of the agent any more: back to the front of the queue. Nothing for another epoch than theirs. */
  | { type: 'lose'; agentId: string; epoch: number; reason: string; note: string }
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

/** Of conversations that began to wait before there were skill groups. */
export const DEFAULT_GROUP = 'general';

const newLine = (group: string): Line => ({
  group,
  wantedAgentId: null,
  avoidAgentId: null,
  note: null,
  isReturned: false,
});

/** The line that a conversation goes back to when an agent gives it away, or is lost. */
function returnLine(
  { line, agentId }: Ownership,
  step: Extract<OwnershipStep, { type: 'transfer' | 'reassign' | 'lose' }>,
): Line {
  const to = step.type === 'lose' ? null : (step.to ?? null);
  const note = step.type === 'lose' ? step.note : step.reason;
  return {
    group: to && 'group' in to ? to.group : (line?.group ?? DEFAULT_GROUP),
    wantedAgentId: to && 'agentId' in to ? to.agentId : null,
    // Whoever waits already is avoided by nobody new.
    avoidAgentId: agentId ?? line?.avoidAgentId ?? null,
    note: note === '' ? null : note,
    isReturned: true,
  };
}

function queueLine({ owner, line }: Ownership, group: string | undefined, priority: Priority): Line {
  if (owner !== 'queued' || !line) return newLine(group ?? line?.group ?? DEFAULT_GROUP);
  return priority === 'danger' && group !== undefined ? { ...line, group, wantedAgentId: null } : line;
}

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
          line: queueLine(current, step.group, priority),
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
        line: returnLine(current, step),
      });
    case 'take-over':
      if (current.owner === 'human' && current.agentId === step.agentId) return { status: 'unchanged' };
      if (current.owner === 'wrap-up') return { status: 'refused', reason: 'not-queued' };
      return change({ owner: 'human', agentId: step.agentId });
    case 'reassign': {
      if (current.owner !== 'human' && current.owner !== 'queued')
        return { status: 'refused', reason: 'not-queued' };
      const line = returnLine(current, step);
      const isQueued = current.owner === 'queued';
      const ownership = { ...current, owner: 'queued' as const, agentId: null, reason: step.reason, line };
      // Who waits has waited since they began to.
      const since = isQueued ? current.since : now;
      const priority = higherPriority('high', current.priority);
      return { status: 'changed', ownership: { ...ownership, epoch, since, priority, isBotServing: false } };
    }
    case 'lose':
      if (current.owner !== 'human' || current.agentId !== step.agentId || current.epoch !== step.epoch)
        return { status: 'refused', reason: 'not-yours' };
      return change({
        owner: 'queued',
        agentId: null,
        reason: step.reason,
        priority: higherPriority('high', current.priority),
        line: returnLine(current, step),
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
