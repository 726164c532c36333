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
const handlers = createOperatorHandlers(operator);
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
    const held = { type: 'ok', value: { appointment: slots[0] } };
    await expect(run('operator.reserve-slot', { id: 'a', args })).resolves.toEqual(held);
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
});
