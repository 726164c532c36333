import fc from 'fast-check';
import type { Priority } from '../../../src/contract/conversation';
import type { QueueItem } from '../../../src/contract/handoff';
import { scoreOf } from '../../../src/handoff/queue-rules';
import { headStartOf, largestHeadStart } from '../../../src/handoff/routing/head-start';
import { routingSchema } from '../../../src/handoff/routing/routing-schema';
import { shippedRouting } from '../../support/policies';
import { SEED, size } from '../../support/size';
import { itemOf } from '../queue-suite';

const MINUTE = 60_000;

interface Arrival {
  afterMs: number;
  priority: Priority;
  customerLevel: string | null;
  isCare: boolean;
  isReturned: boolean;
  leftMs: number | null;
}

/** Any mix: quiet hours, floods of danger, returns without end. */
const arrivals = fc.array(
  fc.record<Arrival>({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 2 * MINUTE }), fc.integer({ min: 0, max: 3 * 3600_000 })),
    priority: fc.constantFrom('normal', 'high', 'danger'),
    customerLevel: fc.constantFrom(null, 'gold', 'vip', 'unheard-of'),
    isCare: fc.boolean(),
    isReturned: fc.boolean(),
    leftMs: fc.oneof(fc.constant(null), fc.integer({ min: -3600_000, max: 2 * 3600_000 })),
  }),
  { minLength: 2, maxLength: 60 },
);

/** Smaller than what ships, so that an hour of arrivals shows it. */
const small = routingSchema.parse({
  defaultGroup: 'general',
  groups: [{ id: 'general', name: { zh: '组', en: 'Group' } }],
  headStartMinutes: { danger: 60, high: 10, care: 5, returned: 10, promise: 10, customerLevels: { vip: 5 } },
});

const line = (mix: Arrival[]): QueueItem[] => {
  let at = 1_795_000_000_000;
  return mix.map((arrival, i) => {
    at += arrival.afterMs;
    const headStartMs = headStartOf(small, arrival);
    return itemOf(`c${i}`, 1, { since: at, priority: arrival.priority, headStartMs });
  });
};

/** One agent who takes the first in line whenever the last one is done. Answers who was served when. */
function serve(
  items: QueueItem[],
  serviceMs: number,
  place: (item: QueueItem) => number,
): [QueueItem, number][] {
  const served: [QueueItem, number][] = [];
  const left = [...items];
  for (let at = items[0]?.since ?? 0; left.length > 0; at += serviceMs) {
    const here = left.filter(({ since }) => since <= at);
    if (here.length === 0) {
      at = (left[0]?.since ?? at) - serviceMs;
      continue;
    }
    const next = here.reduce((first, each) => (place(each) < place(first) ? each : first));
    left.splice(left.indexOf(next), 1);
    served.push([next, at]);
  }
  return served;
}

/** Whoever was overtaken by somebody who came after the largest head start; null when nobody was. */
function starved(served: [QueueItem, number][], boundMs: number): string | null {
  for (const [item, at] of served) {
    const late = served.find(([other, when]) => when < at && other.since > item.since + boundMs);
    if (late) return `${item.conversationId} waits for ${late[0].conversationId}`;
  }
  return null;
}

describe('places in line', () => {
  const bound = largestHeadStart(small);
  const check = (place: (item: QueueItem) => number) =>
    fc.check(
      fc.property(arrivals, fc.integer({ min: MINUTE, max: 3600_000 }), (mix, serviceMs) => {
        expect(starved(serve(line(mix), serviceMs, place), bound)).toBeNull();
      }),
      { seed: SEED, numRuns: size({ test: 400, prove: 20_000 }) },
    );

  it('are overtaken by nobody who comes later than the largest head start, whatever arrives', () => {
    expect(check(scoreOf).failed).toBe(false);
  });

  it('would starve under a priority that outweighs every wait, which the simulation finds', () => {
    const ranks = { danger: 0, high: 1, normal: 2 };
    expect(check(({ priority, since }) => ranks[priority] * 1e14 + since).failed).toBe(true);
  });

  it('put danger before everything, and a promise before it lapses before one that has time', () => {
    const plain = { customerLevel: null, isCare: false, isReturned: false, leftMs: null };
    const start = (facts: object) => headStartOf(shippedRouting, { ...plain, priority: 'normal', ...facts });
    const everything = { priority: 'high', customerLevel: 'vip', isCare: true, isReturned: true, leftMs: 0 };
    expect(start({ priority: 'danger' })).toBeGreaterThan(start(everything) + 12 * 3600_000);
    expect(start({})).toBe(0);
    expect(start({ leftMs: 10 * MINUTE })).toBe(20 * MINUTE);
    expect(start({ leftMs: -5 })).toBe(30 * MINUTE);
    expect(start({ leftMs: 31 * MINUTE })).toBe(0);
    expect(start({ customerLevel: 'vip', isCare: true })).toBe(25 * MINUTE);
    expect(start({ customerLevel: 'unheard-of' })).toBe(0);
  });
});
