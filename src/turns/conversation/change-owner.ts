import type { Ownership, Priority } from '../../contract/conversation';
import { SILENCE_TIMER } from '../../dialogs/turn';
import { type OwnershipStep, type StepResult, takeOwnershipStep } from '../../handoff/ownership';
import { dismissGuests } from './handoff/guests';
import { sayPlaceOnJoining, sayStillInLine } from './handoff/in-line';
import { groupFor, queueItem, routingOf } from './handoff/line-up';
import { type OfferOrder, serveInstead } from './handoff/serve-instead';
import { isStaffedFor } from './handoff/staffing';
import { addCommand, addRecord, cancelTimer, setTimer, type Work } from './work';

const wrapUpTimer = (epoch: number): string => `wrap-up:${epoch}`;

/** Takes a step of ownership and does all that follows from it: queue, clocks, records. */
export function changeOwner(work: Work, step: OwnershipStep): StepResult {
  const before = work.state.ownership;
  const taken = takeOwnershipStep(before, step, work.entry.at);
  if (taken.status !== 'changed') return taken;
  const { ownership } = taken;
  work.state.ownership = ownership;
  dismissGuests(work.state);
  const { owner, epoch, agentId } = ownership;
  const { conversationId: _id, ...item } = queueItem(work);
  addRecord(work, 'ownership', { ...item, owner, epoch, agentId, reason: ownership.reason });
  tellQueue(work, before);
  if (owner === 'human') {
    cancelTimer(work, SILENCE_TIMER);
    if (agentId !== null) work.state.lastAgent = { id: agentId, at: work.entry.at };
  }
  if (owner === 'wrap-up') {
    const dueAt = work.entry.at + routingOf(work).wrapUp.seconds * 1000;
    setTimer(work, { id: wrapUpTimer(epoch), dueAt, value: { subject: 'wrap-up', epoch } });
  }
  if (before.owner === 'wrap-up') cancelTimer(work, wrapUpTimer(before.epoch));
  return taken;
}

/** The queue learns of every change of hands: what waits, and whom the rest counts for. */
function tellQueue(work: Work, before: Ownership): void {
  const { conversationId, ownership } = work.state;
  const { owner, epoch } = ownership;
  if (owner === 'queued') {
    addCommand(work, { operation: 'queue.put', args: queueItem(work) });
    if (before.owner !== 'queued') work.state.queueNotedAt = null;
    return;
  }
  const args = { conversationId, epoch, agentId: countsFor(work) };
  addCommand(work, { operation: 'queue.remove', args });
}

/** Whose capacity the conversation takes. A desk outside keeps count of its own. */
function countsFor(work: Work): string | null {
  const { owner, agentId } = work.state.ownership;
  const isOutside = agentId?.includes(':') ?? true;
  if (isOutside || (owner === 'wrap-up' && !routingOf(work).wrapUp.countsAgainstCapacity)) return null;
  return agentId;
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
export function handOver(work: Work, { reason, priority, resumeAt }: Handover, offerOrder: OfferOrder): void {
  const group = groupFor(work, { reason, priority });
  const taken = changeOwner(work, { type: 'queue', reason, priority, resumeAt, group });
  const { owner, line } = work.state.ownership;
  if (owner !== 'queued') return;
  const waitsFor = line?.group ?? group;
  const isDanger = priority === 'danger';
  if (!isStaffedFor(work, waitsFor, isDanger)) {
    keepServing(work);
    if (!isDanger) serveInstead(work, waitsFor, offerOrder);
  } else if (taken.status === 'unchanged') sayStillInLine(work);
  else sayPlaceOnJoining(work, waitsFor);
}
