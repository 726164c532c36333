import { z } from 'zod';
import { type IncidentEvent, incidentEventSchema } from '../../contract/incidents';
import { newDialogState } from '../../dialogs/advance';
import { isAwake, quietUntilOf } from './clocks/held-text';
import { converse } from './converse';
import { awaitWord } from './unconfirmed';
import { addRecord, cancelTimer, isBotAnswering, localeOf, setTimer, speakPattern, type Work } from './work';

/** The value of the timer that tells later what could not be told at once. */
export const incidentDueSchema = z.object({
  subject: z.literal('incident'),
  event: incidentEventSchema,
  /** When it was news. */
  since: z.number(),
});
type IncidentDue = Pick<z.infer<typeof incidentDueSchema>, 'event' | 'since'>;

/** Tells that it is repaired, and asks whether it is so at home. */
const VERIFY = 'verify-recovery';
/** The dialog of reports, where it goes on under an outage, and its end. */
const REPORT = 'fault-report';
const WHILE_OUT = 'while-out';
const OVER = 'over';
/** While a human has the conversation the bot does not cut in: it looks again after so long. */
const AGAIN_MS = 10 * 60_000;
/** What is older is no news any more. */
const STALE_MS = 24 * 3600_000;

const timerOf = ({ incident }: IncidentEvent): string => `incident:${incident.id}`;

/** News of a mass outage that the conversation waits for. */
export const onIncident = (work: Work, value: unknown): void =>
  tellOrWait(work, { event: incidentEventSchema.parse(value), since: work.entry.at });

export const onIncidentDue = (work: Work, due: IncidentDue): void => tellOrWait(work, due);

/** Now, in the morning, or when no human has the conversation. The newest news takes the place of older. */
function tellOrWait(work: Work, due: IncidentDue): void {
  const { entry, state } = work;
  const morningAt = isAwake(work) ? null : quietUntilOf(work)(entry.at);
  if (morningAt !== null) return wait(work, due, morningAt);
  if (isBotAnswering(state)) {
    cancelTimer(work, timerOf(due.event));
    return tell(work, due.event);
  }
  if (entry.at - due.since < STALE_MS) return wait(work, due, entry.at + AGAIN_MS);
  const { news, incident } = due.event;
  addRecord(work, 'unshown', { incident: incident.id, news });
}

const wait = (work: Work, due: IncidentDue, dueAt: number): void =>
  setTimer(work, { id: timerOf(due.event), dueAt, value: { subject: 'incident', ...due } });

function tell(work: Work, event: IncidentEvent): void {
  const { incident, news } = event;
  if (news === 'recovered') return askWhether(work, event);
  const cause = incident.text[localeOf(work)];
  speakPattern(work, news === 'confirmed' ? 'incident-confirmed' : 'incident-updated', {
    cause,
    expectedAt: incident.expectedAt,
  });
  // Checks at home are in vain by now.
  if (news === 'confirmed') leaveChecks(work, event, WHILE_OUT);
}

/** Goes on at another step of the open report of this fault; nothing where there is none, or it has no such step. */
function leaveChecks(work: Work, { symptom }: IncidentEvent, step: string): void {
  const frames = work.state.dialog?.frames ?? [];
  const at = frames.findLastIndex(({ dialog }) => dialog === REPORT);
  // A dialog that the report runs is a part of it; another concern on top of it goes on.
  const isRunning = at >= 0 && frames.slice(at + 1).every(({ isRun }) => isRun === true);
  const isOfIt = isRunning && frames[at]?.slots.intent === `fault-${symptom}`;
  const steps = work.content.dialogs.dialogs.get(REPORT)?.steps ?? [];
  if (isOfIt && steps.some(({ id }) => id === step)) converse(work, { type: 'resume', dialog: null, step });
}

/** The dialog finds what it is about among the shared facts. Content of before there was one only says it. */
function askWhether(work: Work, event: IncidentEvent): void {
  const { symptom, orderNumber } = event;
  if (!work.content.dialogs.dialogs.has(VERIFY)) return speakPattern(work, 'incident-recovered');
  leaveChecks(work, event, OVER);
  const dialog = work.state.dialog ?? newDialogState(localeOf(work));
  const recovered = { symptom, orderNumber };
  work.state.dialog = { ...dialog, shared: { ...dialog.shared, recovered } };
  converse(work, { type: 'start', dialog: VERIFY });
  if (orderNumber !== null) awaitWord(work, { number: orderNumber, asked: 1 });
}
