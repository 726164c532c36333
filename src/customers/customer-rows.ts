import { v7 as uuid } from 'uuid';
import type { Proof } from '../contract/dialog';
import { CUSTOMERS_LOCK, takeLock } from '../records/advisory-lock';
import type { Database } from '../records/database';

/** Rows of customers and of what belongs to them. A row that was revoked stays, as the history. */
export const lockCustomers = (tx: Database): Promise<void> => takeLock(tx, CUSTOMERS_LOCK);

export interface PhoneRow {
  customerId: string;
  key: string;
  holder: string | null;
  proof: string;
  provedAt: number;
}

const active = (db: Database) => db.selectFrom('customer_links').where('revoked_at', 'is', null);

/** The customer that a conversation is linked to; null when it is not. */
export async function customerOf(db: Database, conversationId: string): Promise<string | null> {
  const row = await active(db)
    .select('customer_id')
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  return row?.customer_id ?? null;
}

/** The newest link that the app itself vouched for, ended or not. */
export async function lastAppLink(
  db: Database,
  userId: string,
): Promise<{ customerId: string; revokedBecause: string | null } | null> {
  const row = await db
    .selectFrom('customer_links')
    .select(['customer_id', 'revoked_because'])
    .where('kind', '=', 'app')
    .where('key', '=', userId)
    .where('proof', '=', 'app-token')
    .orderBy('proved_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row ? { customerId: row.customer_id, revokedBecause: row.revoked_because } : null;
}

const phoneColumns = ['customer_id', 'key', 'holder', 'proof', 'proved_at'] as const;
const phoneOf = (row: {
  customer_id: string;
  key: string;
  holder: string | null;
  proof: string;
  proved_at: string;
}): PhoneRow => ({
  customerId: row.customer_id,
  key: row.key,
  holder: row.holder,
  proof: row.proof,
  provedAt: Number(row.proved_at),
});

/** Who holds a phone, as far as it was ever proven. */
export async function holderOf(db: Database, phone: string): Promise<PhoneRow | null> {
  const row = await active(db)
    .select(phoneColumns)
    .where('kind', '=', 'phone')
    .where('key', '=', phone)
    .executeTakeFirst();
  return row ? phoneOf(row) : null;
}

/** The phones of a customer, the one proven last first. */
export async function phonesOf(db: Database, customerId: string): Promise<PhoneRow[]> {
  const rows = await active(db)
    .select(phoneColumns)
    .where('kind', '=', 'phone')
    .where('customer_id', '=', customerId)
    .orderBy('proved_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(phoneOf);
}

/** The app users whose conversations are linked to a customer. */
export async function appUsersOf(db: Database, customerId: string): Promise<string[]> {
  const rows = await active(db)
    .select('key')
    .distinct()
    .where('kind', '=', 'app')
    .where('customer_id', '=', customerId)
    .execute();
  return rows.map(({ key }) => key);
}

export interface LinkedConversation {
  conversationId: string;
  channel: string;
  /** Who speaks there, as the channel knows them. */
  user: string;
  /** What linked it. */
  proof: string;
  provedAt: number;
}

/** The linked conversations of a customer, the one proven last first. */
export async function conversationsOf(db: Database, customerId: string): Promise<LinkedConversation[]> {
  const rows = await active(db)
    .select(['conversation_id', 'kind', 'key', 'proof', 'proved_at'])
    .where('customer_id', '=', customerId)
    .where('conversation_id', 'is not', null)
    .orderBy('proved_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    conversationId: row.conversation_id ?? '',
    channel: row.kind,
    user: row.key,
    proof: row.proof,
    provedAt: Number(row.proved_at),
  }));
}

/** An app that is opened often leaves many conversations: those beyond the newest of a channel have lain idle. */
const NEWEST = 5;

