import type { OrderMessage } from '../../../src/contract/operator-orders';

export const AT = Date.UTC(2026, 10, 24, 2);

/** A message of an order, as dispatch has it. */
export const messageOf = (
  changed: Partial<OrderMessage> = {},
  order: Partial<OrderMessage['order']> = {},
): OrderMessage => ({
  event: 'created',
  number: 'F261124ABCDEFGHJK',
  version: 1,
  at: AT,
  by: 'bot',
  reason: null,
  note: null,
  ...changed,
  order: {
    kind: 'fault',
    status: 'registered',
    summary: '断网 <script>alert(1)</script>',
    phone: '13800138000',
    address: '鼓楼区中山路18号3栋2单元501',
    area: 'nj-gl-01',
    priority: 'normal',
    promiseAt: AT + 4 * 3600_000,
    appointment: { id: 'a', startAt: AT + 3600_000, endAt: AT + 3 * 3600_000 },
    pause: null,
    technician: null,
    repeats: 0,
    details: {},
    createdAt: AT,
    ...order,
  },
});
