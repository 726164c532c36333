import { type ContentProblem, describeProblems } from '../contract/problem';
import { AppError } from '../errors';

/** The error for files that cannot be used, with every problem of them. `what` is what they are: "Policies". */
export const contentToMend = (what: string, problems: ContentProblem[]): AppError =>
  new AppError('bad-content', `${what} to mend:\n  ${describeProblems(problems).replaceAll('\n', '\n  ')}`);
