import {
  factChoices,
  factsIn,
  placeNamesOf,
  readTable,
  rowNames,
  rowsShown,
  servedIn,
  tableIdOf,
  tablePath,
  tablesIn,
  withFact,
} from '../../../src/web/admin/state/table-rows';

const FEES = `编号 key,名称 name:zh,名称 name:en,地区 place,从 from,到 until,金额 price:yuan
install,安装费,Installation,,2026/1/5,,100
install,安装费,Installation,南京市,2026-01-05,2026-12-31,x
move,移机费,Moving,,,2026-06-30,80
`;
const AREAS = `provinces:
  - name: { zh: 江苏省, en: Jiangsu }
    cities:
      - { name: { zh: 南京市, en: Nanjing }, districts: [{ name: { zh: 鼓楼区, en: Gulou } }] }
`;
const files = {
  'dialogs/tables/fees.csv': FEES.replace(',x', ',50'),
  'intents/entities/areas.yaml': AREAS,
  'dialogs/praise.yaml': 'id: praise',
};
const sheetOf = (text: string) => readTable('dialogs/tables/fees.csv', text, ['江苏省', '南京市']).sheet;
const none = { place: '', day: '', sought: '' };

describe('the sheet of a table', () => {
  it('has a row for each line, with its problems', () => {
    const { sheet, problems } = readTable('dialogs/tables/fees.csv', FEES, ['南京市']);
    expect(sheet?.rows.map(({ cells }) => cells[6])).toEqual(['100', 'x', '80']);
    expect(sheet?.rows[1]?.problems.map(({ path }) => path)).toEqual(['price']);
    expect(problems).toHaveLength(1);
    expect(sheet?.at).toEqual({ key: 0, place: 3, from: 4, until: 5 });
    expect(sheetOf('nothing')).toBeNull();
  });

  it('shows rows of a place, of a day and with a word, and whatever has problems', () => {
    const good = sheetOf(FEES.replace(',x', ',50'));
    if (!good) throw new Error('the table cannot be read');
    const shown = (filter: Partial<Parameters<typeof rowsShown>[1]>) =>
      rowsShown(good, { ...none, ...filter }).map(({ index }) => index);
    expect(shown({})).toEqual([1, 2, 3]);
    expect(shown({ place: '南京市' })).toEqual([2]);
    expect(shown({ place: null })).toEqual([1, 3]);
    expect(shown({ day: '2026-01-04' })).toEqual([3]);
    expect(shown({ day: '2026-01-05' })).toEqual([1, 2, 3]);
    expect(shown({ day: '2026-07-01' })).toEqual([1, 2]);
    expect(shown({ day: '2027-01-01' })).toEqual([1]);
    expect(shown({ sought: 'MOV' })).toEqual([3]);
    const broken = sheetOf(FEES);
    expect(broken && rowsShown(broken, { ...none, sought: 'MOV' }).map(({ index }) => index)).toEqual([2, 3]);
  });

  it('is called by what it is about', () => {
    expect(rowNames('fees', files['dialogs/tables/fees.csv'], 'zh')).toBe('安装费、移机费');
    expect(rowNames('fees', 'key,price:yuan\n', 'en')).toBe('fees');
    expect(tableIdOf(tablePath('fees'))).toBe('fees');
    expect(tableIdOf('dialogs/fees.csv')).toBeNull();
  });
});

describe('a fact in a text', () => {
  it('stands apart from the word before it, where the caret is', () => {
    expect(withFact('安装费，先付', 3, '{{ f }}')).toBe('安装费 {{ f }}，先付');
    expect(withFact('It is ', 6, '{{ f }}')).toBe('It is {{ f }}');
    expect(withFact('', 0, '{{ f }}')).toBe('{{ f }}');
  });

  it('tells which tables are needed to show it', () => {
    expect(tablesIn('{{ facts.fees.a.b }} {{facts.hours.c.d}} {{ facts.fees.x.y }}')).toEqual([
      'fees',
      'hours',
    ]);
    expect(tablesIn('these are the facts. fees')).toEqual([]);
  });
});

describe('facts to choose from', () => {
  it('are named in words', () => {
    const choices = factChoices(files, factsIn(files), 'zh').map(({ value, label }) => `${value} ${label}`);
    expect(choices).toContain('fees.install.price 安装费 · 金额 · fees');
    expect(choices).toHaveLength(4);
    expect(placeNamesOf(servedIn(files))).toEqual(['江苏省', '南京市']);
  });
});
