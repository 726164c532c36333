import { operations } from '../../src/contract/operations';
import { lineOutcomeSchema } from '../../src/contract/operator-simulator';
import { createSteering, paced } from '../../src/operator/steering';
import { createSimulatedSubject, NOW } from './subject';

const HOUR_MS = 3600_000;
const out = { isOut: true, isPlanned: false, cause: '停电', restoreAt: NOW + HOUR_MS };
const create = () => {
  const subject = createSimulatedSubject();
  const { simulated: operator } = subject;
  return { ...subject, operator, steering: operator.steering };
};

describe('the steered operator', () => {
  it('has an outage at a place or in a service area until its time', async () => {
    const { operator, steering, pass } = create();
    steering.setOutage({ place: '翠屏国际城', ...out });
    steering.setOutage({ place: 'gl-01', ...out });
    await expect(operator.findOutage('翠屏国际城7幢')).resolves.toMatchObject({ cause: '停电' });
    await expect(operator.findOutage('某地', 'gl-01')).resolves.toMatchObject({ restoreAt: NOW + HOUR_MS });
    pass(HOUR_MS);
    await expect(operator.findOutage('翠屏国际城7幢')).resolves.toBeNull();
  });

  it('ends an outage that the simulation has, and leaves it to the simulation again', async () => {
    const { operator, steering, addresses } = create();
    steering.setOutage({ place: '解放路', ...out, isOut: false });
    await expect(operator.findOutage(addresses.outage)).resolves.toBeNull();
    steering.forget('outage', '解放路');
    await expect(operator.findOutage(addresses.outage)).resolves.not.toBeNull();
    expect(steering.outages()).toEqual([]);
  });

  it('lets a line test come to any verdict, by the address that the line has', async () => {
    const { operator, steering, lowLightAccount } = create();
    for (const outcome of lineOutcomeSchema.exclude(['error', 'timeout']).options) {
      steering.setLine({ place: '中山路18号', outcome });
      const result = await operator.testLine({ account: lowLightAccount });
      expect(operations['operator.line-test'].value.parse(result).verdict).toBe(outcome);
    }
    expect(steering.lines()).toHaveLength(1);
    steering.setLine({ place: '中山路18号', outcome: 'error' });
    await expect(operator.testLine({ address: '中山路18号' })).rejects.toMatchObject({ code: 'unavailable' });
    steering.forget('line', '中山路18号');
    await expect(operator.testLine({ address: '中山路18号' })).resolves.toMatchObject({
      verdict: 'low-light',
    });
  });

  it('tells planned work from a fault', async () => {
    const { operator, steering } = create();
    steering.setOutage({ place: '翠屏国际城', ...out, isPlanned: true });
    await expect(operator.findOutage('翠屏国际城7幢')).resolves.toMatchObject({ isPlanned: true });
    await expect(operator.findOutage('珠江路20号')).resolves.toMatchObject({ isPlanned: true });
  });

  it('has an account stand as it is steered, and as simulated again', async () => {
    const { operator, steering } = create();
    const standing = async () => operator.findCustomer('13800138000');
    for (const status of ['arrears', 'suspended', 'fraud-stop'] as const) {
      steering.setAccount('13800138000', status);
      await expect(standing()).resolves.toMatchObject({ status, speedCap: null });
    }
    steering.setAccount('13800138000', 'capped');
    const untilAt = Date.parse('2026-12-01T00:00:00+08:00');
    await expect(standing()).resolves.toMatchObject({ status: 'normal', speedCap: { mbps: 1, untilAt } });
    expect(steering.accounts()).toEqual([{ phone: '13800138000', standing: 'capped' }]);
    steering.forget('account', '13800138000');
    await expect(standing()).resolves.toMatchObject({ status: 'normal', speedCap: null });
  });

  it('fails in every method while it is dead, and answers again', async () => {
    const { operator, steering } = create();
    steering.setPace('dead');
    const key = 'k';
    const calls = {
      findCustomer: operator.findCustomer('1'),
      findBill: operator.findBill('1'),
      listServices: operator.listServices('1'),
      cancelService: operator.cancelService({ phone: '1', serviceId: '1' }, key),
      findOutage: operator.findOutage('1'),
      testLine: operator.testLine({}),
      listSlots: operator.listSlots({ kind: 'repair', address: '1' }),
      reserveSlot: operator.reserveSlot({ slotId: '1' }, key),
      bookSlot: operator.bookSlot('1', key),
      changeSlot: operator.changeSlot({ appointmentId: '1', slotId: '1' }, key),
      releaseSlot: operator.releaseSlot('1', key),
      findVisitor: operator.findVisitor('1'),
      findCoverage: operator.findCoverage('1'),
      listPlans: operator.listPlans(),
      sendCode: operator.sendCode({ phone: '1', code: '1' }, key),
      sendText: operator.sendText({ phone: '1', text: '1' }, key),
    };
    const ends = await Promise.allSettled(Object.values(calls));
    expect(ends.map(({ status }) => status)).toEqual(ends.map(() => 'rejected'));
    steering.setPace('normal');
    await expect(operator.listPlans()).resolves.toHaveLength(3);
    expect(operator.sentCodes()).toEqual([]);
  });

  it('answers late while it is slow', async () => {
    const steering = createSteering();
    const late = paced(createSimulatedSubject().operator, steering, 30);
    steering.setPace('slow');
    const begun = performance.now();
    await expect(late.listPlans()).resolves.toHaveLength(3);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(29);
  });
});
