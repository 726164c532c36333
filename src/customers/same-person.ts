import type { Proof } from '../contract/dialog';

/**
 * A phone that was given up stays unassigned for 90 days: until then whoever proves it is who proved it before. Later
 * only the operator can tell, by the holder whom it has on record.
 */
export const PHONE_PROOF_MS = 90 * 24 * 3600_000;

export interface PhoneProof {
  at: number;
  proof: Proof;
  /** Of the app's token: its user. */
  userId: string;
  /** A keyed hash of whom the operator has as the holder; null when it does not say. */
  holder: string | null;
}

/**
 * Whether a phone that is proven now is in the same hands as when it was proven last. A number that was given to
 * somebody else, or an app user other than the customer's on the same number, is a stranger unless the operator names
 * the same holder.
 */
export function isSamePerson(
  before: { provedAt: number; holder: string | null; appUsers: string[] },
  now: PhoneProof,
): boolean {
  const isKnown = before.holder !== null && now.holder !== null;
  if (isKnown) return before.holder === now.holder;
  const isOtherUser =
    now.proof === 'app-token' && before.appUsers.length > 0 && !before.appUsers.includes(now.userId);
  return !isOtherUser && now.at - before.provedAt < PHONE_PROOF_MS;
}

/** What a proof makes of the customers that it concerns. */
export type LinkPlan =
  /** The conversation goes to this customer; null: to a new one. */
  | { type: 'join'; customerId: string | null }
  /** The phone becomes one more of the conversation's customer. */
  | { type: 'add-phone'; customerId: string }
  /** Both were proven to be one person. */
  | { type: 'merge'; from: string; into: string }
  /** The conversation belongs to a customer with another phone: whoever speaks must say what is meant. */
  | { type: 'ask' };

/**
 * Decides what a proven phone means. `own` is the conversation's customer with the other phones that they have, `holder`
 * the customer who holds the phone, each null when there is none. Nothing here is decided by a phone that was only typed.
 */
export function planLink(
  own: { id: string; phones: string[] } | null,
  holder: string | null,
  proof: Proof,
  choice: 'merge' | 'switch' | null,
): LinkPlan {
  if (own === null || own.id === holder) return { type: 'join', customerId: holder };
  // The app vouches for its user and the phone at once; by a code the two are two proofs, and consent joins them.
  const isAsked = proof === 'one-time-code' && (own.phones.length > 0 || holder !== null);
  if (isAsked && choice === null) return { type: 'ask' };
  if (isAsked && choice === 'switch') return { type: 'join', customerId: holder };
  return holder === null
    ? { type: 'add-phone', customerId: own.id }
    : { type: 'merge', from: own.id, into: holder };
}
