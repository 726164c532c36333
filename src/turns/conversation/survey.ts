import type { ConversationState } from '../../contract/conversation';
import { operations } from '../../contract/operations';
import { ASK_LATER_MS, mayAsk, nextMoment } from '../../satisfaction/when-to-ask';
import { changeOwner } from './change-owner';
import { quietUntilOf } from './clocks/held-text';
import { converse } from './converse';
import { noteSurvey, surveyOf } from './note-rating';
import { cancelTimer, setTimer, type Work } from './work';

/** Opened half an hour to a day after the customer has said that something is solved. */
const SURVEY = 'survey';
const surveyTimer = (number: string): string => `survey:${number}`;
const OVER: readonly string[] = ['closed', 'cancelled'];

/**
 * The customer has said whether an order is done. If so they are asked how it was, when the time for it has come; an
 * order that is open again is not rated.
 */
export function onConfirmed(work: Work, value: unknown): void {
  const { status, order } = operations['work-order.confirm'].value.parse(value);
  if (order === null) return;
  const { at } = work.entry;
  if (status === 'reopened') return cancelTimer(work, surveyTimer(order.number));
  if (status !== 'closed') return;
  leaveLine(work, order.number);
  planFrom(work, { number: order.number, solvedAt: at }, at);
}

/** Handoffs that an order which is not done, or is late, brought about. */
const ABOUT_ORDERS: readonly string[] = ['repair-not-confirmed', 'complaint-not-accepted'];

/** Nobody need come any more who was called in because the order was not done. */
function leaveLine(work: Work, number: string): void {
  const { owner, reason } = work.state.ownership;
  if (owner !== 'queued' || reason === null) return;
  if (ABOUT_ORDERS.includes(reason) || reason.endsWith(`:${number}`)) changeOwner(work, { type: 'withdraw' });
}

export interface SurveyDue {
  number: string;
  solvedAt: number;
}

function planFrom(work: Work, { number, solvedAt }: SurveyDue, from: number): void {
  const dueAt = nextMoment(solvedAt, from, quietUntilOf(work));
  if (dueAt === null) return;
  setTimer(work, { id: surveyTimer(number), dueAt, value: { subject: 'survey', number, solvedAt } });
}

/** Whether the bot has the conversation and nothing is under way in it. */
const isIdle = ({ ownership, dialog }: ConversationState): boolean =>
  ownership.owner === 'bot' && (dialog?.frames.length ?? 0) === 0;

export function onSurveyDue(work: Work, due: SurveyDue): void {
  const { state, entry, content } = work;
  if (!content.dialogs.dialogs.has(SURVEY)) return;
  // A server that was down for the night must not wake anybody either.
  const isNight = quietUntilOf(work)(entry.at) !== null;
  if (isNight || !isIdle(state)) return planFrom(work, due, entry.at + (isNight ? 0 : ASK_LATER_MS));
  if (nextMoment(due.solvedAt, entry.at, quietUntilOf(work)) === null) return;
  const orders = [...state.orders, ...(state.customer?.record?.orders ?? [])];
  const hasOpenOrder = orders.some(({ status }) => !OVER.includes(status));
  if (!mayAsk(surveyOf(state), hasOpenOrder, entry.at)) return;
  noteSurvey(work, { askedAt: entry.at, about: due.number });
  converse(work, { type: 'start', dialog: SURVEY });
}

/** The dialog about fraud, and the beginning of the reasons for which it calls a human. */
const SCAM = 'scam';

/** Also what is told by the bot alone, and what is no danger yet. */
const isAboutScam = ({ dialog, ownership }: ConversationState): boolean =>
  (dialog?.frames.some((frame) => frame.dialog === SCAM) ?? false) ||
  (ownership.owner !== 'bot' && (ownership.reason?.startsWith(SCAM) ?? false));

/** Danger and fraud: nobody is asked how that was. */
export function noteDanger(work: Work): void {
  const { priority, owner } = work.state.ownership;
  if (!isAboutScam(work.state) && (priority !== 'danger' || owner === 'bot')) return;
  noteSurvey(work, { dangerAt: work.entry.at });
}
