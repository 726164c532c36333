import type { AppliedClock } from '../../contract/sla';
import type { SlaOutcome } from '../../records/sla-outcomes';
import { deadlineOf } from '../../sla/deadline';
import { replay } from '../../sla/replay';
import type { OrderRecord } from '../order-record';

/** What became of a clock of an order at a moment: broken, or kept if it is not past its deadline. */
export function outcomeOf(
  order: OrderRecord,
  clock: AppliedClock,
  { at, isBroken }: { at: number; isBroken: boolean },
): SlaOutcome {
  const { policy } = replay(clock.log);
  const { beganAt, dueAt, revision, renewals } = deadlineOf(clock.log, at);
  const { number, conversationId, area, channel } = order;
  return {
    id: `${number}:${policy.clock}:${revision}`,
    at,
    subject: clock.subject,
    clock: policy.clock,
    policy: policy.id,
    conversationId,
    number,
    area,
    channel,
    beganAt,
    dueAt,
    isKept: !isBroken && (dueAt === null || at <= dueAt),
    renewals,
  };
}
