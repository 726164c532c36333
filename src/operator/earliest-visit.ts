import { setTimeout as pause } from 'node:timers/promises';
import type { Appointment, OrderKind } from '../contract/orders';
import type { Operator } from './operator';

/**
 * The earliest free visit for an order that needs one; null when it needs none, the operator has none, or does not
 * answer in time: then a promise rests on the policies alone.
 */
export function createEarliestVisit(operator: Pick<Operator, 'listSlots'>, limitMs: number) {
  return async (order: { kind: OrderKind; address?: string | null }): Promise<Appointment | null> => {
    if (order.kind === 'complaint' || !order.address) return null;
    const kind = order.kind === 'fault' ? 'repair' : 'install';
    const timer = new AbortController();
    const late = pause(limitMs, [], { signal: timer.signal }).catch(() => []);
    const asked = operator.listSlots({ kind, address: order.address }).catch(() => []);
    const [first] = await Promise.race([asked, late]);
    timer.abort();
    return first ?? null;
  };
}
