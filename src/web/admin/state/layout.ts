import { graphlib, layout } from '@dagrejs/dagre';
import type { DialogGraph } from '../../../dialogs/edit/graph';

export const NODE = { width: 236, height: 74 };

/** Where each step is drawn: the corner at its upper left. The same graph is always laid out the same. */
export function placeSteps({ nodes, edges }: DialogGraph): Map<string, { x: number; y: number }> {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 34, ranksep: 58, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...NODE });
  for (const { id, from, to } of edges) if (from !== to) graph.setEdge(from, to, {}, id);
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { x: x - NODE.width / 2, y: y - NODE.height / 2 }];
    }),
  );
}
