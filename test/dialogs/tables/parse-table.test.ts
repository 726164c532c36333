import type { ContentProblem } from '../../../src/contract/problem';
import { parseTable, TABLE_LIMITS } from '../../../src/dialogs/tables/parse-table';

const HEAD = 'key,place,from,until,price:yuan,open:hours,name:zh,name:en';
const served = new Set(['江苏省', '南京市']);

function read(text: string) {
  const problems: ContentProblem[] = [];
  const warnings: ContentProblem[] = [];
  const table = parseTable('tables/fees.csv', text, { problems, warnings }, served);
  const told = (list: ContentProblem[]) =>
    list.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  return {
    table,
    problems: told(problems),
    warnings: told(warnings),
    remedies: problems.map(({ remedy }) => remedy),
  };
}
const problemsOf = (...rows: string[]) => read([HEAD, ...rows].join('\n')).problems;

describe('a table of facts', () => {
  it('has rows with a place, days and what is said', () => {
    const { table, problems, warnings } = read(
      `${HEAD}\nvisit,南京市,2026-01-01,2026/12/31,30.50,8:30-12:00 14:00-18:00,上门费,Visit fee\n`,
    );
    expect([problems, warnings]).toEqual([[], []]);
    expect(table).toEqual({
      name: 'fees',
      columns: ['price', 'open', 'name'],
      rows: [
        {
          key: 'visit',
          place: '南京市',
          from: '2026-01-01',
          until: '2026-12-31',
          values: {
            price: { zh: '30.5 元', en: '30.5 yuan' },
            open: { zh: '8:30–12:00、14:00–18:00', en: '8:30–12:00, 14:00–18:00' },
            name: { zh: '上门费', en: 'Visit fee' },
          },
          line: 2,
        },
      ],
    });
  });

  it('may name its columns in words beside their ids', () => {
    const { table, problems } = read('编号 key,地区 place,上门费（元） price:yuan\nvisit,,30\n');
    expect(problems).toEqual([]);
    expect(table?.rows[0]).toMatchObject({ key: 'visit', place: null, from: null, until: null });
  });

  it.each([
    ['visit,,,,about 30,,x,y', '2 price: "about 30" is no amount'],
    ['visit,,,,-1,,x,y', '2 price: "-1" is no amount'],
    ['visit,,,,,18:00-8:00,x,y', '2 open: "18:00-8:00" is no hours'],
    ['visit,,,,,8:00-25:00,x,y', '2 open: "8:00-25:00" is no hours'],
    ['visit,,2026-02-30,,1,,x,y', '2 from: "2026-02-30" is no day'],
    ['visit,,2026-03-02,2026-03-01,1,,x,y', '2 until: it ends before it begins'],
    ['visit,南京,,,1,,x,y', '2 place: "南京" is no place'],
    ['visit,苏州市,,,1,,x,y', '2 place: "苏州市" is not served'],
    ['Visit Fee,,,,1,,x,y', '2 key: "Visit Fee" is no key'],
    [',,,,1,,x,y', '2 key: "" is no key'],
    ["visit,,,,1,,=cmd|' /C calc'!A0,y", '2 name: "=cmd|\' /C calc\'!A0" is a formula'],
    ['visit,,,,1,,x\0,y', '2 name: "x\0" is a damaged text'],
    ['visit,,,,1,,\ufffd\ufffd,y', '2 name: "\ufffd\ufffd" is a damaged text'],
    ['visit,,,,1,,{{ customer.phone }},y', '2 name: "{{ customer.phone }}" is a template'],
    ['visit,,,,1,,x,y,z', '2 : the row has more cells than the head has columns'],
    ['visit,,,,1,,"x,y', '2 : a quotation mark is not closed'],
  ])('says what is wrong with %j', (row, problem) => {
    expect(problemsOf(row)).toContain(problem);
  });

  it('says what is wrong with its head', () => {
    expect(read('name,price:yuan\n').problems).toEqual(['1 name: the type of "name" is not known']);
    expect(read('price:yuan\n').problems).toEqual(['1 key: the column "key" is missing']);
    expect(read('key,price:yuan,price:number\n').problems).toEqual(['1 price: "price" stands twice']);
    expect(read('key:text,a:text\n').problems).toEqual(['1 key: "key" has no type']);
    expect(read('').problems).toEqual(['1 key: the column "key" is missing']);
    expect(read('key,Price (yuan)\n').problems).toEqual(['1 : "Price (yuan)" is no column']);
  });

  it('does not take two rows that hold on one day', () => {
    expect(problemsOf('visit,,2026-01-01,2026-06-30,30', 'visit,,2026-06-30,,35')).toEqual([
      '3 from: "visit" holds twice: line 2 too',
    ]);
    expect(
      problemsOf('visit,,,2027-01-01,30', 'visit,南京市,,,35', 'visit,,2026-01-01,2026-02-01,1'),
    ).toEqual(['4 from: "visit" holds twice: line 2 too']);
    expect(problemsOf('visit,,,2026-06-30,30', 'visit,,2026-07-01,,35')).toEqual([]);
  });

  it('tells of days that are left out, and of English that is missing', () => {
    const { warnings } = read('key,from,until,name:zh\nvisit,,2026-06-30,a\nvisit,2026-07-02,,b\n');
    expect(warnings).toEqual([
      '1 name: there is no English text: Chinese is said instead',
      '3 from: nothing holds for "visit" from 2026-07-01 until then',
    ]);
  });

  it('has limits', () => {
    const rows = Array.from({ length: TABLE_LIMITS.rows + 1 }, (_, i) => `k${i},1`);
    expect(read(['key,a:yuan', ...rows].join('\n')).problems).toEqual([
      `${TABLE_LIMITS.rows + 2} : more than ${TABLE_LIMITS.rows} rows`,
    ]);
    const columns = Array.from({ length: TABLE_LIMITS.columns }, (_, i) => `c${i}:text`);
    expect(read(`key,${columns.join(',')}\n`).problems).toEqual([
      `1 : more than ${TABLE_LIMITS.columns} columns`,
    ]);
    expect(problemsOf(`visit,,,,1,,${'x'.repeat(201)},y`)[0]).toContain('is too long');
  });

  it('names a remedy for everything', () => {
    const { remedies } = read(`${HEAD}\nX,南京,2026,x,a,b,=c,d\n`);
    expect(remedies).toHaveLength(7);
    expect(remedies.every((remedy) => remedy.length > 10)).toBe(true);
  });
});
