import type { CustomerRecord, OrderRef } from '../contract/dialog';
import { customerRecordSchema } from '../contract/dialog';
import type { Database } from '../records/database';
import { conversationsOf, customerOf, formerIdsOf, nameOf, phonesOf } from './customer-rows';
import { PHONE_PROOF_MS } from './same-person';

/** Orders of a customer as a record names them, and the address of the newest. */
export type ReadCustomerOrders = (
  conversationIds: string[],
  exceptOf: string,
) => Promise<{ orders: OrderRef[]; address: string | null }>;

/**
 * The record of the customer whom a conversation is linked to, as it stands now; null when it is linked to nobody. A
 * phone whose proof has grown too old is left out: it may be somebody else's by now.
 */
export async function readRecord(
  { db, readOrders }: { db: Database; readOrders: ReadCustomerOrders },
  conversationId: string,
  now: number,
): Promise<CustomerRecord | null> {
  const id = await customerOf(db, conversationId);
  if (id === null) return null;
  const [newest] = await phonesOf(db, id);
  const phone = newest && now - newest.provedAt < PHONE_PROOF_MS ? newest : null;
  const linked = await conversationsOf(db, id);
  const conversationIds = linked.map((each) => each.conversationId);
  const here = linked.find((each) => each.conversationId === conversationId);
  const channels = [...new Map([...linked].reverse().map((each) => [each.channel, each])).values()];
  return customerRecordSchema.parse({
    id,
    formerIds: await formerIdsOf(db, id),
    name: await nameOf(db, id),
    linkedBy: here?.proof ?? null,
    phone: phone?.key ?? null,
    phoneProvedAt: phone?.provedAt ?? null,
    channels: channels.map(({ channel, provedAt }) => ({ channel, provedAt })),
    ...(await readOrders(conversationIds, conversationId)),
  });
}
