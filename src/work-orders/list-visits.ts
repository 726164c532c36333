import type { Command } from '../contract/conversation';
import type { OperationArgs } from '../contract/operations';
import type { Appointment, OrderKind } from '../contract/orders';
import type { Database } from '../records/database';
import { actAsCustomer } from './act-as-customer';

/** The field team's calendar, as work orders ask for it. */
export interface VisitDesk {
  /** At most three free visits, nearest to the wish; may fail, then the dialog goes on without. */
  listVisits?: (wanted: {
    kind: OrderKind;
    address: string;
    wishAt: number | null;
  }) => Promise<Appointment[]>;
}

/** Free visits for an order of the asker's, where it is to be done: nobody is shown the address for it. */
export async function listVisitsFor(
  { db, listVisits }: VisitDesk & { db: Database },
  { number, wishAt }: OperationArgs<'work-order.visits'>,
  command: Command,
  clock: () => number,
): Promise<Appointment[]> {
  const found = await actAsCustomer(db, number, command, clock, async ({ order }) => order);
  if (!found?.address || found.kind === 'complaint') return [];
  const { kind, address } = found;
  return (await listVisits?.({ kind, address, wishAt: wishAt ?? null })) ?? [];
}
