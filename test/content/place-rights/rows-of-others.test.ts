import fc from 'fast-check';
import { differInOwnRows } from '../../../src/content/place-rights/rows-of-others';
import { parseCsv } from '../../../src/dialogs/tables/csv';
import { addRows, removeRow, setCell } from '../../../src/dialogs/tables/edit-table';

const HEAD = ['编号 key', '地区 place', '从 from', '到 until', '金额（元） price:yuan', '说明 note:zh'];
const PLACE = 1;
const OWN = new Set(['南京市', '徐州市']);
const row = (...cells: string[]) => cells;
const TABLE = addRows('', [
  HEAD,
  row('install', '', '2026-01-01', '', '100', '全国'),
  row('install', '南京市', '', '', '50', '一句, 两句'),
  row('install', '合肥市', '', '', '60', ''),
]);

const words = fc.constantFrom(
  '',
  'a',
  '50',
  '南京市',
  '合肥市',
  '一句, 两句',
  '"引号"',
  ' 空格',
  '=1',
  '多\n行',
);
const place = fc.constantFrom('', '南京市', '徐州市', '合肥市', '江苏省', '南京', '鼓楼区');
const cells = fc
  .tuple(words, place, words, words, words, words)
  .map(([key, where, ...rest]) => [key || 'k', where, ...rest]);
/** Tables as spreadsheets write them: with a mark at the beginning or not, any ends of lines, empty lines, no last end. */
const table = fc
  .record({
    rows: fc.array(cells, { maxLength: 12 }),
    mark: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n'),
    blankAt: fc.option(fc.nat(12), { nil: null }),
    isOpen: fc.boolean(),
  })
  .map(({ rows, mark, newline, blankAt, isOpen }) => {
    const lines = [HEAD, ...rows].map((each) => addRows('', [each]).slice(0, -1));
    if (blankAt !== null && blankAt > 0) lines.splice(Math.min(blankAt, lines.length), 0, '');
    return `${mark ? '\ufeff' : ''}${lines.join(newline)}${isOpen ? '' : newline}`;
  });

const placeIn = (file: string, index: number): string =>
  parseCsv(file).records[index]?.cells[PLACE]?.text.trim() ?? '';
/** What others have written, by a reading of its own: every record elsewhere, in its order. */
const foreign = (file: string) =>
  parseCsv(file).records.flatMap(({ cells: all, start, end }, i) =>
    i > 0 && OWN.has(all[PLACE]?.text.trim() ?? '') ? [] : [file.slice(start, end)],
  );

type Edit =
  | { type: 'set'; index: number; column: number; text: string }
  | { type: 'add'; cells: string[] }
  | { type: 'remove'; index: number };
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ type: fc.constant('set' as const), index: fc.nat(14), column: fc.nat(5), text: words }),
  fc.record({ type: fc.constant('add' as const), cells }),
  fc.record({ type: fc.constant('remove' as const), index: fc.nat(14) }),
);
function run(file: string, step: Edit): string {
  if (step.type === 'add') return addRows(file, [step.cells]);
  if (step.type === 'remove') return removeRow(file, step.index);
  return setCell(file, step.index, step.column, step.text);
}
/** Whether an edit of the page touches one's own rows only, before and after. */
function isWithin(file: string, step: Edit): boolean {
  if (step.type === 'add') return OWN.has(step.cells[PLACE] ?? '');
  if (step.index === 0 || !OWN.has(placeIn(file, step.index))) return false;
  return step.type === 'remove' || OWN.has(placeIn(run(file, step), step.index));
}

describe('differInOwnRows', () => {
  it('lets rows of own places be changed, added and removed', () => {
    for (const step of [
      { type: 'set', index: 2, column: 4, text: '55' },
      { type: 'set', index: 2, column: PLACE, text: '徐州市' },
      { type: 'add', cells: row('socket', '徐州市', '', '', '20', '') },
      { type: 'remove', index: 2 },
    ] satisfies Edit[])
      expect(differInOwnRows(TABLE, run(TABLE, step), OWN)).toBe(true);
  });

  it('lets no other row, no column and no place of another row be changed', () => {
    for (const after of [
      setCell(TABLE, 1, 4, '1'),
      setCell(TABLE, 0, 5, '备注 note:zh'),
      setCell(TABLE, 3, PLACE, '南京市'),
      setCell(TABLE, 2, PLACE, ''),
      addRows(TABLE, [row('install', '江苏省', '', '', '1', '')]),
      addRows(TABLE, [row('install', '', '', '', '1', '')]),
      removeRow(TABLE, 3),
      TABLE.replaceAll('\n', '\r\n'),
      `\ufeff${TABLE}`,
      // A row of one's own that swallows those after it.
      setCell(TABLE, 2, 4, '50').replace('"一句, 两句"', '"一句'),
      // One's own row in place of the head.
      `x,南京市\n${TABLE}`,
      '',
    ])
      expect(differInOwnRows(TABLE, after, OWN)).toBe(false);
  });

  it('gives nobody a table without places', () => {
    const plain = 'key,price:yuan\ninstall,1\n';
    expect(differInOwnRows(plain, `${plain}socket,2\n`, OWN)).toBe(false);
    expect(differInOwnRows('编号,地区\n', '编号,地区\na,南京市\n', OWN)).toBe(false);
  });

  it('always lets a change within be made', () => {
    fc.assert(
      fc.property(table, fc.array(edit, { maxLength: 6 }), (before, steps) => {
        const within = steps.reduce((now, step) => (isWithin(now, step) ? run(now, step) : now), before);
        expect(differInOwnRows(before, within, OWN)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never lets a byte outside change, whatever is written', () => {
    const splice = fc.record({ at: fc.nat(400), cut: fc.nat(20), text: fc.oneof(words, fc.string()) });
    fc.assert(
      fc.property(
        table,
        fc.array(edit, { maxLength: 3 }),
        fc.option(splice, { nil: null }),
        (before, steps, hand) => {
          const edited = steps.reduce(run, before);
          const after = hand
            ? edited.slice(0, hand.at) + hand.text + edited.slice(hand.at + hand.cut)
            : edited;
          if (differInOwnRows(before, after, OWN)) expect(foreign(after)).toEqual(foreign(before));
          else expect(after).not.toBe(before);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
