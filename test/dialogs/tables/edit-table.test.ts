import fc from 'fast-check';
import { parseCsv } from '../../../src/dialogs/tables/csv';
import {
  addRows,
  mergeRows,
  newTableText,
  readPastedRows,
  removeRow,
  setCell,
} from '../../../src/dialogs/tables/edit-table';
import { parseTable } from '../../../src/dialogs/tables/parse-table';

const FILE = '\ufeffkey,place,price:yuan\r\nvisit,,"30"\r\n\r\nmove,南京市,80\r\n';

describe('an edit of a table', () => {
  it('touches one cell and leaves everything else byte by byte', () => {
    expect(setCell(FILE, 1, 2, '35')).toBe(FILE.replace('"30"', '35'));
    expect(setCell(FILE, 2, 0, 'a "b", c')).toBe(FILE.replace('move', '"a ""b"", c"'));
    expect(setCell('key,a:text,b:text\nx\n', 1, 2, 'y')).toBe('key,a:text,b:text\nx,,y\n');
    expect(setCell(FILE, 9, 0, 'x')).toBe(FILE);
  });

  it('adds and removes whole lines, in the way of the file', () => {
    expect(addRows(FILE, [['x', '', '1']])).toBe(`${FILE}x,,1\r\n`);
    expect(addRows('key\tprice:yuan', [['x', '1,5']])).toBe('key\tprice:yuan\nx\t1,5\n');
    expect(removeRow(FILE, 1)).toBe(FILE.replace('visit,,"30"\r\n', ''));
    expect(removeRow(addRows(FILE, [['x', '', '1']]), 3)).toBe(FILE);
    expect(removeRow('key\nx', 1)).toBe('key\n');
  });

  it('reads back what it wrote, whatever is typed', () => {
    const typed = fc.string({ unit: 'binary', maxLength: 10 }).map((text) => text.trim());
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 0, max: 4 }),
        typed,
        (row, column, text) => {
          const before = parseCsv(FILE).records;
          const after = parseCsv(setCell(FILE, row, column, text)).records;
          // An empty key with an empty row around it is no row any more.
          if (after.length !== before.length) return;
          expect(after[row]?.cells[column]?.text).toBe(text);
          const others = (records: typeof before) =>
            records.filter((_, i) => i !== row).map(({ cells }) => cells.map((cell) => cell.text));
          expect(others(after)).toEqual(others(before));
        },
      ),
      { numRuns: 300 },
    );
  });

  const names = [
    ['key', '编号'],
    ['place', '地区'],
    ['price:yuan', '金额'],
  ];

  it('takes rows of a spreadsheet: in order, or where their head says', () => {
    expect(readPastedRows('a\t南京市\t1\nb\t\t2\n', names)).toEqual({
      rows: [
        ['a', '南京市', '1'],
        ['b', '', '2'],
      ],
      columns: [0, 1, 2],
      unknown: [],
    });
    expect(readPastedRows('金额\t编号\t备注\n5\ta\tx\n', names)).toEqual({
      rows: [['a', '', '5']],
      columns: [0, 2],
      unknown: ['备注'],
    });
    expect(readPastedRows('', names)).toEqual({ rows: [], columns: [], unknown: [] });
  });

  it('puts pasted rows over those that are there, and the others below', () => {
    const pasted = readPastedRows('move\t南京市\t90\nmove\t\t100\n', names);
    expect(mergeRows(FILE, pasted, [0, 1])).toBe(`${FILE.replace('80', '90')}move,,100\r\n`);
  });

  it('keeps the cells of columns that were not pasted', () => {
    const file = 'key,place,price:yuan,note:text\nmove,,80,kept\n';
    const pasted = readPastedRows('key\tprice:yuan\nmove\t90\n', [...names, ['note:text']]);
    expect(mergeRows(file, pasted, [0, 1])).toBe(file.replace('80', '90'));
  });

  it('takes thousands of rows at once', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => [`k${i}`, '', String(i)]);
    const file = addRows('key,place,price:yuan\n', rows);
    const sevens = rows.map(([key = '', place = '']) => [key, place, '7']);
    const began = performance.now();
    const merged = mergeRows(file, { rows: sevens, columns: [0, 1, 2] }, [0, 1]);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(
      parseCsv(merged)
        .records.slice(1)
        .every(({ cells }) => cells[2]?.text === '7'),
    ).toBe(true);
  });

  it('begins a table that holds together', () => {
    for (const kind of ['prices', 'hours'] as const) {
      const found = { problems: [], warnings: [] };
      expect(parseTable('tables/a.csv', newTableText(kind), found, null)?.rows).toEqual([]);
      expect(found).toEqual({ problems: [], warnings: [] });
    }
  });
});
