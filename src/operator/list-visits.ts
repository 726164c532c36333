import type { Appointment, OrderKind } from '../contract/orders';
import type { Operator } from './operator';
import { visitsToOffer } from './visits-to-offer';

/** Free visits for an order that stands already: the field team's calendar, by what the order is about. */
export const createListVisits =
  (operator: Pick<Operator, 'listSlots'>) =>
  async (wanted: { kind: OrderKind; address: string; wishAt: number | null }): Promise<Appointment[]> => {
    const kind = wanted.kind === 'installation' ? 'install' : 'repair';
    return visitsToOffer(await operator.listSlots({ ...wanted, kind }), wanted.wishAt);
  };
