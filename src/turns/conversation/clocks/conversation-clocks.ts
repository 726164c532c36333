import type { AppliedClock, ClockEvent, SlaSubject } from '../../../contract/sla';
import type { SlaOutcome } from '../../../records/sla-outcomes';
import { deadlineOf, openThresholds } from '../../../sla/deadline';
import { pickPolicies } from '../../../sla/policy/pick-policy';
import { applyPolicy } from '../../../sla/policy/policies';
import { replay } from '../../../sla/replay';
import { addRecord, cancelTimer, setTimer, type Work } from '../work';

/** One timer wakes a conversation for whatever of its clocks is due next. */
export const CLOCK_TIMER = 'sla';

export const clocksOf = ({ state }: Work, subject: SlaSubject): AppliedClock[] =>
  state.clocks.filter((clock) => clock.subject === subject);

export const isRunning = (work: Work, subject: SlaSubject): boolean => clocksOf(work, subject).length > 0;

const startsAt = ({ log }: AppliedClock): number => log[0]?.at ?? 0;

/** Begins the clocks that policies know for a subject; those of an earlier begin are dropped. */
export function startClock(work: Work, subject: SlaSubject, at: number): void {
  if (clocksOf(work, subject).some((clock) => startsAt(clock) === at)) return;
  dropClock(work, subject);
  const { policies } = work.settings;
  const { channel, ownership } = work.state;
  const facts = { subject, startAt: at, channel, priority: ownership.priority };
  const begun = pickPolicies(policies, facts).map((policy): AppliedClock => {
    const started: ClockEvent = { type: 'started', at, policy: applyPolicy(policies, policy, at) };
    return { subject, log: [started], fired: [] };
  });
  work.state.clocks = [...work.state.clocks, ...begun];
}

/** What it was about has happened: kept or broken is written down. */
export function meetClock(work: Work, subject: SlaSubject): void {
  for (const clock of clocksOf(work, subject)) recordOutcome(work, clock, false);
  dropClock(work, subject);
}

/** What it was about will not happen any more. */
export function dropClock(work: Work, subject: SlaSubject): void {
  work.state.clocks = work.state.clocks.filter((clock) => clock.subject !== subject);
}

/** What became of a clock by now, for the report. */
export function recordOutcome(work: Work, clock: AppliedClock, isBroken: boolean): void {
  const { at } = work.entry;
  const { policy } = replay(clock.log);
  const { beganAt, dueAt, revision, renewals } = deadlineOf(clock.log, at);
  const { conversationId, channel } = work.state;
  const outcome: SlaOutcome = {
    id: `${conversationId}:${clock.subject}:${beganAt}:${policy.clock}:${revision}`,
    at,
    subject: clock.subject,
    clock: policy.clock,
    policy: policy.id,
    conversationId,
    number: null,
    area: null,
    channel,
    beganAt,
    dueAt,
    isKept: !isBroken && (dueAt === null || at <= dueAt),
    renewals,
  };
  addRecord(work, 'sla-outcome', { ...outcome });
}

/** Policies are not pinned: what runs goes on under those of today, with what has elapsed. */
export function adoptPolicies(work: Work): void {
  const { policies } = work.settings;
  const { state, entry } = work;
  if (state.policiesHash === policies.hash) return;
  state.policiesHash = policies.hash;
  state.clocks = state.clocks.flatMap((clock): AppliedClock[] => {
    const { policy: before, beganAt } = replay(clock.log);
    const { channel, ownership } = state;
    const facts = { subject: clock.subject, startAt: beganAt, channel, priority: ownership.priority };
    const policy = pickPolicies(policies, facts).find((each) => each.clock === before.clock);
    if (!policy) return [];
    const applied = applyPolicy(policies, policy, beganAt);
    if (JSON.stringify(applied) === JSON.stringify(before)) return [clock];
    return [{ ...clock, log: [...clock.log, { type: 'policy-changed', at: entry.at, policy: applied }] }];
  });
}

/** Wakes the conversation when the next threshold is reached. */
export function setClockTimer(work: Work, hadClocks: boolean): void {
  const moments = work.state.clocks.flatMap((clock) => openThresholds(clock).map(({ dueAt }) => dueAt));
  if (moments.length > 0)
    setTimer(work, { id: CLOCK_TIMER, dueAt: Math.min(...moments), value: { subject: CLOCK_TIMER } });
  else if (hadClocks) cancelTimer(work, CLOCK_TIMER);
}
