import type { Locale } from '../../../contract/activity';
import type { DeskFacts } from '../../../contract/conversation';
import { localeOf, readsLog, speakPattern, type Work } from '../work';

/** What may be said instead of waiting; `wantsCallBack` and `wantsToLeave` read them. */
const LABELS: Record<Locale, [callBack: string, leave: string]> = {
  zh: ['登记回电', '不等了'],
  en: ['Call me back', 'Never mind'],
};

type Place = NonNullable<DeskFacts['place']>;

const NOWHERE = { ahead: 0, minutes: null };

function sayPlace(work: Work, name: 'in-queue' | 'queue-place', { ahead, minutes }: Place | typeof NOWHERE) {
  const { ownership, channel } = work.state;
  // Nothing may stand between danger and a human; clients that read the log have buttons of their own beside it.
  const hasNone = ownership.priority === 'danger' || readsLog(channel);
  speakPattern(work, name, { ahead, minutes: minutes ?? 0 }, hasNone ? [] : LABELS[localeOf(work)]);
}

/** To whoever has just joined a line: how many are before them, and for how long, as far as that is known. */
export function sayPlaceOnJoining(work: Work, group: string): void {
  const place = work.entry.desk?.waits[group];
  if (place && place.ahead > 0 && work.state.ownership.priority !== 'danger')
    sayPlace(work, 'queue-place', place);
}

/** To whoever waits and writes. */
export const sayStillInLine = (work: Work): void =>
  sayPlace(work, 'in-queue', work.entry.desk?.place ?? NOWHERE);

const LEAVE = /不(?:想)?(?:再)?(?:等|排)(?:队)?了|(?:never mind|leave the (?:line|queue)|stop waiting)/i;

/** Whether somebody who waits leaves the line. */
export const wantsToLeave = (text: string): boolean => LEAVE.test(text.slice(0, 60));

const CALL_BACK =
  /回(?:个)?电|打(?:个)?电话给我|给我(?:打|来)(?:个)?电话|登记|call(?: me)? ?back|callback|ring me/i;

/** Whether somebody who waits would rather be called back. */
export const wantsCallBack = (text: string): boolean => CALL_BACK.test(text.slice(0, 60));
