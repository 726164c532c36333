import type { Database } from '../records/database';
import { audit } from './customer-audit';
import {
  announce,
  conversationsOf,
  customerOf,
  lockCustomers,
  otherConversations,
  revoke,
} from './customer-rows';

/**
 * Ends the link of a conversation and of the same user's others on its channel, or of everything that the customer has
 * linked, together with the orders that were shown there because of it. Answers whether there was a link; doing it
 * again changes nothing.
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
    const here = linked.find((each) => each.conversationId === conversationId);
    const gone = linked.filter(
      ({ channel, user }) => scope === 'all' || (channel === here?.channel && user === here.user),
    );
    const conversationIds = gone.map((each) => each.conversationId);
    const told = await otherConversations(tx, customerId, conversationId);
    // Without a conversation nothing is left that a phone could be shown to.
    const isLast = gone.length === linked.length;
    await revoke(tx, isLast ? { customerId } : { conversationIds }, { at, because: 'customer' });
    await tx.deleteFrom('work_order_links').where('conversation_id', 'in', conversationIds).execute();
    await announce(tx, told);
    await audit(tx, 'customer.unlink', customerId, scope === 'all' ? 'all channels' : 'one channel', at);
    return true;
  });
