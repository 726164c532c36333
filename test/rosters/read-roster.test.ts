import fc from 'fast-check';
import { decodeText, readCsv } from '../../src/rosters/read-csv';
import { readRoster } from '../../src/rosters/read-roster';
import { endOfShift } from '../../src/rosters/shift-end';

const HOUR = 3600_000;
/** Saturday, eight in the morning in Shanghai. */
const NOW = Date.UTC(2026, 10, 28, 0);
const accounts = new Map([
  ['0421', { id: 'a1', login: '0421', name: '李雷' }],
  ['0422', { id: 'a2', login: '0422', name: '韩梅梅' }],
]);
const read = (file: string | Uint8Array) => {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  return readRoster(bytes, { accounts, timeZone: 'Asia/Shanghai', now: NOW });
};
const HEAD = '工号,日期,上班,下班\n';

describe('a roster from a file', () => {
  it('reads shifts, also those that go past midnight, by columns in any order', () => {
    const { shifts, problems } = read(
      `日期,姓名,工号,上班,下班\r\n2026/11/29,李雷,0421,8:30,17:30\r\n20261129,韩梅梅,０４２２,22:00,06:00\r\n\r\n`,
    );
    expect(problems).toEqual([]);
    expect(shifts).toMatchObject([
      { accountId: 'a1', date: '2026-11-29', fromAt: NOW + 24.5 * HOUR, toAt: NOW + 33.5 * HOUR, line: 2 },
      { accountId: 'a2', date: '2026-11-29', fromAt: NOW + 38 * HOUR, toAt: NOW + 46 * HOUR, line: 3 },
    ]);
  });

  it('tells of every line that is wrong, by its number', () => {
    const { problems } = read(
      `${HEAD}9999,2026-11-29,8:00,12:00\n0421,2026-02-30,8:00,12:00\n0421,2026-11-29,8,12:00\n0421,2026-11-01,8:00,12:00\n0421,2027-11-01,8:00,12:00\n0421,2026-11-29,8:00,7:00\n`,
    );
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(read(`工号,日期,上班\n0421,2026-11-29,8:00`).problems).toMatchObject([{ zh: '缺少“下班”一列' }]);
    expect(read('').problems).toMatchObject([{ line: 1 }]);
    expect(read(Uint8Array.of(0xff, 0x80, 0x80)).problems).toMatchObject([{ line: 1 }]);
  });

  it('refuses shifts of one person that lie over each other, over midnight too', () => {
    const { problems } = read(
      `${HEAD}0421,2026-11-29,22:00,06:00\n0421,2026-11-30,05:00,12:00\n0422,2026-11-30,05:00,12:00\n`,
    );
    expect(problems).toMatchObject([{ line: 3, zh: '李雷 的班次重叠' }]);
  });

  it('reads what spreadsheets write in China', () => {
    const gbk = Uint8Array.of(0xb9, 0xa4, 0xba, 0xc5);
    expect(decodeText(gbk)).toBe('工号');
    expect(decodeText(new TextEncoder().encode('\ufeff工号'))).toBe('工号');
    const utf16 = Buffer.from('\ufeff工号\t日期\t上班\t下班\r\n0421\t2026-11-29\t8:00\t12:00', 'utf16le');
    expect(read(utf16).shifts).toHaveLength(1);
    const text = `${HEAD}"0421","2026-11-29","8:00","12:00"`;
    expect(read(text).shifts).toHaveLength(1);
  });

  it('reads back any cells that were written by RFC 4180', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '班', ',', '"', '\n', ' ') })
      .map((text) => text.trim());
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, (rows) => {
        const quoted = [['a', 'b'], ...rows].map((row) =>
          row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','),
        );
        const wanted = rows.filter((row) => row.some((each) => each !== ''));
        const found = readCsv(quoted.join('\r\n'));
        expect(found.slice(1).map(({ cells }) => cells)).toEqual(wanted);
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(bytes)));
  });
});

describe('the end of a shift', () => {
  const shift = (from: number, to: number) => ({ fromAt: NOW + from * HOUR, toAt: NOW + to * HOUR });
  it.each([
    [[shift(-1, 4)], 4],
    // Two that follow each other are one; a break ends it.
    [[shift(-1, 4), shift(4, 8)], 8],
    [[shift(-1, 4), shift(5, 8)], 4],
    // Who comes early is on the next one; who comes on a free day is on none.
    [[shift(0.5, 4)], 4],
    [[shift(3, 8)], null],
    [[shift(-4, 0)], null],
  ])('%#', (shifts, end) => {
    expect(endOfShift(shifts, NOW)).toBe(end === null ? null : NOW + end * HOUR);
  });
});
