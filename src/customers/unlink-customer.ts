import type { Database } from '../records/database';
import { announce, conversationsOf, customerOf, lockCustomers, revoke } from './customer-rows';
import { audit } from './link-customer';

/**
 * Ends the link of a conversation, or of everything that the customer has linked, together with the orders that were
 * shown there because of it. Answers whether there was a link; doing it again changes nothing.
 */
export const unlinkCustomer = (
  db: Database,
  { conversationId, scope, at }: { conversationId: string; scope: 'here' | 'all'; at: number },
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    await lockCustomers(tx);
    const customerId = await customerOf(tx, conversationId);
    if (customerId === null) return false;
    const linked = await conversationsOf(tx, customerId);
    const all = linked.map((each) => each.conversationId);
    const ended = { at, because: 'customer' };
    const gone = scope === 'all' || all.length === 1 ? all : [conversationId];
    // Without a conversation nothing is left that a phone could be shown to.
    await revoke(tx, gone.length === all.length ? { customerId } : { conversationId }, ended);
    await tx.deleteFrom('work_order_links').where('conversation_id', 'in', gone).execute();
    await announce(
      tx,
      all.filter((id) => id !== conversationId),
    );
    await audit(tx, 'customer.unlink', customerId, scope === 'all' ? 'all channels' : 'one channel', at);
    return true;
  });
