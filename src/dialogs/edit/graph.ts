import type { Dialog, Step } from '../schema';
import { targetsOf } from '../step-parts';
import type { Path } from './yaml-places';

/** A dialog as it is drawn: its steps, and the ways between them. */
export interface DialogGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}
export interface GraphNode {
  id: string;
  step: Step;
  isFirst: boolean;
  /** Words and slots from which it is come to from anywhere. */
  entries: string[];
}
export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  /** Where in the step it is written: `['cases', 0, 'next']`. */
  path: Path;
  kind: EdgeKind;
  /** The condition of a case, the words of what else is particular; null for the plain way on. */
  condition: string | null;
}
export type EdgeKind =
  | 'next'
  | 'case'
  | 'otherwise'
  | 'onFail'
  | 'stale'
  | 'onTimeout'
  | 'onError'
  | 'resumeAt';

function kindOf(path: Path): EdgeKind {
  if (path[0] === 'cases') return 'case';
  if (path[0] === 'stale') return 'stale';
  return path[0] as EdgeKind;
}

function conditionOf(step: Step, path: Path): string | null {
  if (step.type === 'branch' && path[0] === 'cases') return step.cases[Number(path[1])]?.when ?? null;
  if (step.type === 'choose' && path[0] === 'stale') return step.stale?.when ?? null;
  return null;
}

export function graphOf(dialog: Dialog): DialogGraph {
  const ids = new Set(dialog.steps.map(({ id }) => id));
  const nodes = dialog.steps.map((step, i) => ({
    id: step.id,
    step,
    isFirst: i === 0,
    entries: entriesOf(dialog, step.id),
  }));
  const edges = dialog.steps.flatMap((step) =>
    targetsOf(step).flatMap(([way, to]): GraphEdge[] => {
      const path = way as Path;
      if (!ids.has(to)) return [];
      const id = `${step.id}:${path.join('.')}`;
      return [{ id, from: step.id, to, path, kind: kindOf(path), condition: conditionOf(step, path) }];
    }),
  );
  return { nodes, edges };
}

const entriesOf = ({ shortcuts, slots }: Dialog, id: string): string[] => [
  ...shortcuts.flatMap(({ words, next }) => (next === id ? [words[0] ?? ''] : [])),
  ...Object.entries(slots).flatMap(([name, { onCorrect }]) => (onCorrect?.next === id ? [name] : [])),
];
