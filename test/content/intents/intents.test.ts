import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { readContent, readContentFiles } from '../../../src/content/content';
import {
  deleteIntent,
  intentHead,
  intentUsages,
  newIntentText,
  renameIntent,
} from '../../../src/content/intents/edit-intents';
import {
  addExamples,
  type Language,
  readExamples,
  removeExamples,
  setExample,
} from '../../../src/content/intents/example-lines';
import { readPaste } from '../../../src/content/intents/paste';
import { parseIntents } from '../../../src/understanding/intent-file';
import { startCpuTimer } from '../../support/cpu-time';

const folder = join(__dirname, '../../../intents');
const textsOf = (text: string, language: Language) =>
  readExamples(text).flatMap((row) => (row.language === language ? [row.text] : []));
const SMALL = `# 头
id: a
name: { zh: 甲, en: A }
role: concern
examples:
  # 常用
  zh:
    - 断网了 # 最常见
    - "是"
    # 方言
    - 网坏咯
  en:
    - "it's down"
`;

describe('the examples of an intent as lines', () => {
  it('reads every shipped file as YAML does', () => {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.yaml'))) {
      const text = readFileSync(join(folder, name), 'utf8');
      const { examples, name: both, role } = parse(text);
      expect([textsOf(text, 'zh'), textsOf(text, 'en')]).toEqual([examples.zh, examples.en]);
      expect(intentHead(text)).toEqual({ ...both, role });
    }
  });

  it('touches no other line, and keeps comments', () => {
    const [first, second] = readExamples(SMALL);
    if (!first || !second) throw new Error('no rows');
    expect(setExample(SMALL, first, '没网: 了')).toBe(SMALL.replace('断网了 #', '"没网: 了" #'));
    expect(removeExamples(SMALL, [first, second])).toBe(
      SMALL.replace('    - 断网了 # 最常见\n    - "是"\n', ''),
    );
    expect(addExamples(SMALL, 'zh', ['上不去', 'no'])).toBe(
      SMALL.replace('    - 网坏咯\n', '    - 网坏咯\n    - 上不去\n    - "no"\n'),
    );
  });

  it('edits lists of another shape too', () => {
    const flow = SMALL.replace('\n    - "it\'s down"', ' [down, "no"]');
    expect(textsOf(flow, 'en')).toEqual(['down', 'no']);
    expect(parse(addExamples(flow, 'en', ['dead'])).examples.en).toEqual(['down', 'no', 'dead']);
    const [row] = readExamples(flow).filter(({ text }) => text === 'no');
    if (!row) throw new Error('no row');
    expect(parse(removeExamples(flow, [row])).examples.en).toEqual(['down']);
    expect(readExamples('id: [')).toEqual([]);
  });

  it('writes whatever anybody types so that YAML reads the same', () => {
    const words = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((each) => !/[\p{Cc}\p{Cs}]/u.test(each));
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), words, (texts, other) => {
        const added = addExamples(SMALL, 'en', texts);
        expect(parse(added).examples.en).toEqual(["it's down", ...texts]);
        expect(textsOf(added, 'en')).toEqual(["it's down", ...texts]);
        const set = setExample(added, { language: 'en', index: 1, text: '' }, other);
        expect(parse(set).examples.en).toEqual(["it's down", other, ...texts.slice(1)]);
      }),
      { numRuns: 200 },
    );
  });

  it('changes one of ten thousand examples and no other', () => {
    const many = addExamples(
      SMALL,
      'zh',
      Array.from({ length: 10_000 }, (_, i) => `我家第${i}次断网了`),
    );
    const rows = readExamples(many);
    const row = rows[5000];
    if (!row) throw new Error('no row');
    const after = setExample(many, row, '改了');
    expect(rows).toHaveLength(10_004);
    expect(textsOf(after, 'zh')[5000]).toBe('改了');
    expect(textsOf(after, 'zh').filter((text) => text === '改了')).toHaveLength(1);
  });
});

describe('rows of a spreadsheet', () => {
  const intents = [
    { id: 'a', zh: '甲', en: 'A' },
    { id: 'b', zh: '乙', en: 'B' },
  ];
  const into = { open: 'a', intents, known: new Set(['断网了']) };

  it('takes one column, or a text and its intent by id or name, and says what it left out', () => {
    const told = readPaste(
      '例句\t意图\n断网了\t甲\n没信号\t乙\nit is down\tb\n上不了网\n"说 ""快点"""\t\n没信号\t甲\n别的\t丙\n',
      into,
    );
    expect(told).toEqual({
      added: [
        { intent: 'b', language: 'zh', texts: ['没信号'] },
        { intent: 'b', language: 'en', texts: ['it is down'] },
        { intent: 'a', language: 'zh', texts: ['上不了网', '说 "快点"'] },
      ],
      count: 4,
      repeated: ['断网了', '没信号'],
      unknown: [{ text: '别的', intent: '丙' }],
    });
  });

  it('reads cells with line breaks, and no end of hostile quotes', () => {
    expect(readPaste('"两\n行"\r\n三', into).added[0]?.texts).toEqual(['两 行', '三']);
    const cpuMs = startCpuTimer();
    readPaste('"'.repeat(100_000), into);
    expect(cpuMs()).toBeLessThan(1000);
  });
});

describe('intents', () => {
  const files = readContentFiles(join(__dirname, '../../..'));
  const withEdits = (edits: Record<string, string | null>) =>
    Object.fromEntries(
      Object.entries({ ...files, ...edits }).filter((each): each is [string, string] => each[1] !== null),
    );

  it('makes one that holds together', () => {
    const text = newIntentText({
      id: 'move-socket',
      zh: '移机: 插座',
      en: 'No',
      role: 'concern',
      examples: { zh: '移插座', en: 'move it' },
    });
    expect(parseIntents({ 'move-socket.yaml': text }).problems).toEqual([]);
    expect(intentHead(text).role).toBe('concern');
  });

  it('renames one with everything that speaks of it, and leaves nothing behind', () => {
    const renamed = withEdits(renameIntent(files, 'bill-query', 'bill-look-up'));
    expect(intentUsages(renamed, 'bill-query')).toEqual([]);
    expect(intentUsages(renamed, 'bill-look-up')).toHaveLength(intentUsages(files, 'bill-query').length);
    expect(readContent(renamed).problems).toEqual([]);
    expect(() => renameIntent(files, 'affirm', 'yes')).toThrow('cannot');
    expect(() => renameIntent(files, 'bill-query', 'praise')).toThrow('cannot');
  }, 30_000);

  it('deletes one, and takes it out of the dialogs', () => {
    const rest = withEdits(deleteIntent(files, 'bill-query'));
    expect(intentUsages(rest, 'bill-query').filter(({ file }) => !file.includes('conversations'))).toEqual(
      [],
    );
    expect(readContent(rest).problems).toEqual([]);
    expect(() => deleteIntent(files, 'oos')).toThrow('own');
  }, 30_000);
});
