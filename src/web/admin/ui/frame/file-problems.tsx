import type { ContentProblem } from '../../../../contract/problem';
import { problemWords } from '../../state/problem-words';
import { useAdmin } from '../context';

interface ProblemsProps {
  problems: readonly ContentProblem[];
  warnings?: readonly ContentProblem[];
  /** The step that a problem is about, by its place. */
  stepOf?: (path: string) => string | undefined;
  onStep?: (id: string) => void;
}

/** What is wrong with a file, each with its place; a problem of a step leads to it. */
export function FileProblems({ problems, warnings = [], stepOf, onStep }: ProblemsProps) {
  const { words, settings } = useAdmin();
  const { dialogs } = words;
  if (problems.length + warnings.length === 0) return null;
  const said = (problem: ContentProblem, step?: string) => (
    <>
      <b>{step ?? dialogs.line(problem.line)}</b> {problemWords(problem, settings.locale)}
    </>
  );
  return (
    <section className="problems" aria-label={dialogs.allProblems}>
      <ul>
        {[...problems, ...warnings].map((problem, n) => {
          const step = stepOf?.(problem.path);
          return (
            <li key={problem.path + problem.message} className={n < problems.length ? 'warn' : ''}>
              {onStep ? (
                <button type="button" disabled={!step} onClick={() => step && onStep(step)}>
                  {said(problem, step)}
                </button>
              ) : (
                said(problem)
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
