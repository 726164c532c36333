import { check, type Observed } from './check';

const sound: Observed = {
  conversationId: 'c',
  acknowledged: [
    { key: 'a', text: 'order 1', position: 1 },
    { key: 'b', text: 'hello', position: 3 },
  ],
  shown: [],
  log: [
    { position: 1, text: 'order 1' },
    { position: 2, text: 're: order 1' },
    { position: 3, text: 'hello' },
    { position: 4, text: 're: hello' },
    { position: 5, text: 're: call.result' },
  ],
  transcript: [],
  seen: ['a', 'b', 'result:1'],
  results: ['ok'],
  orders: ['order 1'],
};
const complete = { ...sound, shown: sound.log, transcript: sound.log };

describe('the checker of the chaos tests', () => {
  it('finds nothing wrong with a sound conversation', () => {
    expect(check(complete)).toEqual([]);
  });

  it.each<[string, Partial<Observed>, RegExp]>([
    ['a lost message', { seen: ['b', 'result:1'] }, /lost: a/],
    ['a message committed twice', { seen: ['a', 'b', 'b', 'result:1'] }, /committed twice: b/],
    [
      'replies out of order',
      {
        log: complete.log.map((line, i) => ({
          ...line,
          text: complete.log[[0, 3, 2, 1, 4][i] ?? 0]?.text ?? '',
        })),
      },
      /out of order/,
    ],
    ['a gap in the log', { log: complete.log.filter(({ position }) => position !== 5) }, /something else/],
    ['a reply that was not shown', { shown: complete.log.slice(0, 4) }, /something else/],
    [
      'a reply that was shown twice',
      { shown: [...complete.log, { position: 5, text: 're: call.result' }] },
      /else/,
    ],
    ['a line missing in Postgres', { transcript: complete.log.slice(1) }, /transcript/],
    ['a doubled work order', { orders: ['order 1', 'order 1'] }, /doubled: order 1/],
    ['a missing work order', { orders: [] }, /missing: order 1/],
    ['an outcome that came twice', { results: ['ok', 'ok'] }, /2 outcomes for 1/],
  ])('finds %s', (_name, fault, problem) => {
    expect(check({ ...complete, ...fault }).join('\n')).toMatch(problem);
  });
});
