import { join } from 'node:path';
import { loadRetention, parseRetention } from '../../src/content/load-retention';
import { createSimulatedOperator } from '../../src/operator/simulated-operator';
import { createRetentionHandlers } from '../../src/retention/handlers';
import { endOf, offersFor, type RetentionOffer } from '../../src/retention/offers';
import { zoneOf } from '../../src/zone';
import { TEN } from '../support/dialogs';
import { commandOf } from '../support/orders';

const zone = zoneOf('Asia/Shanghai');
const DAY = 24 * 3600_000;
const grant: RetentionOffer = {
  id: 'loyal',
  type: 'grant',
  text: { zh: '每月减 20 元', en: '20 yuan off' },
  from: '2026-11-24',
  until: '2026-11-30',
  reasons: ['price'],
};
const asked = { reason: 'price', plan: '500M 融合', at: TEN };

describe('offers to who wants to leave', () => {
  it.each([
    ['on its first day', Date.UTC(2026, 10, 23, 16), 1],
    ['a moment before it', Date.UTC(2026, 10, 23, 16) - 1, 0],
    ['on its last evening', Date.UTC(2026, 10, 30, 15, 59), 1],
    ['at midnight after it', Date.UTC(2026, 10, 30, 16), 0],
  ])('hold %s, on the calendar of the operator', (_when, at, count) => {
    expect(offersFor([grant], { ...asked, at }, zone)).toHaveLength(count);
    expect(endOf(grant, zone)).toBe(Date.UTC(2026, 10, 30, 16));
  });

  it('hold for the reasons and the plans that they name', () => {
    expect(offersFor([grant], { ...asked, reason: 'moving' }, zone)).toEqual([]);
    const only = { ...grant, plans: ['1000M 融合'] };
    expect(offersFor([only], asked, zone)).toEqual([]);
    expect(offersFor([only], { ...asked, plan: '1000M 融合' }, zone)).toEqual([only]);
  });

  it('are read from the file that ships, and are none where there is no file', () => {
    expect(loadRetention(join(__dirname, '../..'))).not.toEqual([]);
    expect(loadRetention('/nowhere')).toEqual([]);
  });

  it('that cannot hold are reported with their line', () => {
    const { problems } = parseRetention(
      [
        'offers:',
        '  - { id: a, type: plan, planId: p, from: 2026-12-31, until: 2026-01-01, reasons: [price] }',
        '  - { id: b, type: plan, planId: p, from: 2026-01-01, until: 2026-12-31, reasons: [luck] }',
      ].join('\n'),
    );
    expect(problems.map(({ line, path }) => [line, path])).toEqual([
      [2, 'offers.0.until'],
      [3, 'offers.1.reasons.0'],
    ]);
    const twice = '{ id: a, type: plan, planId: p, from: 2026-01-01, until: 2026-12-31, reasons: [price] }';
    const { problems: doubled } = parseRetention(`offers:\n  - ${twice}\n  - ${twice}\n`);
    expect(doubled[0]?.message).toContain('two offers');
  });
});

describe('the offer that is made', () => {
  const operator = createSimulatedOperator({
    seed: 1,
    clock: () => TEN,
    timeZone: 'Asia/Shanghai',
    lineTestMs: 0,
  });
  const plan: RetentionOffer = {
    id: 'smaller',
    type: 'plan',
    planId: 'fttr-300',
    from: '2026-01-01',
    until: '2026-12-31',
    reasons: ['price'],
  };
  const offered = async (offers: RetentionOffer[], phone: string | null, at = TEN) => {
    const handlers = createRetentionHandlers({ operator, offers, zone, clock: () => at });
    const asker = { userId: 'u', phone, accounts: [] };
    const outcome = await handlers['retention.offer']?.run(
      commandOf('retention.offer', { asker, args: { reason: 'price' } }),
    );
    return outcome?.type === 'ok' ? outcome.value : outcome;
  };

  it('is a cheaper plan where the contract allows it, else the next', async () => {
    // Never bound, on the dearest plan.
    await expect(offered([plan, grant], '13800138004')).resolves.toMatchObject({
      offer: { id: 'smaller', plan: { id: 'fttr-300' } },
    });
    // On the cheapest plan already.
    await expect(offered([plan, grant], '13800138005')).resolves.toMatchObject({ offer: { id: 'loyal' } });
    await expect(offered([{ ...plan, planId: 'no-such-plan' }], '13800138004')).resolves.toEqual({
      offer: null,
    });
  });

  it('is none after its last day, and none for who is not proven or no customer', async () => {
    await expect(offered([grant], '13800138004', TEN + 7 * DAY)).resolves.toEqual({ offer: null });
    await expect(offered([grant], null)).resolves.toEqual({ offer: null });
    await expect(offered([grant], '13800138009')).resolves.toEqual({ offer: null });
  });
});
