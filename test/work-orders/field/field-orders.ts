import type { FieldAct, Technician } from '../../../src/contract/field';
import type { OrderKind } from '../../../src/contract/orders';
import type { Database } from '../../../src/records/database';
import { actInField, assignTechnician } from '../../../src/work-orders/field/act-in-field';
import { readOrder } from '../../../src/work-orders/read-orders';
import { createTestOrders } from '../../support/orders';
import { shippedPolicies } from '../../support/policies';

export const AT = Date.UTC(2026, 10, 24, 2);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const li: Technician = { id: '0518', name: '李强', phone: '13900000518' };
export const wang: Technician = { id: '0519', name: '王磊', phone: null };
export const good = { type: 'optical', dbm: -19.5 } as const;

/** Orders that technicians work on, with a clock that tests move. */
export function createFieldOrders(db: Database) {
  const orders = createTestOrders(db);
  let serial = 0;
  const orderOf = async (number: string) => {
    const found = await readOrder(db, number);
    if (!found) throw new Error('no such order');
    return found.order;
  };
  const self = {
    now: AT,
    books: { db, policies: shippedPolicies },
    orderOf,
    historyOf: async (number: string) => (await readOrder(db, number))?.history ?? [],
    nextKey(): string {
      serial += 1;
      return `key-${serial}`;
    },
    /** A fault that was given to somebody; it is at its second version. */
    async given(technician = li, kind: OrderKind = 'fault'): Promise<string> {
      serial += 1;
      const { number } = await orders.create({ kind }, { conversationId: `field-${serial}`, at: AT });
      const by = 'agent:1';
      const request = { number, version: 1, technician, by, at: self.now };
      const result = await assignTechnician(self.books, request);
      if (result.status !== 'changed') throw new Error(JSON.stringify(result));
      return number;
    },
    /** Acts as the holder of the link, unless told otherwise. */
    async act(
      number: string,
      told: FieldAct,
      actor: { technician?: Technician; assignment?: number | null; key?: string } = {},
    ) {
      const { technician = li, key = self.nextKey() } = actor;
      const { assignment } = actor.assignment === undefined ? (await orderOf(number)).field : actor;
      const request = { number, technician, assignment: assignment ?? null, at: self.now, key };
      return actInField(self.books, told, request);
    },
  };
  return self;
}
