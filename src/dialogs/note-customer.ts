import type { Understanding } from '../contract/understanding';
import { findOtherPerson } from './other-person';
import { fold } from './read-option';
import { dialogOf, isFilled, setSlot, type Turn } from './turn';

/** Said of oneself: "我爸70多了" speaks of somebody else. */
const OLD =
  /我(?:今年|都|已经|也|快|是)*(?:有)?(?:[6-9]\d|[六七八九]十[一二三四五六七八九]?)(?:多|来|几)?(?:岁|了)|我(?:年纪|岁数|年龄)(?:太|很|比较|也)?大|我(?:是)?老(?:人家|年人)|(?:字|字体)(?:太|有点)?小.{0,4}(?:看不|不清)|(?:我)?(?:眼睛|眼神|耳朵)(?:不好|不行|花了?)|\bi(?:'m| am) (?:[6-9]\d|old)\b|\bmy eyes are bad\b|\btext is too small\b/u;

/** True for words by which customers say that they are old, or cannot read what is shown. */
export const needsCare = (text: string): boolean => OLD.test(fold(text));

/**
 * What a message tells of the customer beside its matter. Care mode is kept for the session as the fact `careMode`, by
 * which humans are chosen; a dialog with a slot `mood` keeps that the customer was upset, one with a slot `spokenFor`
 * whose matter it is when it is somebody else's.
 */
export function noteCustomer(turn: Turn, { text, isUpset }: Pick<Understanding, 'text' | 'isUpset'>): void {
  if (needsCare(text)) turn.state.shared.careMode = true;
  const person = findOtherPerson(text);
  for (const frame of turn.state.frames)
    if (person && dialogOf(turn, frame)?.slots.spokenFor && !isFilled(frame.slots.spokenFor))
      setSlot(turn, frame, 'spokenFor', person);
  if (!isUpset) return;
  for (const frame of turn.state.frames)
    if (dialogOf(turn, frame)?.slots.mood)
      setSlot(turn, frame, 'mood', { zh: '激动或着急', en: 'upset or worried' });
}
