import type { AppliedClock } from '../../../contract/sla';
import { openThresholds, type Threshold } from '../../../sla/deadline';
import { actionsAt } from '../../../sla/policy/policies';
import { replay } from '../../../sla/replay';
import { addRecord, isBotAnswering, type Work } from '../work';
import { actOn } from './act-on';
import { type Before, judgeProgress } from './before';
import {
  adoptPolicies,
  clocksOf,
  dropClock,
  isRunning,
  meetClock,
  recordOutcome,
  setClockTimer,
  startClock,
} from './conversation-clocks';
import { isAwake, isInLineByWish } from './held-text';

/**
 * The clocks of a conversation, looked at as every turn ends: what was due comes first, then what the turn began,
 * fulfilled or made pointless, then what is due by that. Pure like the turn itself.
 */
export function tendClocks(work: Work, before: Before): void {
  const hadClocks = work.state.clocks.length > 0;
  adoptPolicies(work);
  if (isNewSession(work)) forgetProgress(work);
  fireDue(work);
  tendFirstReply(work);
  tendQueue(work, before);
  tendHumanReplies(work, before);
  tendProgress(work, before);
  fireDue(work);
  // Acting may have put the conversation before a human: that wait has a clock of its own.
  tendQueue(work, before);
  tendProgress(work, null);
  setClockTimer(work, hadClocks);
}

const FIRE_LIMIT = 50;

interface Due {
  clock: AppliedClock;
  threshold: Threshold;
}

/** Each overdue threshold once, in order of time. */
function fireDue(work: Work): void {
  for (let n = 0; n < FIRE_LIMIT; n += 1) {
    const [due] = work.state.clocks
      .flatMap((clock) => openThresholds(clock).map((threshold): Due => ({ clock, threshold })))
      .filter(({ threshold }) => threshold.dueAt <= work.entry.at)
      .sort((a, b) => a.threshold.dueAt - b.threshold.dueAt);
    if (!due) return;
    fire(work, due);
  }
}

function fire(work: Work, { clock, threshold: { key, percent } }: Due): void {
  const { policy } = replay(clock.log);
  const fired = { ...clock, fired: [...clock.fired, key] };
  work.state.clocks = work.state.clocks.map((each) => (each === clock ? fired : each));
  const { subject } = clock;
  addRecord(work, 'breach', { subject, policy: policy.id, percent, targetMs: policy.targetMs });
  if (percent === 100) recordOutcome(work, clock, true);
  const actions = actionsAt(work.settings.policies, policy.id, percent);
  actOn(work, actions, { policy: policy.id, percent, reason: `sla:${policy.id}`, order: null });
}

const isNewSession = ({ state, entry }: Work): boolean =>
  state.session !== null && state.session.id === entry.turnId;

/** "Thanks, bye" begins no session, and so no clock. */
function tendFirstReply(work: Work): void {
  const { session } = work.state;
  if (isNewSession(work)) startClock(work, 'first-reply', work.entry.at);
  if (!isRunning(work, 'first-reply')) return;
  if (work.replies.some(({ type }) => type === 'message')) meetClock(work, 'first-reply');
  else if (session?.endedAt !== null) dropClock(work, 'first-reply');
}

function tendQueue(work: Work, before: Before): void {
  const { owner, since } = work.state.ownership;
  if (owner === 'human') meetClock(work, 'queue-wait');
  else if (owner !== 'queued') dropClock(work, 'queue-wait');
  else if (isInLineByWish(work)) startClock(work, 'queue-wait', since);
  // Whom we put in line waits from when they are there to wait.
  else if (isAwake(work) && !isRunning(work, 'queue-wait')) startClock(work, 'queue-wait', work.entry.at);
  const wasWithUs = before.owner === 'bot' || before.owner === 'wrap-up';
  if (owner === 'queued' && wasWithUs) startClock(work, 'first-human-reply', since);
}

function tendHumanReplies(work: Work, before: Before): void {
  const { owner } = work.state.ownership;
  if (work.entry.activity.name === 'agent.message' && work.result.status === 'changed') {
    meetClock(work, 'first-human-reply');
    meetClock(work, 'next-human-reply');
  }
  if (owner !== 'human') dropClock(work, 'next-human-reply');
  if (owner === 'bot' || owner === 'wrap-up') dropClock(work, 'first-human-reply');
  const isAsked = work.entry.activity.type === 'message' && work.isFarewell !== true;
  const isWaited = isRunning(work, 'first-human-reply') || isRunning(work, 'next-human-reply');
  if (owner === 'human' && before.owner === 'human' && isAsked && !isWaited)
    startClock(work, 'next-human-reply', work.entry.at);
}

/** `before` is null when only what became pointless is looked for. */
function tendProgress(work: Work, before: Before | null): void {
  const { state, entry } = work;
  const { owner } = state.ownership;
  const isOver = (owner !== 'bot' && owner !== 'wrap-up') || state.session?.endedAt !== null;
  if (isOver) return forgetProgress(work);
  if (!before || entry.activity.type !== 'message' || !before.isBotAnswering || !isBotAnswering(state))
    return;
  const progress = judgeProgress(work, before);
  if (progress === 'neither') return;
  if (progress === 'moved') {
    state.stuckTurns = 0;
    return meetClock(work, 'bot-progress');
  }
  state.stuckTurns += 1;
  // One message that was not understood is no trouble yet: whoever leaves after it is not called back.
  if (state.stuckTurns >= 2 && !isRunning(work, 'bot-progress')) startClock(work, 'bot-progress', entry.at);
  fireByTurns(work);
}

function forgetProgress(work: Work): void {
  work.state.stuckTurns = 0;
  dropClock(work, 'bot-progress');
}

/** After so many messages in vain the target counts as reached, whatever the time. */
function fireByTurns(work: Work): void {
  for (const clock of clocksOf(work, 'bot-progress')) {
    const { policy } = replay(clock.log);
    const { turns } = work.settings.policies.policies.find(({ id }) => id === policy.id) ?? {};
    if (turns === undefined || work.state.stuckTurns < turns) continue;
    const threshold = openThresholds(clock).find(({ percent }) => percent >= 100);
    if (threshold) fire(work, { clock, threshold });
  }
}
