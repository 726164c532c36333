import fc from 'fast-check';
import type { FactRow, FactTables } from '../../../src/contract/tables';
import { loadTables } from '../../../src/dialogs/tables/load-tables';
import { resolveFact } from '../../../src/dialogs/tables/resolve-fact';

const served = [
  { province: '江苏省', cities: ['南京市', '苏州市'] },
  { province: '北京市', cities: ['北京市'] },
];
function load(text: string): FactTables {
  const problems = { problems: [], warnings: [] };
  const facts = loadTables({ 'fees.csv': text }, served, problems);
  expect(problems.problems).toEqual([]);
  return facts;
}
const facts = load(`key,place,from,until,price:yuan
visit,,,,50
visit,江苏省,,2026-12-31,40
visit,南京市,2026-06-01,2026-10-31,30
visit,南京市,2026-12-01,,35
move,苏州市,,,80
debug,,2027-01-01,,10
`);
const say = (key: string, day: string, area: Parameters<typeof resolveFact>[2]['area']) => {
  const found = resolveFact(facts, { table: 'fees', key, column: 'price' }, { day, area });
  return found.status === 'holds' ? found.value.zh : found.status;
};

describe('a fact', () => {
  it('is that of the city, else of the province, else of everywhere', () => {
    expect(say('visit', '2026-07-01', { city: '南京市' })).toBe('30 元');
    expect(say('visit', '2026-07-01', { city: '苏州市' })).toBe('40 元');
    expect(say('visit', '2026-07-01', { province: '江苏省' })).toBe('40 元');
    expect(say('visit', '2026-07-01', { city: '北京市' })).toBe('50 元');
    expect(say('visit', '2026-07-01', null)).toBe('50 元');
    expect(say('visit', '2026-07-01', { province: '江苏省', city: '江苏省南京市' })).toBe('30 元');
  });

  it('holds on its first and on its last day', () => {
    expect(say('visit', '2026-06-01', { city: '南京市' })).toBe('30 元');
    expect(say('visit', '2026-10-31', { city: '南京市' })).toBe('30 元');
    expect(say('visit', '2026-12-01', { city: '南京市' })).toBe('35 元');
  });

  it('cannot be said once it has run out, though it holds elsewhere', () => {
    expect(say('visit', '2026-11-01', { city: '南京市' })).toBe('expired');
    expect(say('visit', '2027-01-01', { city: '苏州市' })).toBe('expired');
    expect(say('visit', '2027-01-01', { city: '南京市' })).toBe('35 元');
  });

  it('is the wider one until that of the place begins', () => {
    expect(say('visit', '2026-05-31', { city: '南京市' })).toBe('40 元');
  });

  it('cannot be said where there is none, or not yet', () => {
    expect(say('move', '2026-07-01', { city: '南京市' })).toBe('missing');
    expect(say('move', '2026-07-01', null)).toBe('missing');
    expect(say('debug', '2026-12-31', null)).toBe('later');
    expect(say('constructor', '2026-12-31', null)).toBe('missing');
    const found = resolveFact(
      facts,
      { table: 'fees', key: 'visit', column: 'constructor' },
      { day: '2026-07-01', area: null },
    );
    expect(found).toEqual({ status: 'missing' });
  });

  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
  const row = fc.record({
    place: fc.constantFrom(null, '江苏省', '南京市', '苏州市', '北京市'),
    from: fc.option(day),
    until: fc.option(day),
  });

  it('is never one that does not hold on the day, and never one of another place', () => {
    const areas = fc.constantFrom(
      null,
      { city: '南京市' },
      { province: '江苏省' },
      { city: '苏州市', province: '江苏省' },
    );
    let held = 0;
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), day, areas, (drawn, today, area) => {
        const rows = drawn.map(
          ({ place, from, until }, i): FactRow => ({
            key: 'visit',
            place,
            from,
            until,
            values: { price: { zh: String(i), en: String(i) } },
            line: i,
          }),
        );
        const tables = new Map([['fees', { name: 'fees', columns: ['price'], rows }]]);
        const found = resolveFact(
          { tables, provinceOf: facts.provinceOf },
          { table: 'fees', key: 'visit', column: 'price' },
          { day: today, area },
        );
        if (found.status !== 'holds') return;
        held += 1;
        const said = rows[Number(found.value.zh)];
        expect((said?.from ?? today) <= today && today <= (said?.until ?? today)).toBe(true);
        const mine = [null, ...Object.values(area ?? {}), ...(area ? ['江苏省'] : [])];
        expect(mine).toContain(said?.place);
        // Whatever has begun nearer by decides: nothing wider is said then.
        const nearer = ['南京市', '苏州市', '江苏省'].filter((place) => mine.includes(place));
        const order: (string | null)[] = [...nearer, null];
        const begun = order.find((place) =>
          rows.some((each) => each.place === place && (each.from ?? today) <= today),
        );
        expect(said?.place).toBe(begun);
      }),
      { numRuns: 2000 },
    );
    expect(held).toBeGreaterThan(300);
  });
});
