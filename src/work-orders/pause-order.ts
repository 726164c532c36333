import { isOpenStatus } from '../contract/orders';
import { isBlamedOnCustomer, type PauseReason } from '../contract/sla';
import { replay } from '../sla/replay';
import {
  type ChangeResult,
  changeOrder,
  type Decision,
  type OrderBooks,
  type Refusal,
} from './clocks/change-order';
import type { Held } from './clocks/fire-due';
import type { OrderRecord } from './order-record';

interface Act {
  number: string;
  /** The version that it was decided on; null for what does not depend on it. */
  version: number | null;
  /** `agent:<account id>`, `customer`, or whoever else works on it. */
  by: string;
  note?: string | null;
  at: number;
}

type Done = Pick<Act, 'by' | 'note' | 'at'>;

export function decidePause(
  order: OrderRecord,
  { reason, at, by, note = null }: Done & { reason: PauseReason },
): Decision | Refusal {
  if (!isOpenStatus(order.status) || order.pause) return 'not-allowed';
  return {
    order: { pause: { reason, since: at, isDisputed: false } },
    events: [{ type: 'paused', at, by, reason }],
    by,
    reason: `paused:${reason}`,
    note,
    change: 'paused',
  };
}

export function decideResume(order: OrderRecord, { at, by, note = null }: Done): Decision | Refusal {
  if (!order.pause) return 'not-allowed';
  const event = { type: 'resumed' as const, at, by };
  return { order: { pause: undefined }, events: [event], by, reason: 'resumed', note, change: 'resumed' };
}

/** Lets an open order stand still for a reason; its clocks stop as far as their policies allow it. */
export const pauseOrder = (books: OrderBooks, act: Act & { reason: PauseReason }): Promise<ChangeResult> =>
  changeOrder(books, act, ({ order }) => decidePause(order, act));

/** Goes on with an order that stands still. */
export const resumeOrder = (books: OrderBooks, act: Act): Promise<ChangeResult> =>
  changeOrder(books, act, ({ order }) => decideResume(order, act));

/** How the pauses of an order's clocks stand, those that were blamed on the customer, oldest first. */
const standingsOf = ({ clocks }: Held) =>
  clocks.slice(0, 1).flatMap(({ log }) => {
    const { past, spells } = replay(log);
    const pauses = [...past, ...spells].flatMap(({ pause }) => (pause ? [pause] : []));
    return [...new Set(pauses)].filter(({ reason }) => isBlamedOnCustomer(reason));
  });

/**
 * The customer denies the last pause that was blamed on them: its time counts until a supervisor rules, who is told
 * with it. Refused when there is none, or it was disputed before.
 */
export const disputePause = (books: OrderBooks, act: Omit<Act, 'version'>): Promise<ChangeResult> =>
  changeOrder(books, { ...act, version: null }, (held) => {
    const { at, by, note = null } = act;
    if (!isOpenStatus(held.order.status)) return 'not-allowed';
    if (standingsOf(held).at(-1)?.standing !== 'undisputed') return 'not-allowed';
    const { pause } = held.order;
    return {
      order: { pause: pause && { ...pause, isDisputed: true } },
      events: [{ type: 'disputed', at, by }],
      by,
      reason: 'pause-disputed',
      note,
      change: 'disputed',
      alarm: 'pause-disputed',
    };
  });

/** A supervisor decides on a disputed pause: upheld, it does not count after all. */
export const ruleOnPause = (books: OrderBooks, act: Act & { isUpheld: boolean }): Promise<ChangeResult> =>
  changeOrder(books, act, (held) => {
    const { at, by, isUpheld, note = null } = act;
    if (!standingsOf(held).some(({ standing }) => standing === 'disputed')) return 'not-allowed';
    const { pause } = held.order;
    return {
      order: { pause: pause && { ...pause, isDisputed: false } },
      events: [{ type: 'ruled', at, by, isUpheld }],
      by,
      reason: isUpheld ? 'pause-upheld' : 'pause-overturned',
      note,
      change: 'clock',
    };
  });
