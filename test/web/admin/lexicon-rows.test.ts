import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addRow,
  LEXICON_PATH,
  lexiconRows,
  readLexicon,
  removeRow,
  setWords,
  wordsOf,
} from '../../../src/web/admin/state/lexicon-rows';

const shipped = readFileSync(join(__dirname, '../../..', LEXICON_PATH), 'utf8');
const TEXT = `# 词表
forms:
  - form: wifi
    words: [wi-fi, wlan] # 常见
  - form: 光猫
    words: [光猫, modem]
`;
const rowsOf = (text: string, sought = '') => {
  const { lexicon, problems } = readLexicon(text);
  if (!lexicon) throw new Error('no lexicon');
  return lexiconRows(lexicon, 'forms', problems, sought);
};

describe('the lexicon as a table', () => {
  it('keeps the shipped file byte by byte where nothing is changed', () => {
    const rows = rowsOf(shipped);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.reduce((text, { index, words }) => setWords(text, 'forms', index, words), shipped)).toBe(
      shipped,
    );
  });

  it('changes, adds and removes a row, and nothing else', () => {
    expect(setWords(TEXT, 'forms', 1, ['光猫', 'ont'])).toBe(TEXT.replace('[光猫, modem]', '[光猫, ont]'));
    const added = addRow(TEXT, 'forms', '路由器', ['router', '路由: 1']);
    expect(added.startsWith(TEXT)).toBe(true);
    expect(rowsOf(added).at(-1)).toMatchObject({ key: '路由器', words: ['router', '路由: 1'] });
    expect(removeRow(added, 'forms', 2)).toBe(TEXT);
    const plans = addRow(TEXT, 'plans', '畅享 99', []);
    expect(readLexicon(plans).lexicon?.plans).toEqual([{ name: '畅享 99', words: [] }]);
  });

  it('finds a word wherever it stands, and says at its row what is wrong', () => {
    expect(rowsOf(TEXT, 'MODEM').map(({ key, index }) => [key, index])).toEqual([['光猫', 1]]);
    const [wifi, modem] = rowsOf(setWords(TEXT, 'forms', 1, ['光猫', 'wlan']));
    expect(wifi?.problems).toEqual([]);
    expect(modem?.problems).toEqual([expect.objectContaining({ message: '"wlan" means "wifi" too' })]);
    const twice = setWords(TEXT, 'forms', 0, ['wi-fi', 'modem']);
    expect(rowsOf(twice, 'wi-fi').map(({ key, problems }) => [key, problems.length])).toEqual([
      ['wifi', 0],
      ['光猫', 1],
    ]);
  });

  it('takes words as they are typed, and tells a file that is no lexicon', () => {
    expect(wordsOf(' 光猫，modem, 光猫;ont\n ')).toEqual(['光猫', 'modem', 'ont']);
    expect(readLexicon('forms: [')).toMatchObject({
      lexicon: null,
      problems: [{ line: expect.any(Number) }],
    });
  });
});
