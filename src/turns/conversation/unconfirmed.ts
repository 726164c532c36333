import type { OrderRef } from '../../contract/dialog';
import { quietUntilOf } from './clocks/held-text';
import { converse } from './converse';
import { addCommand, cancelTimer, setTimer, type Work } from './work';

/**
 * Nobody says whether an order that is reported as done is. After a day of silence it is closed as unconfirmed, if the
 * line is good; a customer with a complaint is asked on a second day first.
 */
const CLOSE_UNCONFIRMED = 'work-order.close-unconfirmed';
const VERIFY = 'verify-repair';
const SILENCE_MS = 24 * 3600_000;
/** How soon it is looked again whether the bot may ask at all, once a human had the conversation. */
const LOOK_AGAIN_MS = 3600_000;
/** How often each kind is asked before it is closed without an answer. */
const ASKED: Record<OrderRef['kind'], number> = { fault: 1, installation: 1, complaint: 2 };

const timerOf = (number: string): string => `unconfirmed:${number}`;

export interface UnconfirmedDue {
  number: string;
  /** How often the customer has been asked; 0 when a human had the conversation as it was reported. */
  asked: number;
}

export const awaitWord = (work: Work, due: UnconfirmedDue, from = work.entry.at): void =>
  setTimer(work, {
    id: timerOf(due.number),
    dueAt: from + SILENCE_MS,
    value: { subject: 'unconfirmed', ...due },
  });

/** Asks whether it is done, wherever the conversation stands. False for content that has no dialog for it. */
export function askForWord(work: Work, due: UnconfirmedDue): boolean {
  if (!work.content.dialogs.dialogs.has(VERIFY)) return false;
  converse(work, { type: 'start', dialog: VERIFY, isAnew: true });
  awaitWord(work, due);
  return true;
}

/** A human has the conversation: the question waits until the bot is back. */
export const askLater = (work: Work, number: string): void =>
  awaitWord(work, { number, asked: 0 }, work.entry.at + LOOK_AGAIN_MS - SILENCE_MS);

export const stopAwaiting = (work: Work, number: string): void => cancelTimer(work, timerOf(number));

export function onUnconfirmedDue(work: Work, due: UnconfirmedDue): void {
  const { state, entry } = work;
  const order = state.orders.find(({ number }) => number === due.number);
  if (order?.status !== 'resolved') return;
  // Nobody is asked while a human serves them; and who has written since they were asked is not silent.
  if (state.ownership.owner !== 'bot')
    return due.asked === 0 ? askLater(work, due.number) : awaitWord(work, due);
  const heardAt = state.session?.lastAt ?? 0;
  if (due.asked > 0 && entry.at - heardAt < SILENCE_MS) return awaitWord(work, due, heardAt);
  if (due.asked >= ASKED[order.kind]) {
    addCommand(work, { operation: CLOSE_UNCONFIRMED, args: { number: due.number } });
    return;
  }
  const morningAt = quietUntilOf(work)(entry.at);
  if (morningAt !== null) return awaitWord(work, due, morningAt - SILENCE_MS);
  askForWord(work, { ...due, asked: due.asked + 1 });
}
