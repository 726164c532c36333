import type { CallOutcome } from '../../contract/dialog';
import { SILENCE_TIMER } from '../../dialogs/turn';
import { endSession } from './converse';
import { addCommand, cancelTimer, isBotAnswering, setTimer, type Work } from './work';

/**
 * A customer who left (unfollowed the account) is forgotten after a while, unless they come back. What is still being
 * worked on, an order or a complaint, keeps everything until it is closed.
 */
const FORGET_TIMER = 'forget';
export const FORGET = 'customer.forget';
const DAY_MS = 24 * 3600_000;
const FORGET_AFTER_MS = 7 * DAY_MS;

export function onLeft(work: Work): void {
  const dueAt = work.entry.at + (work.settings.forgetAfterMs ?? FORGET_AFTER_MS);
  setTimer(work, { id: FORGET_TIMER, dueAt, value: { subject: 'forget' } });
}

/** Whoever says something is here again. */
export const onReturn = (work: Work): void => cancelTimer(work, FORGET_TIMER);

export function onForgetDue(work: Work): void {
  if (!isBotAnswering(work.state)) return askAgain(work);
  const replyTo = { frameId: FORGET_TIMER, callId: work.entry.turnId };
  addCommand(work, { operation: FORGET, args: {}, replyTo });
}

const askAgain = (work: Work): void =>
  setTimer(work, { id: FORGET_TIMER, dueAt: work.entry.at + DAY_MS, value: { subject: 'forget' } });

/** The stores have forgotten the customer, or found an order that is open. */
export function onForgotten(work: Work, outcome: CallOutcome): void {
  if (outcome.type !== 'ok') return askAgain(work);
  const { state } = work;
  endSession(work, 'customer-left');
  cancelTimer(work, SILENCE_TIMER);
  for (const { waiting } of state.dialog?.frames ?? []) if (waiting) cancelTimer(work, waiting.timerId);
  Object.assign(state, {
    customer: null,
    dialog: null,
    orders: [],
    heldResults: [],
    lastText: '',
    elsewhere: undefined,
  });
  state.user = { ...state.user, name: null };
}
