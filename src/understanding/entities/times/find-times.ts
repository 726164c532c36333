import type { Entity } from '../../../contract/understanding';
import { findChineseTimes } from './find-chinese';
import { findEnglishTimes } from './find-english';

/** Times in the zone of the operator, said in Chinese or English; what both find is taken once. */
export function findTimes(text: string, now: number, timeZone: string): Entity[] {
  const chinese = findChineseTimes(text, now, timeZone);
  return chinese.length > 0 ? chinese : findEnglishTimes(text, now, timeZone);
}
