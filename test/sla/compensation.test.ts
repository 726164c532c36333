import fc from 'fast-check';
import type { ClockEvent } from '../../src/contract/sla';
import { compensationFor, latenessOf } from '../../src/sla/compensation';
import { applyPolicy } from '../../src/sla/policy/policies';
import { compensationSchema } from '../../src/sla/policy/policy-schema';
import { shippedPolicies } from '../support/policies';
import { SEED } from '../support/size';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const AT = Date.UTC(2026, 10, 24, 2);

describe('what is owed for lateness', () => {
  it.each([
    [{ yuan: 10, per: 'day', atMost: 100 }, 0, 0],
    [{ yuan: 10, per: 'day', atMost: 100 }, -HOUR, 0],
    [{ yuan: 10, per: 'day', atMost: 100 }, 1, 10],
    [{ yuan: 10, per: 'day', atMost: 100 }, DAY, 10],
    [{ yuan: 10, per: 'day', atMost: 100 }, DAY + 1, 20],
    [{ yuan: 10, per: 'day', atMost: 100 }, 40 * DAY, 100],
    [{ yuan: 10, per: 'day' }, 40 * DAY, 400],
    [{ yuan: 20, per: 'once' }, 40 * DAY, 20],
    [{ yuan: 20, per: 'once' }, 0, 0],
  ] as const)('of %j after %d ms is %d yuan', (compensation, lateMs, yuan) =>
    expect(compensationFor(compensation, lateMs)).toBe(yuan),
  );

  it('never falls with time, and never passes its limit', () => {
    const late = fc.integer({ min: 0, max: 400 * DAY });
    fc.assert(
      fc.property(late, late, fc.integer({ min: 1, max: 50 }), (a, b, yuan) => {
        const rule = { yuan, per: 'day' as const, atMost: 300 };
        expect(compensationFor(rule, Math.min(a, b))).toBeLessThanOrEqual(
          compensationFor(rule, Math.max(a, b)),
        );
        expect(compensationFor(rule, a)).toBeLessThanOrEqual(300);
      }),
      { seed: SEED },
    );
  });

  it.each([{ yuan: 0, per: 'day' }, { yuan: -5, per: 'once' }, { yuan: 5 }, { yuan: 5, per: 'hour' }])(
    'is no rule: %j',
    (rule) => expect(compensationSchema.safeParse(rule).success).toBe(false),
  );
});

describe('how late a promise is met', () => {
  const repair = shippedPolicies.policies.find(({ id }) => id === 'fault-promise');
  const started = (): ClockEvent => {
    if (!repair) throw new Error('no such policy ships');
    return { type: 'started', at: AT, policy: applyPolicy(shippedPolicies, repair, AT) };
  };

  it('is measured from the time that was promised first, whatever was promised afterwards', () => {
    const renewed: ClockEvent = { type: 'renewed', at: AT + 4 * HOUR, until: AT + 30 * HOUR };
    expect(latenessOf([started()], AT + 3 * HOUR)).toBe(0);
    expect(latenessOf([started()], AT + 5 * HOUR)).toBe(HOUR);
    expect(latenessOf([started(), renewed], AT + 29 * HOUR)).toBe(25 * HOUR);
  });

  it('leaves out what did not count', () => {
    const paused: ClockEvent = { type: 'paused', at: AT + HOUR, by: 'agent:1', reason: 'customer-postponed' };
    const resumed: ClockEvent = { type: 'resumed', at: AT + 11 * HOUR, by: 'agent:1' };
    expect(latenessOf([started(), paused, resumed], AT + 14 * HOUR)).toBe(0);
    expect(latenessOf([started(), paused, resumed], AT + 15 * HOUR)).toBe(HOUR);
  });

  it('begins anew with a relapse', () => {
    const log: ClockEvent[] = [
      started(),
      { type: 'renewed', at: AT + 4 * HOUR, until: AT + 8 * HOUR },
      { type: 'met', at: AT + 7 * HOUR },
      { type: 'reopened', at: AT + 20 * HOUR },
    ];
    // A renewed promise is one of four hours from then on; the new repair has as long.
    expect(latenessOf(log, AT + 23 * HOUR)).toBe(0);
    expect(latenessOf(log, AT + 26 * HOUR)).toBe(2 * HOUR);
  });
});
