import type { ChannelId } from '../contract/activity';
import type { Proof } from '../contract/dialog';
import type { Database } from '../records/database';
import { audit } from './customer-audit';
import {
  announce,
  appUsersOf,
  conversationsOf,
  customerOf,
  holderOf,
  insertCustomer,
  lastAppLink,
  lockCustomers,
  moveLinks,
  otherConversations,
  phonesOf,
  putLink,
  revoke,
  setName,
} from './customer-rows';
import { findProof, markUsed } from './one-time-code-rows';
import { isSamePerson, type LinkPlan, planLink } from './same-person';
import { bringSameUser } from './wechat-user';

/** A conversation that is to be linked, and what proves it. */
export interface LinkRequest {
  commandId: string;
  conversationId: string;
  channel: ChannelId;
  userId: string;
  at: number;
  /** The phone of an app token that spoke in the conversation; null: a one-time code must have been passed there. */
  token: { phone: string; accounts: string[] } | null;
  choice: 'merge' | 'switch' | null;
}

/** Whom the operator has as the holder of a phone; null when it does not say. */
export interface Holder {
  name: string;
  /** Keyed, so that the table tells nobody who it is. */
  hash: string;
}

export type LinkOutcome =
  | { status: 'linked' | 'merged' }
  | { status: 'other-customer' }
  /** No code was passed here within ten minutes, or it was used for a link already. */
  | { status: 'no-proof' };

interface Linking extends LinkRequest {
  phone: string;
  proof: Proof;
  holder: Holder | null;
}

/**
 * Links a conversation to the customer who holds the phone that was proven in it, in one transaction with its audit
 * entry and the news for the customer's other conversations. The same command again changes nothing. Orders stay with
 * the conversations that made them.
 */
export async function linkCustomer(
  db: Database,
  request: LinkRequest,
  findHolder: (phone: string) => Promise<Holder | null>,
): Promise<LinkOutcome> {
  const proven = request.token?.phone ?? (await findProof(db, request))?.phone;
  if (proven === undefined) return { status: 'no-proof' };
  // Asked before the lock is taken: the operator may take its time.
  const holder = await findHolder(proven);
  return db.transaction().execute(async (tx): Promise<LinkOutcome> => {
    await lockCustomers(tx);
    const code = request.token ? null : await findProof(tx, request);
    const phone = request.token?.phone ?? code?.phone;
    if (phone !== proven) return { status: 'no-proof' };
    const proof: Proof = request.token ? 'app-token' : 'one-time-code';
    const outcome = await link(tx, { ...request, phone, proof, holder });
    // What was only asked about may still be answered by the same proof.
    if (code && outcome.status !== 'other-customer') await markUsed(tx, code.id, request.commandId);
    return outcome;
  });
}

async function link(tx: Database, linking: Linking): Promise<LinkOutcome> {
  const { phone, conversationId, choice, proof, at } = linking;
  const own = await ownCustomer(tx, linking);
  const phones = own ? await phonesOf(tx, own) : [];
  const holder = await currentHolder(tx, linking, own);
  const plan = planLink(
    own ? { id: own, phones: phones.map(({ key }) => key).filter((key) => key !== phone) } : null,
    holder,
    proof,
    choice,
  );
  if (plan.type === 'ask') return { status: 'other-customer' };
  const customerId = await apply(tx, linking, plan);
  const before = await newsOf(tx, customerId);
  await attach(tx, linking, customerId);
  await dropReplaced(tx, linking, customerId);
  await bringSameUser(tx, linking, { customerId, commandId: linking.commandId });
  // Whoever opens the app again is no news to their other conversations.
  const isNews = plan.type === 'merge' || (await newsOf(tx, customerId)) !== before;
  if (isNews) await announce(tx, await otherConversations(tx, customerId, conversationId));
  const action = plan.type === 'merge' ? 'customer.merge' : 'customer.link';
  const from = plan.type === 'merge' ? `, customer:${plan.from} merged into it` : '';
  await audit(tx, action, customerId, `${linking.channel} by ${proof}${from}`, at);
  return { status: plan.type === 'merge' ? 'merged' : 'linked' };
}

