import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProblems } from '../../src/contract/problem';
import { lintCopy } from '../../src/dialogs/copy-lint';
import { findCopyFaults } from '../../src/dialogs/copy-rules';
import { readYamlFolder } from '../../src/understanding/intent-file';
import { intentNames } from '../support/shipped-dialogs';

const shipped = readYamlFolder(join(__dirname, '../../dialogs'));
const filesOf = (name: string): Record<string, string> => {
  const folder = join(__dirname, '../../dialogs', name);
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
};
const knowledge = filesOf('knowledge');
const tables = filesOf('tables');

/** The shipped patterns alone load quickly. */
const base = { 'patterns.yaml': shipped['patterns.yaml'] ?? '' };

/** The shipped patterns with one dialog of one text. */
const planted = (zh: string, en = 'All right.', more = ''): string[] => {
  const file = [
    'id: planted',
    'name: { zh: 试, en: trial }',
    'slots: { a: { name: { zh: 甲, en: a } } }',
    'samples: [{ a: "13800138000" }]',
    'steps:',
    `  - { id: a, type: end, text: { ${more}zh: ${JSON.stringify(zh)}, en: ${JSON.stringify(en)} } }`,
  ].join('\n');
  return lintCopy({ files: { ...base, 'planted.yaml': file }, intentNames }).map(
    ({ file: name, line, path, message }) => `${name}:${line} ${path} ${message.split(':')[0]}`,
  );
};

describe('the shipped copy', () => {
  it('keeps the rules', () => {
    expect(describeProblems(lintCopy({ files: shipped, knowledge, tables, intentNames }))).toBe('');
  });
});

describe('an article', () => {
  it('keeps the rules in its answer, its question and its offer', () => {
    const text = knowledge['los-light.md'] ?? '';
    const broken = text
      .replace('LOS 灯是光信号灯', '亲，LOS 灯是光信号灯')
      .replace('要帮您报障吗？', '要帮你报障吗？')
      .replace('zh: LOS 灯亮是什么意思？', `zh: ${'LOS 灯亮'.repeat(6)}？`);
    const found = lintCopy({ files: shipped, knowledge: { 'los-light.md': broken }, intentNames });
    expect(found.map(({ file, path, message }) => `${file} ${path} ${message.split(':')[0]}`)).toEqual([
      'knowledge/los-light.md question.zh length',
      'knowledge/los-light.md # zh no-endearment',
      'knowledge/los-light.md offer.ask.zh you-form',
    ]);
  });
});

describe('an answer that names facts', () => {
  it('is judged by the longest that they come to', () => {
    const files = { ...base };
    const text = (knowledge['sim-replace.md'] ?? '').replace('# en', '# en\n\n{{ facts.notes.sim.note }}');
    const sim = { 'sim-replace.md': text };
    const found = (note: string) =>
      lintCopy({
        files,
        knowledge: sim,
        tables: { ...tables, 'notes.csv': `key,place,note:text\nsim,,\nsim,南京市,${note}\n` },
        intentNames,
      }).map(({ path, message }) => `${path} ${message.split(':')[0]}`);
    expect(found('short')).toEqual([]);
    expect(found('word '.repeat(39))).toEqual(['# en length']);
    expect(found('as soon as possible')).toEqual(['# en exact-time']);
  });
});

