import type { Database } from '../records/database';
import { audit } from './customer-audit';
import {
  announce,
  conversationsOf,
  customerOf,
  lockCustomers,
  otherConversations,
  putLink,
} from './customer-rows';

/**
 * WeChat's own word for who somebody is. Within one open platform (开放平台) every official account sees the same
 * unionid for the same person, so that a link which was proven on one account holds on the others. It joins
 * conversations to a customer; it never makes one, and never merges two.
 */
export interface WechatUser {
  conversationId: string;
  /** `<account>/<openid>` */
  userId: string;
  /** `<open platform>/<unionid>`: the same unionid of another platform is somebody else. */
  union: string;
  at: number;
}

/** What is noted already of a conversation's user; null when WeChat has to be asked. */
export async function unionOf(db: Database, conversationId: string): Promise<string | null> {
  const row = await db
    .selectFrom('wechat_users')
    .select('union_key')
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  return row?.union_key ?? null;
}

/**
 * Notes whose conversation it is. If exactly one customer has conversations of the same person, this one becomes
 * theirs, unless its link was ended by the customer. Answers whether anything was linked; again it changes nothing.
 */
export const linkWechatUser = (db: Database, user: WechatUser, commandId: string): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    await lockCustomers(tx);
    await noteUser(tx, user);
    if ((await customerOf(tx, user.conversationId)) !== null) return false;
    const customers = await customersOf(tx, user.union);
    const [customerId] = customers;
    if (customerId === undefined || customers.length > 1) return false;
    return bringIn(tx, user, { customerId, commandId });
  });

/**
 * The person's conversations on other accounts follow one that was just linked by proof, if they belong to nobody.
 * Runs in the transaction that linked it, below the lock.
 */
export async function bringSameUser(
  tx: Database,
  { conversationId, at }: Pick<WechatUser, 'conversationId' | 'at'>,
  link: { customerId: string; commandId: string },
): Promise<void> {
  const union = await unionOf(tx, conversationId);
  if (union === null) return;
  for (const other of await usersOf(tx, union)) {
    if (other.conversation_id === conversationId) continue;
    if ((await customerOf(tx, other.conversation_id)) !== null) continue;
    await bringIn(tx, { conversationId: other.conversation_id, userId: other.user_id, union, at }, link);
    await announce(tx, [other.conversation_id]);
  }
}

async function bringIn(
  tx: Database,
  { conversationId, userId, at }: WechatUser,
  { customerId, commandId }: { customerId: string; commandId: string },
): Promise<boolean> {
  if (await wasEnded(tx, conversationId)) return false;
  const before = await conversationsOf(tx, customerId);
  const link = {
    customerId,
    kind: 'wechat',
    key: userId,
    conversationId,
    proof: 'unionid' as const,
    proofId: commandId,
    at,
  };
  await putLink(tx, link);
  const isNews = !before.some(({ channel }) => channel === 'wechat');
  if (isNews) await announce(tx, await otherConversations(tx, customerId, conversationId));
  await audit(tx, 'customer.link', customerId, 'wechat by unionid', at);
  return true;
}

/** Whoever ended a link is not linked again by what they did not do. */
async function wasEnded(tx: Database, conversationId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('customer_links')
    .select('revoked_because')
    .where('conversation_id', '=', conversationId)
    .orderBy('proved_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.revoked_because === 'customer';
}

const noteUser = (tx: Database, { conversationId, userId, union, at }: WechatUser): Promise<unknown> =>
  tx
    .insertInto('wechat_users')
    .values({ conversation_id: conversationId, user_id: userId, union_key: union, at: String(at) })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet({ union_key: union }))
    .execute();

const usersOf = (tx: Database, union: string) =>
  tx
    .selectFrom('wechat_users')
    .select(['conversation_id', 'user_id'])
    .where('union_key', '=', union)
    .orderBy('at')
    .execute();

/** The customers whom conversations of one person are linked to. */
async function customersOf(tx: Database, union: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('customer_links')
    .innerJoin('wechat_users', 'wechat_users.conversation_id', 'customer_links.conversation_id')
    .select('customer_links.customer_id')
    .distinct()
    .where('wechat_users.union_key', '=', union)
    .where('customer_links.revoked_at', 'is', null)
    .execute();
  return rows.map((row) => row.customer_id);
}
