import type { AppliedClock, SlaClock, SlaSubject } from '../contract/sla';
import { type Deadline, deadlineOf } from './deadline';
import { type DeadlineLine, explainDeadline } from './explain-deadline';
import { replay } from './replay';

/** A clock as people look at it: what it is, when it is due, and why. Times are milliseconds since 1970 UTC. */
export interface ExplainedClock extends Deadline {
  subject: SlaSubject;
  clock: SlaClock;
  policy: string;
  name: { zh: string; en: string };
  /** Thresholds that were acted on, as `75@1`: percent and revision. */
  fired: string[];
  lines: DeadlineLine[];
}

export function explainClock(
  { subject, log, fired }: AppliedClock,
  now: number,
  timeZone: string,
): ExplainedClock {
  const { policy } = replay(log);
  return {
    subject,
    clock: policy.clock,
    policy: policy.id,
    name: policy.name,
    ...deadlineOf(log, now),
    fired,
    lines: explainDeadline(log, now, timeZone),
  };
}
