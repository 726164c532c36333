import { type OrderChange, orderChangeSchema } from '../../../src/contract/orders';
import { dispatchEventOf, OPERATOR_KEY } from '../../../src/work-orders/dispatch/write-dispatch';

const eventOf = (change: OrderChange, more: Partial<Parameters<typeof dispatchEventOf>[1]> = {}) =>
  dispatchEventOf({ version: 2, status: 'in-progress' }, { change, ...more });

describe("what the operator's systems are told of a change", () => {
  it('names the first version and the ends', () => {
    expect(dispatchEventOf({ version: 1, status: 'registered' }, {})).toBe('created');
    for (const status of ['cancelled', 'closed'] as const) {
      expect(dispatchEventOf({ version: 3, status }, {})).toBe(status);
    }
    expect(eventOf('reopened')).toBe('reopened');
    expect(eventOf('remark')).toBe('note');
    expect(eventOf('appointed')).toBe('rescheduled');
  });

  it('leaves out clocks, unless they raise the priority or give the order to somebody', () => {
    expect(eventOf('clock')).toBeNull();
    const lapse = { policy: 'p', clock: 'promise', percent: 75, wasDueAt: null, newAt: null } as const;
    expect(eventOf('clock', { lapse: { ...lapse, actions: [{ type: 'tell-supervisor' }] } })).toBeNull();
    const raise = { type: 'raise-priority', to: 'high' } as const;
    expect(eventOf('clock', { lapse: { ...lapse, actions: [raise] } })).toBe('updated');
    expect(eventOf('clock', { reason: 'field:given' })).toBe('updated');
  });

  it('never tells them what they have told us', () => {
    for (const change of orderChangeSchema.options) {
      expect(eventOf(change, { key: `${OPERATOR_KEY}1` })).toBeNull();
    }
  });
});
