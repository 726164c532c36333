import { loadDialogs } from '../../../src/dialogs/load';
import { plainPatterns } from '../../support/dialogs';

const SLOTS = `
  a: { name: { zh: 甲, en: a } }
  b: { name: { zh: 乙, en: b } }
  c: { name: { zh: 丙, en: c }, isShared: true }
`;
const dialog = (id: string, steps: string[], head = ''): string =>
  [`id: ${id}`, 'name: { zh: 名, en: name }', head, `slots:${SLOTS}`, 'steps:', ...steps, END].join('\n');
const END = '  - { id: over, type: end }';
const call = (id: string, next: string, failed = 'over') =>
  `  - { id: ${id}, type: call, operation: operator.plans, timeoutMs: 1000, saveAs: a, next: ${next}, onTimeout: ${failed}, onError: ${failed} }`;
const show = (text: string) => `  - { id: show, type: say, text: { zh: "${text}", en: ok }, next: over }`;
const ask = (next: string, onFail: string) =>
  `  - { id: ask, type: choose, slot: b, prompt: { zh: 问, en: ask }, onFail: ${onFail}, next: ${next}, options: [{ value: x, label: { zh: 好, en: ok } }, { value: y, label: { zh: 不, en: no } }] }`;
const branch = (when: string, next: string, otherwise: string) =>
  `  - { id: branch, type: branch, cases: [{ when: "${when}", next: ${next} }], otherwise: ${otherwise} }`;

function warningsOf(steps: string[], others: Record<string, string> = {}): string[] {
  const { problems, warnings } = loadDialogs({
    files: { 'patterns.yaml': plainPatterns, 'main.yaml': dialog('main', steps), ...others },
    intentNames: new Map([['other', { zh: '别的', en: 'other' }]]),
  });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return warnings.map(({ path, message }) => `${path} ${message}`);
}

describe('a slot that is read although it may be empty', () => {
  it.each<[string, string[], string[]]>([
    [
      'shown when the call that fills it may have failed',
      [call('find', 'show', 'show'), show('{{ slots.a.plans }}')],
      ['steps.1.text.zh "a" may be empty here'],
    ],
    ['shown after the call only when it came back', [call('find', 'show'), show('{{ slots.a.plans }}')], []],
    ['shown with a question whether it is there', [show('{% if slots.a %}{{ slots.a }}{% endif %}')], []],
    ['shown with a default', [show("{{ slots.a | default: '无' }}")], []],
    [
      'read in an expression',
      [branch('slots.a.plans == null', 'over', 'over')],
      ['steps.0.cases.0.when "a" may be empty here'],
    ],
    [
      'asked for before, in the expression',
      [branch('slots.a != null && slots.a.plans == null', 'over', 'over')],
      [],
    ],
    [
      'asked for the wrong way round',
      [branch('slots.a == null && slots.a.plans == null', 'over', 'over')],
      ['steps.0.cases.0.when "a" may be empty here'],
    ],
    ['asked for by a branch', [branch('slots.a == null', 'over', 'show'), show('{{ slots.a }}')], []],
    [
      'on the wrong way of a branch',
      [branch('slots.a == null', 'show', 'over'), show('{{ slots.a }}')],
      ['steps.1.text.zh "a" may be empty here'],
    ],
    [
      'counted',
      [branch('size(slots.a) > 0', 'over', 'over')],
      ['steps.0.cases.0.when "a" may be empty here'],
    ],
    [
      'shown when the question was given up',
      [ask('over', 'show'), show('{{ slots.b }}')],
      ['steps.1.text.zh "b" may be empty here'],
    ],
    ['shown when the question was answered', [ask('show', 'over'), show('{{ slots.b }}')], []],
    [
      'shown after it was emptied',
      [
        ask('set', 'over'),
        '  - { id: set, type: set, values: { b: "null" }, next: show }',
        show('{{ slots.b }}'),
      ],
      ['steps.2.text.zh "b" may be empty here'],
    ],
    [
      'filled on one of two ways only',
      [branch('now > 1.0', 'find', 'show'), call('find', 'show'), show('{{ slots.a }}')],
      ['steps.2.text.zh "a" may be empty here'],
    ],
  ])('%s', (_name, steps, expected) => {
    expect(warningsOf(steps)).toEqual(expected);
  });

  const forgetful = dialog(
    'other',
    ['  - { id: forget, type: set, values: { c: "null" }, next: over }'],
    'intents: [other]',
  );
  const fill = '  - { id: fill, type: set, values: { c: "1" }, next: NEXT }';

  it('may be emptied by a dialog that is run', () => {
    const run = '  - { id: run, type: run, dialog: other, next: show }';
    const steps = [fill.replace('NEXT', 'run'), run, show('{{ slots.c }}')];
    expect(warningsOf(steps, { 'other.yaml': forgetful })).toEqual(['steps.2.text.zh "c" may be empty here']);
  });

  it('may be emptied by another concern while a question is open, where it is shared', () => {
    const steps = [fill.replace('NEXT', 'ask'), ask('show', 'show'), show('{{ slots.c }}')];
    expect(warningsOf(steps, { 'other.yaml': forgetful })).toEqual(['steps.2.text.zh "c" may be empty here']);
    expect(warningsOf(steps)).toEqual([]);
  });

  it('may be emptied by a correction that leads back', () => {
    const steps = [
      ask('find', 'over'),
      call('find', 'more'),
      ask('show', 'over').replace('id: ask', 'id: more').replace('slot: b', 'slot: c'),
      show('{{ slots.a }}'),
    ];
    const main = (next: string) =>
      dialog('main', steps).replace(
        'b: { name: { zh: 乙, en: b } }',
        `b: { name: { zh: 乙, en: b }, onCorrect: { forget: [a], next: ${next} } }`,
      );
    expect(warningsOf(steps, { 'main.yaml': main('find') })).toEqual([]);
    expect(warningsOf(steps, { 'main.yaml': main('show') })).toEqual([
      'steps.3.text.zh "a" may be empty here',
    ]);
  });
});