/** The other conversations of a customer that may still be in use. */
export async function otherConversations(
  db: Database,
  customerId: string,
  exceptOf: string,
): Promise<string[]> {
  const taken = new Map<string, number>();
  return (await conversationsOf(db, customerId)).flatMap(({ conversationId, channel }) => {
    const count = (taken.get(channel) ?? 0) + (conversationId === exceptOf ? 0 : 1);
    taken.set(channel, count);
    return conversationId === exceptOf || count > NEWEST ? [] : [conversationId];
  });
}

/** The customers that turned out to be this one. */
export async function formerIdsOf(db: Database, customerId: string): Promise<string[]> {
  const rows = await db.selectFrom('customers').select('id').where('merged_into', '=', customerId).execute();
  return rows.map(({ id }) => id);
}

export async function nameOf(db: Database, customerId: string): Promise<string | null> {
  const row = await db.selectFrom('customers').select('name').where('id', '=', customerId).executeTakeFirst();
  return row?.name ?? null;
}

export async function insertCustomer(tx: Database, name: string | null, at: number): Promise<string> {
  const id = uuid();
  await tx
    .insertInto('customers')
    .values({ id, name, created_at: String(at), merged_into: null })
    .execute();
  return id;
}

export async function setName(tx: Database, customerId: string, name: string): Promise<void> {
  await tx.updateTable('customers').set({ name }).where('id', '=', customerId).execute();
}

export interface NewLink {
  customerId: string;
  kind: string;
  key: string;
  conversationId: string | null;
  holder?: string | null;
  proof: Proof | 'unionid';
  proofId: string;
  at: number;
}

/** Links, or renews the proof of a link that there is. Whoever had it before must have been parted from it. */
export async function putLink(tx: Database, link: NewLink): Promise<void> {
  const { customerId, kind, key, conversationId, holder = null, proof, proofId } = link;
  const fresh = { holder, proof, proof_id: proofId, proved_at: String(link.at) };
  const renewed = await tx
    .updateTable('customer_links')
    .set(fresh)
    .where('revoked_at', 'is', null)
    .where('customer_id', '=', customerId)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('conversation_id', conversationId === null ? 'is' : '=', conversationId)
    .executeTakeFirst();
  if (renewed.numUpdatedRows > 0n) return;
  await tx
    .insertInto('customer_links')
    .values({
      id: uuid(),
      customer_id: customerId,
      kind,
      key,
      conversation_id: conversationId,
      ...fresh,
      revoked_at: null,
      revoked_because: null,
    })
    .execute();
}

/** Ends the link of a conversation, a phone, or everything of a customer. */
export async function revoke(
  tx: Database,
  what: { conversationIds: string[] } | { phone: string } | { customerId: string },
  ended: { at: number; because: string },
): Promise<void> {
  const query = tx
    .updateTable('customer_links')
    .set({ revoked_at: String(ended.at), revoked_because: ended.because })
    .where('revoked_at', 'is', null);
  if ('conversationIds' in what) await query.where('conversation_id', 'in', what.conversationIds).execute();
  else if ('phone' in what) await query.where('kind', '=', 'phone').where('key', '=', what.phone).execute();
  else await query.where('customer_id', '=', what.customerId).execute();
}

/** All that belongs to one customer belongs to another from now on. */
export async function moveLinks(tx: Database, from: string, to: string): Promise<void> {
  await tx
    .updateTable('customer_links')
    .set({ customer_id: to })
    .where('customer_id', '=', from)
    .where('revoked_at', 'is', null)
    .execute();
  await tx
    .updateTable('customers')
    .set({ merged_into: to })
    .where((eb) => eb.or([eb('id', '=', from), eb('merged_into', '=', from)]))
    .execute();
}

/** Tells conversations, by the relay of `events_out`, that something of their customer changed. */
export async function announce(tx: Database, conversationIds: string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  await tx
    .insertInto('events_out')
    .values(conversationIds.map((id) => ({ conversation_id: id, name: 'customer.changed', value: '{}' })))
    .execute();
}
