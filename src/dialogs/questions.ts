import type { PatternName } from './pattern-names';
import type { AskStep, ChooseStep, SurveyStep } from './schema';
import { mindSilence, render, say, sayPattern, stepOf, type Turn, topFrame } from './turn';

/** What the customer may tap: the options of a choice, or examples of answers. */
export const labelsOf = (turn: Turn, step: AskStep | ChooseStep): string[] =>
  (step.type === 'choose' ? step.options.map(({ label }) => label) : step.suggestions).map((label) =>
    render(turn, label),
  );

/** Puts a question and minds the silence after it, which is broken once in a session. */
export function askQuestion(turn: Turn, step: AskStep | ChooseStep, isRetry = false): void {
  say(turn, isRetry ? (step.retry ?? step.prompt) : step.prompt, labelsOf(turn, step));
  const isOwedAnswer = turn.state.frames.some(({ isAnswered }) => isAnswered);
  if (turn.state.remindedAt === null || isOwedAnswer) mindSilence(turn);
}

/** Asks for a rating, once: nobody is reminded of it. */
export function askScore(turn: Turn, step: SurveyStep): void {
  const text = render(turn, step.prompt);
  turn.replies.push({ text, quickReplies: step.labels.map((label) => render(turn, label)), isRating: true });
}

/** The open question once more, after a short word if there is one to say. */
export function repeatQuestion(turn: Turn, pattern: PatternName | null): void {
  if (pattern) sayPattern(turn, pattern);
  const frame = topFrame(turn);
  const step = stepOf(turn, frame);
  if (!frame?.waiting && (step?.type === 'ask' || step?.type === 'choose')) askQuestion(turn, step);
}
