import type { LineProblem } from '../contract/script-problem';
import { messageOf } from '../errors';

const NAMES: Partial<Record<Extract<LineProblem, { type: 'differs' }>['what'], string>> = {
  count: 'count of replies',
  argument: 'argument ',
  slot: '',
};

const nameOf = ({ what, name }: Extract<LineProblem, { type: 'differs' }>): string =>
  `${NAMES[what] ?? what}${name ?? ''}`;
const saidOf = (said: string[]): string => `said: ${said.join(' / ')}`;

/** A problem of a line in English, for logs and programs. */
export function lineProblemText(problem: LineProblem): string {
  switch (problem.type) {
    case 'differs':
      return `${nameOf(problem)} should be ${problem.wanted}, is ${problem.got}`;
    case 'missing':
      return `"${problem.piece}" is missing; ${saidOf(problem.said)}`;
    case 'unwanted':
      return `"${problem.piece}" must not be said; ${saidOf(problem.said)}`;
    case 'no-call':
      return 'no call is open';
    case 'endless-calls':
      return 'calls go on and on';
    case 'no-outcome':
      return `outcomes.yaml has no "${problem.name}" for ${problem.operation}`;
    case 'bad-duration':
      return `"${problem.text}" is no duration such as 5m`;
    case 'broken':
      return problem.message;
  }
}

/** A line that cannot be played; the problem says why. */
export class LineFault extends Error {
  constructor(readonly problem: LineProblem) {
    super(lineProblemText(problem));
  }
}

/** What an error of the player says of its line. */
export const problemOf = (error: unknown): LineProblem =>
  error instanceof LineFault ? error.problem : { type: 'broken', message: messageOf(error) };
