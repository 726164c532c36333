import { z } from 'zod';
import { changeOwner } from './change-owner';
import { CLOCK_TIMER } from './clocks/conversation-clocks';
import { heldTextSchema } from './clocks/held-text';
import { converse, takeOutcome } from './converse';
import { incidentDueSchema, onIncidentDue } from './on-incident';
import { onForgetDue } from './on-leave';
import { onHeldText, onOrderDue } from './on-order';
import { onSurveyDue } from './survey';
import { onUnconfirmedDue } from './unconfirmed';
import { leaveStopped } from './versions/change-version';
import { onVisitDue, visitDueSchema } from './visit-reminder';
import { isBotAnswering, type Work } from './work';

/** The value of `timer.due`, as the timers of this folder set it. */
const dueSchema = z.discriminatedUnion('subject', [
  z.object({ subject: z.literal('call'), frameId: z.string(), callId: z.string() }),
  z.object({ subject: z.literal('silence') }),
  /** Of an earlier release: its clocks begin with this turn, and are looked at as it ends. */
  z.object({ subject: z.literal('queue-wait') }),
  z.object({ subject: z.literal(CLOCK_TIMER) }),
  heldTextSchema,
  z.object({ subject: z.literal('promise'), number: z.string() }),
  z.object({ subject: z.literal('wrap-up'), epoch: z.number() }),
  z.object({ subject: z.literal('forget') }),
  z.object({ subject: z.literal('unconfirmed'), number: z.string(), asked: z.number() }),
  incidentDueSchema,
  visitDueSchema,
  z.object({ subject: z.literal('survey'), number: z.string(), solvedAt: z.number() }),
]);

export function onTimer(work: Work, value: unknown): void {
  const due = dueSchema.parse(value);
  switch (due.subject) {
    case 'call':
      leaveStopped(work);
      return takeOutcome(work, due.frameId, due.callId, { type: 'timeout' });
    case 'silence':
      if (isBotAnswering(work.state) && !leaveStopped(work)) converse(work, { type: 'silence' });
      return;
    case 'queue-wait':
    case CLOCK_TIMER:
      return;
    case 'held-text':
      return onHeldText(work, due);
    case 'promise':
      return onOrderDue(work, due.number);
    case 'wrap-up':
      return onWrapUp(work, due.epoch);
    case 'unconfirmed':
      return onUnconfirmedDue(work, due);
    case 'incident':
      return onIncidentDue(work, due);
    case 'visit':
      return onVisitDue(work, due);
    case 'survey':
      return onSurveyDue(work, due);
    case 'forget':
      return onForgetDue(work);
  }
}

function onWrapUp(work: Work, epoch: number): void {
  const { ownership } = work.state;
  if (ownership.owner !== 'wrap-up' || ownership.epoch !== epoch || ownership.agentId === null) return;
  changeOwner(work, { type: 'finish', agentId: ownership.agentId });
}
