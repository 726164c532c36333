import { graphOf } from '../../../src/dialogs/edit/graph';
import { dialogSchema } from '../../../src/dialogs/schema';
import { countFlow } from '../../../src/web/admin/state/flow-counts';

const text = (words: string) => ({ zh: words, en: words });
const graph = graphOf(
  dialogSchema.parse({
    id: 'move',
    name: text('移机'),
    intents: [],
    slots: { where: { name: text('地址'), entity: 'text' } },
    steps: [
      { id: 'ask', type: 'ask', slot: 'where', prompt: text('搬到哪里'), next: 'look' },
      {
        id: 'look',
        type: 'branch',
        cases: [
          { when: 'slots.where == "a"', next: 'over' },
          { when: 'slots.where == "b"', next: 'over' },
        ],
        otherwise: 'human',
      },
      { id: 'human', type: 'handoff', reason: 'wanted' },
      { id: 'over', type: 'end' },
    ],
  }),
);
const ways = [
  { from: null, to: 'ask', count: 100 },
  { from: 'ask', to: 'look', count: 70 },
  { from: 'look', to: 'over', count: 50 },
  { from: 'look', to: 'human', count: 20 },
  // A step of an older version.
  { from: 'confirm', to: 'over', count: 5 },
];

describe('the counts of a flow', () => {
  it('say how many came, stand there and went no further', () => {
    const { steps } = countFlow(graph, { days: 7, ways, standing: { ask: 12, confirm: 3 } });
    expect(steps.get('ask')).toEqual({ came: 100, stands: 12, left: 18 });
    expect(steps.get('look')).toEqual({ came: 70, stands: 0, left: 0 });
    expect(steps.get('human')).toEqual({ came: 20, stands: 0, left: 0 });
    expect(steps.get('over')).toEqual({ came: 55, stands: 0, left: 0 });
  });

  it('stand at edges, at the first of several that lead from one step to the same', () => {
    const { edges } = countFlow(graph, { days: 7, ways, standing: {} });
    const byWay = graph.edges.map(({ id, from, to }) => [from, to, edges.get(id)]);
    expect(byWay).toEqual([
      ['ask', 'look', 70],
      ['look', 'over', 50],
      ['look', 'over', undefined],
      ['look', 'human', 20],
    ]);
  });

  it('are nothing for a dialog that nobody came to', () => {
    const { steps } = countFlow(graph, { days: 7, ways: [], standing: {} });
    expect([...steps.values()].every(({ came, left }) => came === 0 && left === 0)).toBe(true);
  });
});
