import type { Priority } from '../../contract/conversation';
import { SILENCE_TIMER } from '../../dialogs/turn';
import { type OwnershipStep, type StepResult, takeOwnershipStep } from '../../handoff/ownership';
import { addCommand, addRecord, cancelTimer, setTimer, speakPattern, type Work } from './work';

const wrapUpTimer = (epoch: number): string => `wrap-up:${epoch}`;
/** An agent who forgets to finish does not keep the conversation in wrap-up for ever. */
const WRAP_UP_MS = 10 * 60_000;

/** Takes a step of ownership and does all that follows from it: queue, clocks, records. */
export function changeOwner(work: Work, step: OwnershipStep): StepResult {
  const before = work.state.ownership;
  const taken = takeOwnershipStep(before, step, work.entry.at);
  if (taken.status !== 'changed') return taken;
  const { ownership } = taken;
  work.state.ownership = ownership;
  const { conversationId, channel, lastText } = work.state;
  const dialog = work.state.dialog?.frames[0]?.dialog ?? null;
  const { owner, epoch, agentId, reason, priority, since } = ownership;
  addRecord(work, 'ownership', { owner, epoch, agentId, reason, priority, since, channel, dialog, lastText });
  if (owner === 'queued') {
    const item = { conversationId, epoch, priority, since, reason: reason ?? '', channel, dialog, lastText };
    addCommand(work, { operation: 'queue.put', args: item });
    if (before.owner !== 'queued') work.state.queueNotedAt = null;
  } else if (before.owner === 'queued') {
    addCommand(work, { operation: 'queue.remove', args: { conversationId, epoch } });
  }
  if (owner === 'human') cancelTimer(work, SILENCE_TIMER);
  if (owner === 'wrap-up') {
    const dueAt = work.entry.at + WRAP_UP_MS;
    setTimer(work, { id: wrapUpTimer(epoch), dueAt, value: { subject: 'wrap-up', epoch } });
  }
  if (before.owner === 'wrap-up') cancelTimer(work, wrapUpTimer(before.epoch));
  return taken;
}

/** The bot goes on answering while the conversation waits, since nobody is there to take it. */
export function keepServing(work: Work): void {
  if (work.state.ownership.owner === 'queued') work.state.ownership.isBotServing = true;
}

export interface Handover {
  reason: string;
  priority: Priority;
  resumeAt: string | null;
}

/**
 * Puts the conversation before a human. With nobody on duty the bot goes on serving, and `offerOrder` is what it
 * does then; never in danger, where nothing may stand between the words and the alarm.
 */
export function handOver(work: Work, { reason, priority, resumeAt }: Handover, offerOrder: () => void): void {
  const taken = changeOwner(work, { type: 'queue', reason, priority, resumeAt });
  if (work.state.ownership.owner !== 'queued') return;
  if (!work.entry.isStaffed) {
    keepServing(work);
    if (priority !== 'danger') offerOrder();
  } else if (taken.status === 'unchanged') speakPattern(work, 'in-queue');
}
