import { z } from 'zod';
import { operations } from '../../src/contract/operations';
import { AppError } from '../../src/errors';
import { createOperatorHandlers } from '../../src/operator/handlers';
import { createSimulatedOperator } from '../../src/operator/simulated-operator';
import { commandOf } from '../support/orders';

const NOW = Date.UTC(2026, 10, 24, 2);
const operator = createSimulatedOperator({
  seed: 1,
  clock: () => NOW,
  timeZone: 'Asia/Shanghai',
  lineTestMs: 0,
});
const handlers = createOperatorHandlers(operator, () => NOW);
const okSchema = z.object({ type: z.literal('ok'), value: z.unknown() });
const run = (operation: string, command: Parameters<typeof commandOf>[1] = {}) =>
  handlers[operation]?.run(commandOf(operation, command));

describe('operations of the operator', () => {
  it('tells the account state of the verified asker, whatever phone the dialog names', async () => {
    const args = { phone: '13800138000' };
    const asker = { userId: 'u', phone: '13800138001', accounts: [] };
    await expect(run('operator.customer', { asker, args })).resolves.toMatchObject({
      type: 'ok',
      value: { customer: { phone: '13800138001', status: 'arrears' } },
    });
  });

  it('adds the service area of the address where the operator does not say it', async () => {
    const asker = { userId: 'u', phone: '13800138000', accounts: [] };
    const areaOf = (address: string) => (address.includes('中山路18号') ? 'nj-gl-01' : null);
    const command = commandOf('operator.customer', { asker });
    const told = await createOperatorHandlers(operator, () => NOW, areaOf)['operator.customer']?.run(command);
    expect(told).toMatchObject({ value: { customer: { area: 'nj-gl-01' } } });
  });

  it('tells and changes nothing of a contract for who is not verified', async () => {
    for (const [operation, args, value] of [
      ['operator.contract', {}, { contract: null }],
      ['operator.relocation', { address: '翠屏国际城7幢' }, { terms: null }],
      ['operator.plan-quote', { planId: 'fttr-1000' }, { quote: null }],
    ] as const)
      await expect(run(operation, { args })).resolves.toEqual({ type: 'ok', value });
    const change = { args: { planId: 'fttr-1000' } };
    await expect(run('operator.change-plan', change)).resolves.toEqual({
      type: 'error',
      code: 'not-verified',
    });
    const asker = { userId: 'u', phone: '13800138000', accounts: [] };
    await expect(run('operator.change-plan', { asker, args: { planId: 'x' } })).resolves.toEqual({
      type: 'error',
      code: 'unknown-plan',
    });
  });

  it('tells an unverified asker nothing', async () => {
    const args = { phone: '13800138000' };
    await expect(run('operator.customer', { args })).resolves.toEqual({
      type: 'ok',
      value: { customer: null },
    });
  });

  it.each([
    ['operator.outage', {}],
    ['operator.outage', { address: 7 }],
    ['operator.slots', { kind: 'party', address: 'x' }],
    ['operator.slots', { kind: 'repair', address: 'x', wishAt: 'soon' }],
    ['operator.reserve-slot', {}],
    ['operator.reserve-slot', { slotId: 'x', holdMinutes: 0 }],
    ['operator.change-slot', { slotId: 'x' }],
    ['operator.cancel-service', { serviceId: 1 }],
    ['operator.line-test', { account: { $gt: '' } }],
    ['operator.coverage', { address: null }],
  ])('answers bad arguments of %s %j with an outcome', async (operation, args) => {
    await expect(run(operation, { args })).resolves.toEqual({ type: 'error', code: 'bad-arguments' });
  });

  it('answers a line test, slots, coverage, outage and plans', async () => {
    const address = '鼓楼区中山路18号3栋2单元501';
    await expect(run('operator.line-test', { args: { address } })).resolves.toMatchObject({
      value: { verdict: 'low-light', rxPowerDbm: -31 },
    });
    await expect(run('operator.outage', { args: { address } })).resolves.toMatchObject({
      value: { outage: null },
    });
    await expect(run('operator.coverage', { args: { address: '云岭村' } })).resolves.toMatchObject({
      value: { isCovered: false },
    });
    await expect(run('operator.plans')).resolves.toMatchObject({
      value: { plans: [{ monthlyYuan: 79 }, {}, {}] },
    });
  });

  it('holds a visit by the id of the command, and says when another was faster', async () => {
    const slots = await operator.listSlots({ kind: 'repair', address: '湖滨路2号' });
    const args = { slotId: slots[0]?.id };
    const held = await run('operator.reserve-slot', { id: 'a', args });
    const { startAt } = slots[0] ?? {};
    expect(held).toMatchObject({ type: 'ok', value: { appointment: { startAt }, heldUntilAt: null } });
    await expect(run('operator.reserve-slot', { id: 'a', args })).resolves.toEqual(held);
    await expect(run('operator.reserve-slot', { id: 'b', args })).resolves.toEqual({
      type: 'error',
      code: 'taken',
    });
    await expect(run('operator.reserve-slot', { id: 'c', args: { slotId: 'x' } })).resolves.toEqual({
      type: 'error',
      code: 'unknown-slot',
    });
  });

  it('holds, books, changes and gives back a visit', async () => {
    const [first, second] = await operator.listSlots({ kind: 'install', address: '湖滨路9号' });
    const idOf = (outcome: unknown) =>
      operations['operator.book-slot'].value.parse(okSchema.parse(outcome).value).appointment.id;
    const held = await run('operator.reserve-slot', { args: { slotId: first?.id, holdMinutes: 30 } });
    expect(held).toMatchObject({ value: { heldUntilAt: NOW + 30 * 60_000 } });
    const booked = await run('operator.book-slot', { args: { appointmentId: idOf(held) } });
    expect(booked).toMatchObject({ value: { heldUntilAt: null } });
    const args = { appointmentId: idOf(booked), slotId: second?.id };
    const changed = await run('operator.change-slot', { args });
    expect(changed).toMatchObject({ value: { appointment: { startAt: second?.startAt } } });
    const visit = { args: { appointmentId: idOf(changed) } };
    await expect(run('operator.visitor', visit)).resolves.toMatchObject({ type: 'ok' });
    const released = { type: 'ok', value: { isReleased: true } };
    await expect(run('operator.release-slot', visit)).resolves.toEqual(released);
    await expect(run('operator.visitor', visit)).resolves.toEqual({ type: 'ok', value: { visitor: null } });
    await expect(run('operator.book-slot', visit)).resolves.toEqual({ type: 'error', code: 'unknown-slot' });
  });

  it('gives a visit back that was taken when nobody waited any more', async () => {
    const [slot] = await operator.listSlots({ kind: 'repair', address: '湖滨路77号' });
    const args = { slotId: slot?.id };
    const late = { type: 'error', code: 'late' };
    await expect(run('operator.reserve-slot', { args, at: NOW - 5001, timeoutMs: 5000 })).resolves.toEqual(
      late,
    );
    await expect(
      run('operator.reserve-slot', { args, at: NOW - 5000, timeoutMs: 5000 }),
    ).resolves.toMatchObject({ type: 'ok', value: { appointment: { startAt: slot?.startAt } } });
  });

  it('gives a visit back however late, and holds up nothing meanwhile', () => {
    const handler = handlers['operator.release-slot'];
    expect(handler).toMatchObject({ mustComplete: true, lane: expect.stringMatching(/./) });
    const others = Object.entries(handlers).filter(([name]) => name !== 'operator.release-slot');
    expect(others.filter(([, { mustComplete }]) => mustComplete)).toEqual([]);
    expect(others.map(([, { lane }]) => lane)).not.toContain(handler?.lane);
  });

  it('lets a dialog go on at once from what the operator refuses, and tries the rest again', async () => {
    const failing = (code: 'bad-request' | 'unavailable') =>
      createOperatorHandlers(
        { ...operator, releaseSlot: () => Promise.reject(new AppError(code, code)) },
        () => NOW,
      );
    const command = commandOf('operator.release-slot', { args: { appointmentId: 'a' } });
    await expect(failing('bad-request')['operator.release-slot']?.run(command)).resolves.toEqual({
      type: 'error',
      code: 'refused',
    });
    await expect(failing('unavailable')['operator.release-slot']?.run(command)).rejects.toThrow(AppError);
  });

  it('shows bills and services to their verified owner only, and ends none for others', async () => {
    const asker = { userId: 'u', phone: '13800138000', accounts: [] };
    const args = { phone: '13800138000', serviceId: 'vas-ringtone' };
    await expect(run('operator.bill', { args })).resolves.toEqual({ type: 'ok', value: { bill: null } });
    const none = { type: 'ok', value: { services: null } };
    await expect(run('operator.services', { args })).resolves.toEqual(none);
    const refused = { type: 'error', code: 'not-verified' };
    await expect(run('operator.cancel-service', { args })).resolves.toEqual(refused);
    await expect(run('operator.bill', { asker })).resolves.toMatchObject({
      value: { bill: { arrearsYuan: 0 } },
    });
    await expect(run('operator.services', { asker })).resolves.toMatchObject({
      value: { services: [{ id: 'vas-ringtone' }, { id: 'vas-tv' }] },
    });
    await expect(run('operator.cancel-service', { asker, args })).resolves.toMatchObject({
      type: 'ok',
      value: { service: { id: 'vas-ringtone' }, endsAt: expect.any(Number) },
    });
    await expect(run('operator.cancel-service', { asker, args })).resolves.toEqual({
      type: 'error',
      code: 'unknown-service',
    });
  });
});
