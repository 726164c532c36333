import fc from 'fast-check';
import { operations } from '../../src/contract/operations';
import { lineVerdictSchema } from '../../src/contract/operator-operations';
import { KNOWN_PHONES } from '../../src/operator/simulated-customers';
import { createSimulatedOperator } from '../../src/operator/simulated-operator';
import { zoneOf } from '../../src/zone';
import { SEED } from '../support/size';
import { describeOperator } from './operator-suite';
import { createSimulatedSubject, NOW } from './subject';

const HOUR_MS = 3600 * 1000;
const create = (seed = 1, now = NOW, timeZone = 'Asia/Shanghai') =>
  createSimulatedOperator({ seed, clock: () => now, timeZone, lineTestMs: 0 });

describeOperator('simulated', async () => createSimulatedSubject());

describe('the simulated operator', () => {
  const phones = Array.from({ length: 2000 }, (_, i) => `139${String(10_000_000 + i * 7).padStart(8, '0')}`);

  it('has customers mostly in good order', async () => {
    const operator = create();
    const customers = await Promise.all(phones.map((phone) => operator.findCustomer(phone)));
    const share = (status: string) =>
      customers.filter((customer) => customer?.status === status).length / phones.length;
    expect(share('normal')).toBeGreaterThan(0.85);
    for (const status of ['arrears', 'suspended', 'fraud-stop']) expect(share(status)).toBeGreaterThan(0.002);
  });

  it('says the same for the same seed and other things for another', async () => {
    const told = (seed: number) =>
      Promise.all(phones.slice(0, 50).map((phone) => create(seed).findCustomer(phone)));
    expect(await told(1)).toEqual(await told(1));
    expect(await told(1)).not.toEqual(await told(2));
  });

  it('keeps well-known phones as they are described, whatever the seed', async () => {
    const operator = create(99);
    for (const [phone, { customer }] of Object.entries(KNOWN_PHONES)) {
      const found = await operator.findCustomer(phone);
      expect(found?.status).toBe(customer?.status);
    }
    const { address = '' } = (await operator.findCustomer('13800138005')) ?? {};
    await expect(operator.findOutage(address)).resolves.not.toBeNull();
  });

  it('has one outage for all places of a service area', async () => {
    const operator = create();
    await expect(operator.findOutage('解放新村3栋', 'nj-qh-02')).resolves.not.toBeNull();
    const ids = await Promise.all(
      Array.from({ length: 60 }, async (_, i) =>
        Promise.all(
          ['甲路1号', '乙花园3栋'].map(
            async (address) => (await operator.findOutage(address, `area-${i}`))?.id ?? null,
          ),
        ),
      ),
    );
    expect(ids.filter(([one, other]) => one !== other)).toEqual([]);
    expect(ids.some(([one]) => one !== null)).toBe(true);
  });

  it('takes the phone in any spelling', async () => {
    const operator = create();
    await expect(operator.findCustomer('+86 138 0013 8001')).resolves.toMatchObject({ status: 'arrears' });
  });

  it('measures believable values on every line', async () => {
    const operator = create();
    const seen = new Set<string>();
    for (let i = 0; i < 300; i += 1) {
      const result = await operator.testLine({ address: `文昌路${i}号2栋` });
      operations['operator.line-test'].value.parse(result);
      seen.add(result.verdict);
      if (result.verdict === 'ok') expect(Math.abs((result.rxPowerDbm ?? 0) + 20)).toBeLessThanOrEqual(5);
      if (result.verdict === 'low-light') expect(result.rxPowerDbm).toBeLessThan(-27);
    }
    expect([...seen].sort()).toEqual([...lineVerdictSchema.options].sort());
  });

  it('has neighbours share an outage', async () => {
    const operator = create();
    for (let i = 0; i < 100; i += 1) {
      const [one, other] = await Promise.all(
        [`桃园路${i}号1栋1单元101`, `桃园路${i}号9栋`].map((address) => operator.findOutage(address)),
      );
      expect(one).toEqual(other);
    }
  });

  it.each(['Asia/Shanghai', 'Asia/Urumqi', 'America/New_York', 'Australia/Lord_Howe'])(
    'visits in windows of two hours between 9 and 18 on the clock of %s',
    (timeZone) =>
      fc.assert(
        fc.asyncProperty(
          fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
          fc.integer({ min: -5, max: 30 }),
          fc.constantFrom('repair' as const, 'install' as const),
          async (now, days, kind) => {
            const operator = create(1, now, timeZone);
            const zone = zoneOf(timeZone);
            const slots = await operator.listSlots({
              kind,
              address: '望江路3号',
              wishAt: now + days * 24 * HOUR_MS,
            });
            for (const { id, startAt, endAt } of slots) {
              expect(endAt - startAt).toBe(2 * HOUR_MS);
              const hour = new Date(startAt + zone.offsetAt(startAt)).getUTCHours();
              expect([9, 11, 14, 16]).toContain(hour);
              await expect(operator.reserveSlot({ slotId: id }, id)).resolves.toMatchObject({
                status: 'reserved',
              });
            }
            expect(slots).toHaveLength(3);
          },
        ),
        { seed: SEED, numRuns: 60 },
      ),
  );

  it('picks exactly the three free visits that are nearest to the wish', async () => {
    const operator = create();
    const wishAt = NOW + 3 * 24 * HOUR_MS + 5 * HOUR_MS;
    const address = '学府路8号';
    const distance = ({ startAt }: { startAt: number }) => Math.abs(startAt - wishAt);
    const first = await operator.listSlots({ kind: 'repair', address, wishAt });
    expect(first.map(distance)).not.toEqual(first.map(distance).sort((a, b) => a - b));
    expect(first).toEqual([...first].sort((a, b) => a.startAt - b.startAt));
    const furthest = Math.max(...first.map(distance));
    for (const { id } of first) await operator.reserveSlot({ slotId: id }, id);
    const next = await operator.listSlots({ kind: 'repair', address, wishAt });
    expect(next.filter(({ id }) => first.some((slot) => slot.id === id))).toEqual([]);
    for (const slot of next) expect(distance(slot)).toBeGreaterThanOrEqual(furthest);
  });

  it('takes an appointment from before its start for booked', async () => {
    const [slot] = await create().listSlots({ kind: 'repair', address: '学府路8号' });
    const slotId = slot?.id ?? '';
    const answer = await create().reserveSlot({ slotId }, 'before');
    if (answer.status !== 'reserved') throw new Error('no visit');
    const later = create();
    await expect(later.bookSlot(answer.appointment.id, 'after')).resolves.toEqual(answer);
    await expect(later.reserveSlot({ slotId }, 'other')).resolves.toEqual({ status: 'taken' });
  });

  it('keeps a cancelled service on the bills of the months that it was had in', async () => {
    const operator = create();
    const phone = '13800138000';
    const bill = await operator.findBill(phone);
    expect(bill?.months[0]?.lines.map(({ name }) => name)).toContain('视频彩铃');
    await operator.cancelService({ phone: '+86 138 0013 8000', serviceId: 'vas-ringtone' }, 'k');
    expect((await operator.listServices(phone))?.map(({ id }) => id)).toEqual(['vas-tv']);
    await expect(operator.findBill(phone)).resolves.toEqual(bill);
  });

  it('remembers the last twenty codes, newest first', async () => {
    const operator = create();
    for (let i = 0; i < 25; i += 1) await operator.sendCode({ phone: '13800138000', code: `${i}` }, `k${i}`);
    expect(operator.sentCodes().map(({ code }) => code)).toEqual(
      Array.from({ length: 20 }, (_, i) => `${24 - i}`),
    );
  });
});
