import { setTimeout as pause } from 'node:timers/promises';
import type { OrderFacts } from '../contract/orders';
import type { Customer, Operator } from './operator';

/** Where an address lies, by what it says and by the operator's service areas. */
export type PlaceOf = (place: {
  address: string | null;
  area: string | null;
}) => Pick<OrderFacts, 'area' | 'province' | 'settlement'>;

interface FactsDependencies {
  operator: Pick<Operator, 'findCustomer'>;
  placeOf: PlaceOf;
  /** How long an order waits for the account. */
  limitMs: number;
}

const NOWHERE = { province: null, settlement: null };

/**
 * Facts of an order: product and level from the account of the phone that the asker has proven, place from the address;
 * from the account only for an order without an address, or at the account's own. An account that is not told in time is
 * not known.
 */
export function createOrderFacts({ operator, placeOf, limitMs }: FactsDependencies) {
  return async (
    order: { address?: string | null | undefined; area?: string | null | undefined },
    provenPhone: string | null,
  ): Promise<OrderFacts> => {
    const address = order.address ?? null;
    const customer = provenPhone === null ? null : await inTime(operator.findCustomer(provenPhone), limitMs);
    const place = placeOf({ address, area: order.area ?? null });
    const atHome =
      customer && (address === null || address === customer.address) ? homeOf(customer) : NOWHERE;
    return {
      area: place.area,
      product: customer?.product ?? null,
      customerLevel: customer?.level ?? null,
      province: place.province ?? atHome.province,
      settlement: place.settlement ?? atHome.settlement,
    };
  };
}

const homeOf = ({ province, settlement }: Customer) => ({
  province: province ?? null,
  settlement: settlement ?? null,
});

async function inTime<T>(asked: Promise<T | null>, limitMs: number): Promise<T | null> {
  const timer = new AbortController();
  const late = pause(limitMs, null, { signal: timer.signal }).catch(() => null);
  const found = await Promise.race([asked.catch(() => null), late]);
  timer.abort();
  return found;
}
