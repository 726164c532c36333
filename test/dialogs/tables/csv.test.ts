import fc from 'fast-check';
import { parseCsv, quoteCell } from '../../../src/dialogs/tables/csv';

const cellsOf = (text: string): string[][] =>
  parseCsv(text).records.map(({ cells }) => cells.map((cell) => cell.text));

describe('a file of a spreadsheet', () => {
  it('is taken apart with marks, ends of lines and dividers as programs write them', () => {
    expect(cellsOf('\ufeffkey,price:yuan\r\nvisit,30\r\n')).toEqual([
      ['key', 'price:yuan'],
      ['visit', '30'],
    ]);
    expect(cellsOf('key\tprice:yuan\nvisit\t"1,5"')).toEqual([
      ['key', 'price:yuan'],
      ['visit', '1,5'],
    ]);
    expect(cellsOf('key;a:text\rvisit;x')).toEqual([
      ['key', 'a:text'],
      ['visit', 'x'],
    ]);
  });

  it('passes over empty lines and knows the line of each row', () => {
    const { records } = parseCsv('key,a:text\n\n,\n"a","two\nlines"\nb,c\n');
    expect(records.map(({ line }) => line)).toEqual([1, 4, 6]);
  });

  it('says where quotation marks do not fit', () => {
    expect(parseCsv('key,a:text\nb,"open\n').fault).toEqual({
      line: 2,
      message: 'a quotation mark is not closed',
    });
    expect(parseCsv('key,a:text\nb,"x" y\n').fault).toMatchObject({ line: 2 });
    expect(parseCsv('key,a:text\nb,say "x"\n').fault).toBeNull();
  });

  it('reads what it writes, whatever is in a cell', () => {
    const cell = fc.string({ unit: 'binary-ascii', maxLength: 12 }).map((text) => text.trim());
    const row = fc.array(cell, { minLength: 2, maxLength: 5 }).filter(([first]) => first !== '');
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const text = ['k,a', ...rows.map((each) => each.map((one) => quoteCell(one, ',')).join(','))].join(
          '\n',
        );
        expect(parseCsv(text).fault).toBeNull();
        expect(cellsOf(text).slice(1)).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  it('never fails, and cells stand where they say', () => {
    const char = fc.constantFrom('"', ',', '\n', '\r', '\t', 'a', '\ufeff', '元', '\0');
    fc.assert(
      fc.property(fc.array(char, { maxLength: 60 }), (chars) => {
        const text = chars.join('');
        for (const { cells, start, end } of parseCsv(text).records) {
          expect(cells[0]?.start).toBe(start);
          expect(cells.at(-1)?.end).toBe(end);
          for (const cell of cells) expect(cell.end).toBeGreaterThanOrEqual(cell.start);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes a large hostile file apart at once', () => {
    const began = performance.now();
    for (const text of ['"'.repeat(400_001), `${'",'.repeat(200_000)}`, '\n'.repeat(400_000)]) parseCsv(text);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
