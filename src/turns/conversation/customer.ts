import type { ConversationState, Entry } from '../../contract/conversation';
import { customerReadSchema, type Elsewhere, type Unfinished } from '../../contract/customers';
import type { CallOutcome, CustomerRecord, CustomerSnapshot } from '../../contract/dialog';
import { operations } from '../../contract/operations';
import { PHONE_PROOF_MS } from '../../customers/same-person';
import { forgetAccount } from '../../dialogs/forget-account';
import { addCommand, cancelTimer, speakPattern, type Work } from './work';

/**
 * Who speaks, as far as it is proven. A turn never asks the database: it keeps a snapshot, and gives commands whose
 * outcomes renew it when a link may have been made or ended somewhere.
 */
const NOTHING: Elsewhere = {
  linkedPhone: null,
  unfinished: null,
  offered: null,
  past: [],
  takes: null,
  given: [],
  gives: null,
  parked: null,
};

export const elsewhereOf = ({ elsewhere }: ConversationState): Elsewhere => elsewhere ?? NOTHING;

export function noteElsewhere(work: Work, changed: Partial<Elsewhere>): void {
  work.state.elsewhere = { ...elsewhereOf(work.state), ...changed };
}

/** What the entry proves of its speaker, and what time has taken from earlier proofs. */
export function meetSpeaker(state: ConversationState, { customer: token, at }: Entry): void {
  const before = state.customer;
  if (token) {
    const { record = null, helpedPhone = null } = before ?? {};
    state.customer = { ...token, proof: 'app-token', provedAt: at, record, helpedPhone };
    return;
  }
  const isOld = before?.provedAt ? at - before.provedAt >= PHONE_PROOF_MS : false;
  if (before && isOld) state.customer = before.record ? { ...before, phone: null } : null;
}

/** A phone that a one-time code has proven belongs to the conversation; of a known customer it may be somebody else's. */
export function trustPhone(work: Work, value: unknown): void {
  const { isVerified, phone } = operations['otp.verify'].value.parse(value);
  if (!isVerified || phone === null) return;
  const { customer, user } = work.state;
  const isKnown = customer !== null && (customer.proof === 'app-token' || Boolean(customer.record));
  if (isKnown && customer.phone === phone) return;
  work.state.customer = isKnown
    ? { ...customer, helpedPhone: phone }
    : {
        id: user.id,
        name: user.name,
        phone,
        accounts: [],
        proof: 'one-time-code',
        provedAt: work.entry.at,
        record: null,
      };
}

/** Help for somebody else ends with the session in which it was given. */
export const endHelp = (customer: CustomerSnapshot | null): CustomerSnapshot | null =>
  customer?.helpedPhone ? { ...customer, helpedPhone: null } : customer;

/** Commands that no dialog waits for are answered here. */
const FRAME = 'customer';
const OFFERS = 'offer';

/**
 * Asks who the customer is: when the app names a phone that it has not named before, and as a session begins. Of WeChat
 * it is asked then which person somebody is, who may be known from another account.
 */
export function askWho(work: Work): void {
  const { state, entry } = work;
  const phone = entry.customer?.phone ?? null;
  const replyTo = { frameId: FRAME, callId: OFFERS };
  if (phone !== null && phone !== elsewhereOf(state).linkedPhone) {
    noteElsewhere(work, { linkedPhone: phone });
    addCommand(work, { operation: 'customer.meet', args: {}, replyTo });
    return;
  }
  if (state.session?.id !== entry.turnId) return;
  const isIdentified = state.channel === 'wechat' && work.settings.canIdentify?.(state.user.id);
  if (isIdentified) addCommand(work, { operation: 'customer.same-user', args: {}, replyTo });
  else if (state.customer?.record) addCommand(work, { operation: 'customer.read', args: {}, replyTo });
}

/** A link was made or ended in another conversation of the customer. */
export const onCustomerChanged = (work: Work): void =>
  void addCommand(work, {
    operation: 'customer.read',
    args: {},
    replyTo: { frameId: FRAME, callId: 'know' },
  });

/** Takes what an outcome says of the customer. True when no dialog waits for it. */
export function takeCustomerOutcome(
  work: Work,
  { operation, callId, outcome }: { operation: string; callId: string; outcome: CallOutcome },
): boolean {
  const value = outcome.type === 'ok' ? outcome.value : null;
  switch (operation) {
    case 'customer.meet':
    case 'customer.read':
    case 'customer.same-user':
      if (value !== null) takeRead(work, customerReadSchema.parse(value), callId === OFFERS);
      return true;
    case 'customer.link': {
      const linked = value === null ? null : operations['customer.link'].value.parse(value);
      if (linked && linked.status !== 'other-customer') takeRead(work, linked, true);
      return false;
    }
    case 'customer.unlink':
      if (value !== null) takeRecord(work, null);
      return false;
    case 'dialog.take':
      if (outcome.type !== 'ok') onNotTaken(work);
      return true;
    default:
      return false;
  }
}

function takeRead(
  work: Work,
  { record, unfinished }: { record: CustomerRecord | null; unfinished: Unfinished | null },
  isOffered: boolean,
): void {
  takeRecord(work, record);
  if (!isOffered || unfinished === null) return;
  const isPast = elsewhereOf(work.state).past.includes(nameOf(unfinished));
  if (!isPast) noteElsewhere(work, { unfinished });
}

/** The same dialog in the same conversation is offered once. */
export const nameOf = ({ conversationId, frameId }: Unfinished): string => `${conversationId}:${frameId}`;

function takeRecord(work: Work, record: CustomerRecord | null): void {
  const { customer, user } = work.state;
  if (record === null) return loseRecord(work);
  // Somebody else is spoken of from here on: what the earlier account told is not theirs.
  const known = customer?.record?.id ?? record.id;
  if (known !== record.id && !record.formerIds.includes(known)) loseRecord(work);
  const isApp = customer?.proof === 'app-token';
  const helpedPhone = customer?.helpedPhone === record.phone ? null : (customer?.helpedPhone ?? null);
  work.state.customer = {
    id: user.id,
    name: record.name ?? customer?.name ?? null,
    phone: isApp ? customer.phone : record.phone,
    accounts: customer?.accounts ?? [],
    proof: customer?.proof ?? (record.linkedBy === 'unionid' ? null : 'one-time-code'),
    provedAt: isApp ? customer.provedAt : record.phoneProvedAt,
    record,
    helpedPhone,
  };
}

/** The link has ended: nothing that it showed stays, in open dialogs neither. What the app vouches for it still does. */
function loseRecord(work: Work): void {
  const { customer, dialog } = work.state;
  if (!customer?.record) return;
  const { record, phone, proof } = customer;
  work.state.customer = proof === 'app-token' ? { ...customer, record: null, helpedPhone: null } : null;
  noteElsewhere(work, { unfinished: null, offered: null, parked: null });
  if (!dialog) return;
  const facts = { phone, address: record.address, orderNumbers: record.orders.map(({ number }) => number) };
  const forgotten = forgetAccount(work.content.dialogs, dialog, facts);
  work.state.dialog = forgotten.state;
  for (const id of forgotten.cancelTimers) cancelTimer(work, id);
}

function onNotTaken(work: Work): void {
  noteElsewhere(work, { takes: null });
  speakPattern(work, 'nothing-to-take');
}