describe('a planted fault', () => {
  it.each([
    ['你好，请问是哪里的？', 'you-form'],
    ['亲，请问是哪里的？', 'no-endearment'],
    ['我们会尽快处理。', 'exact-time'],
    ['请稍后再来。', 'exact-time'],
    ['请耐心等待。', 'exact-time'],
    ['马上就好。', 'at-once'],
    ['系统出了点问题。', 'inside-words'],
    ['工单流转失败。', 'inside-words'],
    ['这不归我管。', 'no-blame'],
    ['您没说清楚。', 'no-blame'],
    ['请发身份证照片。', 'no-documents'],
    ['收到啦😊', 'no-emotion-marks'],
    ['太好了！', 'no-emotion-marks'],
    ['打 {{ slots.a }} 可以吗？', 'masked-phone'],
    ['是哪里？是哪天？', 'one-question'],
    ['对不起，实在抱歉。', 'one-apology'],
    ['一。二。三。', 'sentences'],
    [`${'长'.repeat(61)}。`, 'length'],
    ['{% for i in (1..20) %}一二三四{% endfor %}', 'length'],
  ])('in Chinese is found: %s', (zh, rule) => {
    expect(planted(zh)).toEqual([`planted.yaml:6 steps.0.text.zh ${rule}`]);
  });

  it.each([
    ['We will handle it as soon as possible.', 'exact-time'],
    ['Please wait.', 'exact-time'],
    ['The system is down.', 'inside-words'],
    ['Dear customer, hello.', 'no-endearment'],
    ['All done!', 'no-emotion-marks'],
    ['好的。', 'one-language'],
    ['Which one? And when?', 'one-question'],
    ['Sorry, we apologise.', 'one-apology'],
    ['a'.repeat(151), 'length'],
  ])('in English is found: %s', (en, rule) => {
    expect(planted('好的。', en)).toEqual([`planted.yaml:6 steps.0.text.en ${rule}`]);
  });

  it('of length is none where the longer measure is asked for, up to twice', () => {
    expect(planted(`${'长'.repeat(119)}。`, 'Fine.', 'bubble: long, ')).toEqual([]);
    expect(planted(`${'长'.repeat(121)}。`, 'Fine.', 'bubble: long, ')).toEqual([
      'planted.yaml:6 steps.0.text.zh length',
    ]);
  });

  it('in a quick reply, in a pattern and in the name of an intent is found', () => {
    const label = shipped['praise.yaml']?.replace(
      /steps:/,
      'slots: { a: { name: { zh: 甲, en: a } } }\nsteps:\n  - { id: q, type: choose, slot: a, prompt: { zh: 选, en: choose }, options: [{ value: x, label: { zh: 你选, en: x } }, { value: y, label: { zh: 好, en: y } }], next: thanks }',
    );
    const patterns = shipped['patterns.yaml']?.replace('zh: 记下了。', 'zh: 尽快记下。');
    const files = { ...shipped, 'praise.yaml': label ?? '', 'patterns.yaml': patterns ?? '' };
    const names = new Map([...intentNames, ['fault-tv', { zh: '你的电视', en: 'TV' }]]);
    const found = lintCopy({ files, intentNames: names }).map(
      ({ path, message }) => `${path} ${message.split(':')[0]}`,
    );
    expect(found).toContain('steps.0.options.0.label.zh you-form');
    expect(found).toContain('noted.zh exact-time');
    expect(found).toContain('name.zh you-form');
  });

  it('of a missing language or a fourth option is found by loading', () => {
    const option = '{ value: x, label: { zh: 好, en: ok } }';
    const text = [
      'id: planted',
      'name: { zh: 试, en: trial }',
      'slots: { a: { name: { zh: 甲, en: a } } }',
      'steps:',
      `  - { id: a, type: choose, slot: a, prompt: { zh: 选 }, options: [${Array(4).fill(option).join(',')}], next: b }`,
      '  - { id: b, type: end }',
    ].join('\n');
    const found = lintCopy({ files: { ...base, 'planted.yaml': text }, intentNames });
    expect(found.map(({ path }) => path)).toEqual(['steps.0.options', 'steps.0.prompt.en']);
  });
});

describe('what sounds alike', () => {
  it.each(['父亲的号码也可以。', '请亲自来营业厅。', '我马上转给同事。', '请您马上停下。', '双亲都在。'])(
    'is no fault: %s',
    (text) => {
      expect(findCopyFaults({ text, locale: 'zh', kind: 'bubble', isLong: false })).toEqual([]);
    },
  );
});