/** What a customer's conversations know of each other: the channels and the phones. */
async function newsOf(tx: Database, customerId: string): Promise<string> {
  const channels = (await conversationsOf(tx, customerId)).map(({ channel }) => channel);
  const phones = (await phonesOf(tx, customerId)).map(({ key }) => key);
  return JSON.stringify([[...new Set(channels)].sort(), phones]);
}

/** The customer of the conversation, or of the app's user in another conversation of theirs. */
async function ownCustomer(tx: Database, { conversationId, proof, userId }: Linking): Promise<string | null> {
  const own = await customerOf(tx, conversationId);
  if (own !== null || proof !== 'app-token') return own;
  const last = await lastAppLink(tx, userId);
  return last !== null && last.revokedBecause === null ? last.customerId : null;
}

/** Who holds the phone now. A number that has passed to somebody else is taken from who had it before. */
async function currentHolder(tx: Database, linking: Linking, own: string | null): Promise<string | null> {
  const { phone, at, proof, userId, holder } = linking;
  const before = await holderOf(tx, phone);
  if (before === null) return null;
  const appUsers = await appUsersOf(tx, before.customerId);
  const now = { at, proof, userId, holder: holder?.hash ?? null };
  if (before.customerId === own || isSamePerson({ ...before, appUsers }, now)) return before.customerId;
  await revoke(tx, { phone }, { at, because: 'passed-on' });
  await announce(
    tx,
    (await conversationsOf(tx, before.customerId)).map((each) => each.conversationId),
  );
  await audit(tx, 'customer.unlink', before.customerId, 'phone passed on to somebody else', at);
  return null;
}

/** Answers the customer whom the conversation belongs to afterwards. */
async function apply(
  tx: Database,
  linking: Linking,
  plan: Exclude<LinkPlan, { type: 'ask' }>,
): Promise<string> {
  const { conversationId, at, holder } = linking;
  if (plan.type === 'add-phone') return plan.customerId;
  if (plan.type === 'merge') {
    await moveLinks(tx, plan.from, plan.into);
    return plan.into;
  }
  const before = await customerOf(tx, conversationId);
  if (before !== null && before !== plan.customerId) {
    await revoke(tx, { conversationIds: [conversationId] }, { at, because: 'switched' });
    await audit(tx, 'customer.unlink', before, `${linking.channel} went to another customer`, at);
  }
  return plan.customerId ?? insertCustomer(tx, holder?.name ?? null, at);
}

async function attach(tx: Database, linking: Linking, customerId: string): Promise<void> {
  const { channel, userId, conversationId, phone, proof, commandId, at, holder, token } = linking;
  const common = { customerId, proof, proofId: commandId, at };
  await putLink(tx, { ...common, kind: channel, key: userId, conversationId });
  await putLink(tx, { ...common, kind: 'phone', key: phone, conversationId: null, holder: holder?.hash });
  for (const account of token?.accounts ?? []) {
    await putLink(tx, { ...common, kind: 'account', key: account, conversationId: null });
  }
  if (holder) await setName(tx, customerId, holder.name);
}

/** The app knows one phone of its user: when it names another, the earlier one is theirs no more. */
async function dropReplaced(
  tx: Database,
  { proof, phone, userId, at }: Linking,
  customerId: string,
): Promise<void> {
  if (proof !== 'app-token') return;
  const users = await appUsersOf(tx, customerId);
  // A phone of another user of the app is not this one's to replace.
  if (users.some((user) => user !== userId)) return;
  for (const each of await phonesOf(tx, customerId)) {
    const isReplaced = each.proof === 'app-token' && each.key !== phone;
    if (isReplaced) await revoke(tx, { phone: each.key }, { at, because: 'replaced' });
  }
}
