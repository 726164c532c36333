import type { ContentProblem } from '../../src/contract/problem';
import { describeProblems } from '../../src/contract/problem';
import { loadDialogs } from '../../src/dialogs/load';
import { plainPatterns } from '../support/dialogs';
import { shippedDialogs } from '../support/shipped-dialogs';

const intentNames = new Map([['fault', { zh: '故障', en: 'fault' }]]);
const load = (files: Record<string, string>): ContentProblem[] =>
  loadDialogs({ files: { 'patterns.yaml': plainPatterns, ...files }, intentNames }).problems;

/** A dialog of one file with the steps given, each on a line of its own from line 7 on. */
const dialog = (steps: string[], slots = '{ a: { name: { zh: 甲, en: a } } }', more = ''): string =>
  [
    'id: broken',
    'name: { zh: 坏, en: broken }',
    'intents: []',
    `slots: ${slots}`,
    more || 'samples: []',
    'steps:',
    ...steps,
  ].join('\n');
const say = (id: string, next: string) =>
  `  - { id: ${id}, type: say, text: { zh: 好, en: ok }, next: ${next} }`;
const END = '  - { id: over, type: end }';
const problemsOf = (steps: string[], slots?: string, more?: string) =>
  load({ 'broken.yaml': dialog(steps, slots, more) });

describe('the shipped dialogs', () => {
  it('load without a problem and without a warning', () => {
    expect(describeProblems([...shippedDialogs.problems, ...shippedDialogs.warnings])).toBe('');
  });
});

describe('a text without English', () => {
  it('is said in Chinese, and somebody is told where it stands', () => {
    const steps = ['  - { id: a, type: say, text: { zh: 好 }, next: over }', END];
    const { set, warnings } = loadDialogs({
      files: { 'patterns.yaml': plainPatterns, 'broken.yaml': dialog(steps) },
      intentNames,
    });
    expect(set?.dialogs.get('broken')?.steps[0]).toMatchObject({ text: { zh: '好', en: '好' } });
    expect(warnings).toEqual([
      {
        file: 'broken.yaml',
        line: 7,
        path: 'steps.0.text.en',
        message: 'there is no English text: Chinese is said instead',
        remedy: 'add "en"',
      },
    ]);
  });
});

