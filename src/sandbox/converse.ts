import type { Locale } from '../contract/activity';
import type { PracticeState } from '../contract/practice';
import { findPhrases } from '../handoff/before-sending/check-text';
import type { Scenario } from './scenario';

const add = (state: PracticeState, role: 'user' | 'agent', text: string, at: number): PracticeState => ({
  ...state,
  lines: [...state.lines, { position: state.lines.length + 1, at, role, text }],
});

/** A practice as it begins: the customer has said why they write. */
export const beginPractice = ({ opens }: Scenario, locale: Locale, at: number): PracticeState =>
  opens.reduce((state, line) => add(state, 'user', line[locale], at), {
    lines: [],
    reached: [],
    tasks: [],
  } as PracticeState);

/**
 * What the trainee wrote, and what the customer answers: the facts that were asked for, else what is said to a goal that
 * was reached, else the same as always. Each is said once. Pure.
 */
export function converse(
  scenario: Scenario,
  state: PracticeState,
  { text, at, locale }: { text: string; at: number; locale: Locale },
): PracticeState {
  const isNew = ({ id }: { id: string }) => !state.reached.includes(id);
  const facts = scenario.facts.filter((fact) => isNew(fact) && findPhrases(text, fact.asked).length > 0);
  const goals = scenario.goals.filter((goal) => isNew(goal) && findPhrases(text, goal.when).length > 0);
  const answers = facts.length > 0 ? facts : goals.slice(-1);
  const said = answers.map(({ says }) => says[locale]).join(locale === 'zh' ? '。' : '. ');
  const reached = [...state.reached, ...facts.map(({ id }) => id), ...goals.map(({ id }) => id)];
  const isDone = scenario.goals.every(({ id }) => reached.includes(id));
  const spoken = add({ ...state, reached }, 'agent', text, at);
  // Whoever has all they wanted says no more than that.
  if (said === '' && isDone) return spoken;
  return add(spoken, 'user', said === '' ? scenario.otherwise[locale] : said, at);
}
