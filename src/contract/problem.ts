/** What is wrong in a file of content, where, and what to do. */
export interface ContentProblem {
  file: string;
  line: number;
  /** The way to it in the file: `steps.3.next`. */
  path: string;
  message: string;
  remedy: string;
}

/** All problems as lines of text. */
export const describeProblems = (problems: ContentProblem[]): string =>
  problems
    .map(({ file, line, path, message, remedy }) => `${file}:${line} ${path}: ${message} (${remedy})`)
    .join('\n');
