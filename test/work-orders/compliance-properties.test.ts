import fc from 'fast-check';
import type { Database } from '../../src/records/database';
import { type Compliance, readCompliance } from '../../src/records/sla-outcomes';
import { checkOrder } from '../../src/work-orders/clocks/check-order';
import { createOrderDesk } from '../../src/work-orders/order-desk';
import { readOrder } from '../../src/work-orders/read-orders';
import { createTestOrders, openTestDatabase, testNumbers } from '../support/orders';
import { shippedPolicies } from '../support/policies';
import { reportFigure, size } from '../support/size';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** A week that belongs to two years. */
const BEGIN = Date.UTC(2026, 11, 27, 3);
const RUNS = size({ test: 12, prove: 150 });

interface Life {
  area: string;
  beganAt: number;
  /** When somebody looked whether anything is due: hours after the beginning, rising. */
  looks: number[];
  /** How it ends, so many hours after the last look. */
  end: { to: 'resolved' | 'cancelled'; after: number } | null;
}

const lifeOf = (run: number): fc.Arbitrary<Life> =>
  fc.record({
    area: fc.constantFrom(`r${run}-north`, `r${run}-south`),
    beganAt: fc.integer({ min: 0, max: 12 * 24 }).map((hours) => BEGIN + hours * HOUR),
    looks: fc
      .array(fc.integer({ min: 1, max: 80 }), { maxLength: 4 })
      .map((hours) => [...new Set(hours)].sort((a, b) => a - b)),
    end: fc.option(
      fc.record({
        to: fc.constantFrom('resolved' as const, 'cancelled' as const),
        after: fc.integer({ min: 1, max: 30 }),
      }),
    ),
  });

interface Counted {
  policy: string;
  area: string;
  at: number;
  isKept: boolean;
  isRenewed: boolean;
}

/** What became of the promise (four hours, anew for four after each breach) and of the law's 48 hours, step by step. */
function slowCount({ area, beganAt, looks, end }: Life): Counted[] {
  const times = looks.map((hours) => beganAt + hours * HOUR);
  const endAt = end ? (times.at(-1) ?? beganAt) + end.after * HOUR : null;
  const found: Counted[] = [];
  let promiseAt = beganAt + 4 * HOUR;
  let renewals = 0;
  let isLawBroken = false;
  for (const at of endAt === null ? times : [...times, endAt]) {
    const isRenewed = renewals > 0;
    if (at >= promiseAt) {
      found.push({ policy: 'fault-promise', area, at, isKept: false, isRenewed });
      promiseAt = at + 4 * HOUR;
      renewals += 1;
    }
    if (at >= beganAt + 48 * HOUR && !isLawBroken) {
      found.push({ policy: 'fault-legal-urban', area, at, isKept: false, isRenewed: false });
      isLawBroken = true;
    }
  }
  if (end?.to === 'resolved' && endAt !== null) {
    found.push({ policy: 'fault-promise', area, at: endAt, isKept: true, isRenewed: renewals > 0 });
    if (!isLawBroken)
      found.push({ policy: 'fault-legal-urban', area, at: endAt, isKept: true, isRenewed: false });
  }
  return found;
}

/** The week of a day is the one of its Thursday, and the year is that Thursday's. */
function weekOf(at: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
  const local = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / (7 * DAY)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

type Row = Pick<Compliance, 'policy' | 'area' | 'week' | 'due' | 'kept' | 'renewedDue' | 'renewedKept'>;

function slowReport(counted: Counted[], range: { from: number; to: number; timeZone: string }): Row[] {
  const rows = new Map<string, Row>();
  for (const { policy, area, at, isKept, isRenewed } of counted) {
    if (at < range.from || at >= range.to) continue;
    const week = weekOf(at, range.timeZone);
    const key = [week, policy, area].join(' ');
    const row = rows.get(key) ?? { policy, area, week, due: 0, kept: 0, renewedDue: 0, renewedKept: 0 };
    if (isRenewed) {
      row.renewedDue += 1;
      row.renewedKept += isKept ? 1 : 0;
    } else {
      row.due += 1;
      row.kept += isKept ? 1 : 0;
    }
    rows.set(key, row);
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

describe('the compliance report', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let serial = 0;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());

  async function live({ area, beganAt, looks, end }: Life): Promise<void> {
    serial += 1;
    const { number } = await orders.create({ area }, { conversationId: `life-${serial}`, at: beganAt });
    for (const hours of looks)
      await checkOrder({ db, policies: shippedPolicies }, number, beganAt + hours * HOUR);
    if (!end) return;
    const now = beganAt + (looks.at(-1) ?? 0) * HOUR + end.after * HOUR;
    const onEvent = () => undefined;
    const desk = createOrderDesk({
      db,
      policies: shippedPolicies,
      numbers: testNumbers,
      clock: () => now,
      onEvent,
    });
    const version = (await readOrder(db, number))?.order.version ?? 0;
    const done = await desk.transitionOrder({ number, version, by: 'agent:1', note: null, to: end.to });
    if (done.status !== 'changed') throw new Error(JSON.stringify(done));
  }

  it(
    'is what a slow count of every step comes to, by policy, area and week, in any zone and range',
    async () => {
      let run = 0;
      let counted = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (seed) => {
          run += 1;
          const prefix = `r${run}-`;
          const [sample] = fc.sample(
            fc.record({
              lives: fc.array(lifeOf(run), { minLength: 1, maxLength: 8 }),
              from: fc.integer({ min: -24, max: 10 * 24 }),
              hours: fc.integer({ min: 1, max: 30 * 24 }),
              timeZone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Pacific/Auckland'),
            }),
            { seed, numRuns: 1 },
          );
          if (!sample) throw new Error('nothing was drawn');
          for (const life of sample.lives) await live(life);
          const from = BEGIN + sample.from * HOUR;
          const range = { from, to: from + sample.hours * HOUR, timeZone: sample.timeZone };
          const rows = (await readCompliance(db, range)).filter(({ area }) => area?.startsWith(prefix));
          const said = rows.map(({ clock: _clock, compliance, ...row }) => {
            expect(compliance).toBeCloseTo(row.due === 0 ? 0 : row.kept / row.due);
            return row;
          });
          const slow = slowReport(sample.lives.flatMap(slowCount), range);
          counted += slow.length;
          expect(said).toEqual(slow);
        }),
        { numRuns: RUNS },
      );
      reportFigure('lines of the compliance report equal to a slow count', `${counted} in ${run} runs`);
      expect(counted).toBeGreaterThan(RUNS);
    },
    size({ test: 120_000, prove: 1_200_000 }),
  );
});
