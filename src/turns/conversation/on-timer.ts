import { z } from 'zod';
import { higherPriority } from '../../handoff/ownership';
import { changeOwner, keepServing } from './change-owner';
import { converse, offerOrder, takeOutcome } from './converse';
import { onForgetDue } from './on-leave';
import { onPromiseLapse } from './on-order';
import { addRecord, isBotAnswering, speakPattern, type Work } from './work';

/** The value of `timer.due`, as the timers of this folder set it. */
const dueSchema = z.discriminatedUnion('subject', [
  z.object({ subject: z.literal('call'), frameId: z.string(), callId: z.string() }),
  z.object({ subject: z.literal('silence') }),
  z.object({ subject: z.literal('queue-wait'), since: z.number() }),
  z.object({ subject: z.literal('promise'), number: z.string() }),
  z.object({ subject: z.literal('wrap-up'), epoch: z.number() }),
  z.object({ subject: z.literal('forget') }),
]);

export function onTimer(work: Work, value: unknown): void {
  const due = dueSchema.parse(value);
  switch (due.subject) {
    case 'call':
      return takeOutcome(work, due.frameId, due.callId, { type: 'timeout' });
    case 'silence':
      if (isBotAnswering(work.state)) converse(work, { type: 'silence' });
      return;
    case 'queue-wait':
      return onQueueWait(work, due.since);
    case 'promise':
      return onPromiseLapse(work, due.number);
    case 'wrap-up':
      return onWrapUp(work, due.epoch);
    case 'forget':
      return onForgetDue(work);
  }
}

/** The wait for a human is past its promise: the place in line rises, the customer hears it and is offered an order. */
function onQueueWait(work: Work, since: number): void {
  const { ownership } = work.state;
  if (ownership.owner !== 'queued' || ownership.since !== since) return;
  addRecord(work, 'breach', { subject: 'queue-wait', since, targetMs: work.settings.queueWaitMs });
  const { reason, resumeAt, isBotServing } = ownership;
  const priority = higherPriority('high', ownership.priority);
  changeOwner(work, { type: 'queue', reason: reason ?? '', priority, resumeAt });
  speakPattern(work, 'queue-late');
  keepServing(work);
  // With nobody on duty it was offered when the wait began.
  if (priority !== 'danger' && !isBotServing) offerOrder(work);
}

function onWrapUp(work: Work, epoch: number): void {
  const { ownership } = work.state;
  if (ownership.owner !== 'wrap-up' || ownership.epoch !== epoch || ownership.agentId === null) return;
  changeOwner(work, { type: 'finish', agentId: ownership.agentId });
}
