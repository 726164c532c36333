import type { RegulatorCase } from '../../contract/regulator';
import {
  type ChangeResult,
  changeOrder,
  type Decision,
  type OrderBooks,
  type Refusal,
} from '../clocks/change-order';
import { cleanNullable, cleanText, type OrderRecord } from '../order-record';
import { decideMove } from '../transition-order';

/** Who acts on a case of the authority, on the version that they have read. */
interface Act {
  number: string;
  version: number;
  /** `agent:<account id>`. */
  by: string;
  note: string | null;
  at: number;
}

/** In the history of an order. */
const DRAFTED = 'reply-drafted';
const RETURNED = 'reply-returned';
const APPROVED = 'reply-approved';

/** Keeps the answer to a case as it is drafted; a supervisor is told that it waits. A new draft needs a new approval. */
export const draftReply = (books: OrderBooks, act: Act & { text: string }): Promise<ChangeResult> =>
  changeOrder(books, act, ({ order }) => {
    const open = openCaseOf(order);
    if (typeof open === 'string') return open;
    const { by, at, note } = act;
    const reply = { text: cleanText(act.text), by, at };
    const regulator = { ...open, reply, returned: null, approved: null };
    return { ...remark(regulator, act, DRAFTED), note, alarm: 'reply-waits' };
  });

/**
 * Approves the answer, which goes out to the customer with it: the case is resolved. Or sends it back with a word.
 * Nobody approves what they wrote themselves.
 */
export const ruleOnReply = (books: OrderBooks, act: Act & { isApproved: boolean }): Promise<ChangeResult> =>
  changeOrder(books, act, ({ order }) => decide(order, act));

function decide(order: OrderRecord, act: Act & { isApproved: boolean }): Decision | Refusal {
  const open = openCaseOf(order);
  if (typeof open === 'string') return open;
  if (open.reply === null) return 'no-reply';
  if (open.reply.by === act.by) return 'own-reply';
  const { by, at, isApproved } = act;
  const note = cleanNullable(act.note);
  if (!isApproved) return remark({ ...open, returned: { note, by, at } }, act, RETURNED);
  const regulator = { ...open, returned: null, approved: { by, at } };
  const moved = decideMove({ ...order, regulator }, { to: 'resolved', at, by, reason: APPROVED, note });
  if (typeof moved === 'string') return moved;
  return { ...moved, order: { ...moved.order, regulator }, answer: open.reply.text };
}

/** The case while it may still be answered; else why not. */
function openCaseOf({ regulator, status }: OrderRecord): RegulatorCase | Refusal {
  if (regulator === null) return 'not-allowed';
  return status === 'resolved' || status === 'closed' || status === 'cancelled' ? 'not-allowed' : regulator;
}

const remark = (regulator: RegulatorCase, { by, note }: Act, reason: string): Decision => ({
  order: { regulator },
  events: [],
  by,
  reason,
  note,
  change: 'remark',
});
