import type { PracticeResult, PracticeState } from '../contract/practice';
import type { QualityFinding } from '../contract/quality';
import { type JudgeRules, judgeStretch } from '../quality/judge/judge-stretch';
import { POINTS } from './points';
import type { Scenario } from './scenario';

/** Taken off the tone for each finding. */
const PER_FINDING = 10;
/** Taken off the time for each wait that was too long. */
const PER_WAIT = 5;
const UNFORGIVABLE: QualityFinding['kind'][] = ['insult', 'appeal-discouraged', 'account-data-unproven'];
const WAITS: QualityFinding['kind'][] = ['slow-first-reply', 'silence'];

const shareOf = (all: { id: string }[], reached: string[]): number =>
  all.length === 0 ? 1 : all.filter(({ id }) => reached.includes(id)).length / all.length;

/** How well a practice went, by the rules that judge real conversations, what was asked and said, and the filing. Pure. */
export function scorePractice(
  scenario: Scenario,
  state: PracticeState,
  {
    rules,
    beganAt,
    endedAt,
    disposition,
  }: { rules: JudgeRules; beganAt: number; endedAt: number; disposition: string },
): PracticeResult {
  const { findings } = judgeStretch(
    {
      id: 'practice',
      kind: 'human',
      conversationId: 'practice',
      sessionId: null,
      agentId: null,
      channel: 'web',
      dialog: null,
      beganAt,
      endedAt,
      lines: state.lines,
      provedAt: scenario.isProven || state.reached.includes('proof') ? beganAt : null,
      tasks: state.tasks.map((task) => ({ ...task, doneAt: null })),
      isClosed: true,
      disposition,
      rating: null,
      humanAt: [],
      isComplaint: false,
      sessionsBefore: 0,
      accountMadeAt: null,
    },
    rules,
    endedAt,
  );
  const waits = findings.filter(({ kind }) => WAITS.includes(kind)).length;
  const isLate = endedAt - beganAt > scenario.minutes * 60_000;
  const parts = {
    time: Math.max(0, POINTS.time - waits * PER_WAIT - (isLate ? POINTS.time / 2 : 0)),
    tone: Math.max(0, POINTS.tone - (findings.length - waits) * PER_FINDING),
    facts: Math.round(POINTS.facts * shareOf(scenario.facts, state.reached)),
    goals: Math.round(POINTS.goals * shareOf(scenario.goals, state.reached)),
    filing: scenario.dispositions.includes(disposition) ? POINTS.filing : 0,
  };
  const isZero = findings.some(({ kind }) => UNFORGIVABLE.includes(kind));
  const missed = (all: { id: string }[]) => all.filter(({ id }) => !state.reached.includes(id)).length;
  return {
    ...parts,
    total: isZero ? 0 : Object.values(parts).reduce((sum, points) => sum + points, 0),
    findings,
    missedFacts: missed(scenario.facts),
    missedGoals: missed(scenario.goals),
    disposition,
    expected: scenario.dispositions,
  };
}
