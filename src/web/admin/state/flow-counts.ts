import type { DialogGraph } from '../../../dialogs/edit/graph';

/** What `GET /admin/content/ways/:dialog` answers. */
export interface TakenWays {
  days: number;
  ways: { from: string | null; to: string; count: number }[];
  /** How many conversations stand at a step now. */
  standing: Record<string, number>;
}

/** How many came to a step, stand there, and went no further: they left, or somebody else took over. */
export interface StepCounts {
  came: number;
  stands: number;
  left: number;
}

export interface FlowCounts {
  /** By edge; several edges between the same two steps cannot be told apart, so that the first has them all. */
  edges: Map<string, number>;
  steps: Map<string, StepCounts>;
}

const sum = (counts: { count: number }[]): number => counts.reduce((all, { count }) => all + count, 0);

/** Puts the counts to the flow as it is drawn. Steps that lead nowhere or to a human lose nobody. */
export function countFlow({ nodes, edges }: DialogGraph, { ways, standing }: TakenWays): FlowCounts {
  const counted = new Map<string, number>();
  for (const { id, from, to } of edges) {
    const isFirst = edges.find((edge) => edge.from === from && edge.to === to)?.id === id;
    if (isFirst) counted.set(id, sum(ways.filter((way) => way.from === from && way.to === to)));
  }
  const steps = nodes.map(({ id, step }): [string, StepCounts] => {
    const came = sum(ways.filter(({ to }) => to === id));
    const went = sum(ways.filter(({ from }) => from === id));
    const stands = Math.min(standing[id] ?? 0, came);
    const isLast = step.type === 'handoff' || !edges.some(({ from }) => from === id);
    return [id, { came, stands, left: isLast ? 0 : Math.max(0, came - went - stands) }];
  });
  return { edges: counted, steps: new Map(steps) };
}