describe('a folder with faults', () => {
  it.each<[string, string[], Partial<ContentProblem>]>([
    [
      'an unknown step',
      [say('a', 'nowhere'), END],
      { line: 7, path: 'steps.0.next', message: 'there is no step "nowhere"' },
    ],
    [
      'two steps of one name',
      [say('a', 'over'), say('a', 'over'), END],
      { line: 8, path: 'steps.1.id', message: 'two steps are called "a"' },
    ],
    [
      'a step that nothing leads to, though it leads to itself and others',
      [say('a', 'over'), say('b', 'c'), say('c', 'over'), END],
      { line: 8, path: 'steps.1.id', message: 'no step leads to "b"' },
    ],
    [
      'an unknown slot',
      ['  - { id: a, type: ask, slot: nothing, prompt: { zh: 问, en: ask }, next: over }', END],
      { line: 7, path: 'steps.0.slot', message: 'there is no slot "nothing"' },
    ],
    [
      'an unknown slot in an expression',
      ['  - { id: a, type: set, values: { a: slots.nothing }, next: over }', END],
      { line: 7, path: 'steps.0.values.a', message: 'there is no slot "nothing"' },
    ],
    [
      'an unknown variable',
      ['  - { id: a, type: set, values: { a: process.env }, next: over }', END],
      {
        line: 7,
        path: 'steps.0.values.a',
        message: 'not a valid expression: there is no variable "process"',
      },
    ],
    [
      'a bad expression',
      ['  - { id: a, type: set, values: { a: "1 +" }, next: over }', END],
      { line: 7, path: 'steps.0.values.a', message: expect.stringMatching(/^not a valid expression/) },
    ],
    [
      'a pattern of regular expressions',
      [`  - { id: a, type: set, values: { a: "'x'.matches('(a+)+')" }, next: over }`, END],
      { path: 'steps.0.values.a', message: 'not a valid expression: "matches" may not be called' },
    ],
    [
      'lists walked in lists',
      ['  - { id: a, type: set, values: { a: "orders.all(x, orders.all(y, x == y))" }, next: over }', END],
      { message: 'not a valid expression: "all" may not stand within another walk over a list' },
    ],
    [
      'a bad text',
      ['  - { id: a, type: say, text: { zh: "{{ slots.a", en: ok }, next: over }', END],
      { line: 7, path: 'steps.0.text.zh', message: expect.stringMatching(/^not a valid text/) },
    ],
    [
      'a text that loads another',
      ['  - { id: a, type: say, text: { zh: "{% include \'x\' %}", en: ok }, next: over }', END],
      {
        path: 'steps.0.text.zh',
        message: expect.stringMatching(/^not a valid text: tag "include" not found/),
      },
    ],
    [
      'an unknown operation',
      [
        '  - { id: a, type: call, operation: rm.rf, timeoutMs: 1000, saveAs: a, next: over, onTimeout: over, onError: over }',
        END,
      ],
      { line: 7, path: 'steps.0.operation' },
    ],
    [
      'an unknown key',
      ['  - { id: a, type: say, txt: { zh: 好, en: ok }, text: { zh: 好, en: ok }, next: over }', END],
      { line: 7, path: 'steps.0.txt', message: 'unknown key "txt"' },
    ],
    ['an unknown kind of step', ['  - { id: a, type: eval }', END], { line: 7, path: 'steps.0.type' }],
    [
      'a rating without words for each score',
      [
        '  - { id: a, type: survey, slot: a, prompt: { zh: 几分, en: how }, labels: [{ zh: "1", en: "1" }], next: over }',
        END,
      ],
      { line: 7, path: 'steps.0.labels' },
    ],
    [
      'a wrong type',
      ['  - { id: a, type: say, text: 好, next: over }', END],
      { line: 7, path: 'steps.0.text' },
    ],
    [
      'English only',
      ['  - { id: a, type: say, text: { en: ok }, next: over }', END],
      { line: 7, path: 'steps.0.text.zh' },
    ],
    [
      'more than three options',
      [
        '  - { id: a, type: choose, slot: a, prompt: { zh: 选, en: choose }, next: over, options: [&o { value: x, label: { zh: 好, en: ok } }, *o, *o, *o] }',
        END,
      ],
      { line: 7, path: 'steps.0.options', message: 'at most three' },
    ],
    [
      'an unknown intent of an option',
      [
        '  - { id: a, type: choose, slot: a, prompt: { zh: 选, en: choose }, next: over, options: [&o { value: x, label: { zh: 好, en: ok }, intents: [nope] }, *o] }',
        END,
      ],
      { path: 'steps.0.options.0.intents.0', message: 'there is no intent "nope"' },
    ],
    [
      'a circle without a question or a call',
      [
        say('a', 'b'),
        say('b', 'c'),
        '  - { id: c, type: branch, cases: [{ when: "true", next: a }], otherwise: over }',
        END,
      ],
      { line: 7, path: 'steps.0.id', message: '"a" comes back to itself without a question or a call' },
    ],
    [
      'an unknown dialog',
      ['  - { id: a, type: run, dialog: nowhere, next: over }', END],
      { line: 7, path: 'steps.0.dialog', message: 'there is no dialog "nowhere"' },
    ],
  ])('names %s with its line and a remedy', (_name, steps, expected) => {
    const problems = problemsOf(steps);
    expect(problems).toContainEqual(expect.objectContaining({ file: 'broken.yaml', ...expected }));
    for (const { remedy, line } of problems) {
      expect(remedy).not.toBe('');
      expect(line).toBeGreaterThan(0);
    }
  });

  it('allows a circle with a question in it', () => {
    const ask = '  - { id: b, type: ask, slot: a, prompt: { zh: 问, en: ask }, next: c }';
    const branch =
      '  - { id: c, type: branch, cases: [{ when: "slots.a == null", next: b }], otherwise: over }';
    expect(problemsOf([say('a', 'b'), ask, branch, END])).toEqual([]);
  });

  it('keeps secrets out of texts, conditions and other dialogs', () => {
    const slots = '{ a: { name: { zh: 甲, en: a }, entity: one-time-code, isShared: true } }';
    const problems = problemsOf(
      [
        '  - { id: a, type: say, text: { zh: "{{ slots.a }}", en: "{{ slots[\'a\'] }}" }, next: b }',
        '  - { id: b, type: branch, cases: [{ when: "slots.a != null", next: over }], otherwise: over }',
        END,
      ],
      slots,
    );
    expect(problems.map(({ path }) => path)).toEqual([
      'slots.a.isShared',
      'steps.0.text.zh',
      'steps.0.text.en',
      'steps.1.cases.0.when',
    ]);
  });

  it('lets a hint name only an intent that opens the dialog', () => {
    expect(
      problemsOf([END], undefined, 'hints: { light: fault }').map(({ path, line }) => `${path}:${line}`),
    ).toEqual(['hints.light:5']);
  });

  it('checks what a corrected slot leads to', () => {
    const slots =
      '{ a: { name: { zh: 甲, en: a }, onCorrect: { forget: [b], next: nowhere }, accept: "value +" } }';
    expect(problemsOf([END], slots).map(({ path }) => path)).toEqual([
      'slots.a.accept',
      'slots.a.onCorrect.next',
      'slots.a.onCorrect.forget.0',
    ]);
  });

  it('names a file that is called otherwise than its dialog, and an intent of two dialogs', () => {
    const one = dialog([END]).replace('intents: []', 'intents: [fault]');
    const two = one.replace('id: broken', 'id: other');
    const problems = load({ 'wrong.yaml': one, 'other.yaml': two });
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: 'wrong.yaml',
        line: 1,
        path: 'id',
        remedy: 'name the file broken.yaml',
      }),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: 'other.yaml',
        line: 3,
        path: 'intents.0',
        message: '"fault" opens broken already',
      }),
    );
  });

  it('sees dialogs that run each other', () => {
    const run = (id: string, other: string) =>
      `id: ${id}\nname: { zh: 甲, en: a }\nsteps:\n  - { id: a, type: run, dialog: ${other}, next: over }\n${END}`;
    const problems = load({ 'one.yaml': run('one', 'two'), 'two.yaml': run('two', 'one') });
    expect(problems.map(({ message }) => message)).toEqual(['dialogs run each other: one → two → one']);
  });

  it('reports the faults of all files at once, those of YAML itself too', () => {
    const problems = load({
      'a.yaml': 'id: a\n  name: [',
      'b.yaml': dialog([say('a', 'nowhere'), END]),
      'patterns.yaml': 'thanks: { zh: 谢谢 }',
    });
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['a.yaml', 'b.yaml', 'patterns.yaml']));
  });

  it('survives a bomb of aliases', () => {
    const lines = Array.from(
      { length: 12 },
      (_, i) =>
        `s${i}: &s${i} [${
          i === 0
            ? 'x'
            : Array(9)
                .fill(`*s${i - 1}`)
                .join(',')
        }]`,
    );
    expect(load({ 'bomb.yaml': lines.join('\n') }).length).toBeGreaterThan(0);
  });

  it.each(['', '[]', 'null', '"x"', 'steps: 3', '- - -'])('never throws on %j', (text) => {
    expect(load({ 'odd.yaml': text }).length).toBeGreaterThan(0);
  });
});
