import { type LineProblem, lineProblemSchema } from '../../../src/contract/script-problem';
import { LineFault, lineProblemText, problemOf } from '../../../src/rehearsal/line-problem';
import { lineProblemWords, talkFaultWords } from '../../../src/web/admin/state/line-problem-words';

const differs = (what: string, wanted: string, got: string, name: string | null = null) =>
  lineProblemSchema.parse({ type: 'differs', what, name, wanted, got });

/** Each problem as logs and programs get it, and as the page says it. */
const SAID: [LineProblem, text: string, zh: string, en: string][] = [
  [
    differs('step', '"shop/hour"', '"none"'),
    'step should be "shop/hour", is "none"',
    '步骤应该是“shop/hour”，实际是没有',
    'the step should be "shop/hour", is none',
  ],
  [
    differs('count', '2', '1'),
    'count of replies should be 2, is 1',
    '回复条数应该是2，实际是1',
    'the number of replies should be 2, is 1',
  ],
  [
    differs('argument', '"a"', 'undefined', 'account'),
    'argument account should be "a", is undefined',
    '带上的 account应该是“a”，实际是没有',
    'the argument account should be "a", is none',
  ],
  [
    differs('slot', '{"a":1}', 'null', 'light.name'),
    'light.name should be {"a":1}, is null',
    '信息项 light.name应该是{"a":1}，实际是没有',
    'the slot light.name should be {"a":1}, is none',
  ],
  [
    { type: 'missing', piece: '明年', said: ['今年', '去年'] },
    '"明年" is missing; said: 今年 / 去年',
    '少了“明年”，实际说的是：今年 / 去年',
    'Missing: "明年"; said: 今年 / 去年',
  ],
  [
    { type: 'unwanted', piece: '明年', said: [] },
    '"明年" must not be said; said: ',
    '不该说“明年”，实际什么都没说',
    'Must not be said: "明年"; nothing was said',
  ],
  [
    { type: 'no-outcome', operation: 'stock.check', name: 'lost' },
    'outcomes.yaml has no "lost" for stock.check',
    'outcomes.yaml 里没有 stock.check 的结果“lost”',
    'outcomes.yaml has no "lost" for stock.check',
  ],
];

describe('the problems of a scripted line', () => {
  it.each(SAID)('are data that is said in three ways: %j', (problem, text, zh, en) => {
    expect([
      lineProblemText(problem),
      lineProblemWords(problem, 'zh'),
      lineProblemWords(problem, 'en'),
    ]).toEqual([text, zh, en]);
  });

  it('have Chinese words for every kind and every expectation', () => {
    const expectations = ['intent', 'step', 'handoff', 'priority', 'locale', 'count', 'taps', 'calls'];
    const all: LineProblem[] = [
      ...expectations.map((what) => differs(what, '1', '2')),
      { type: 'no-call' },
      { type: 'endless-calls' },
      { type: 'bad-duration', text: '5' },
    ];
    for (const problem of all)
      expect(lineProblemWords(problem, 'zh').replace(/5m|2d/g, '')).not.toMatch(/[a-z]/i);
  });

  it('come from errors of the player, and from what nobody foresaw', () => {
    expect(problemOf(new LineFault({ type: 'no-call' }))).toEqual({ type: 'no-call' });
    expect(problemOf(new Error('odd'))).toEqual({ type: 'broken', message: 'odd' });
  });

  it('name the place when it is the files that a talk stops at', () => {
    const problem = {
      file: 'dialogs/a.yaml',
      line: 3,
      path: '',
      message: 'there is no step "x"',
      remedy: 'add it',
    };
    expect(talkFaultWords({ type: 'content', problem }, 'zh')).toMatch(/^dialogs\/a\.yaml:3 没有步骤“x”/);
  });
});
