import type { NearMiss, RefusalReason, RefusedType } from '../../contract/refusals';
import type { Entity } from '../../contract/understanding';
import { toReadable } from '../normalize';

/** Finds entities of one kind in raw text; offsets are those of the text. */
export type EntityFinder = (text: string) => Entity[];

/** A finder that reads each match of a pattern; `value` answers undefined for a match that is none. */
export const byPattern =
  (type: string, pattern: RegExp, value: (match: RegExpExecArray) => unknown): EntityFinder =>
  (text) => {
    const found: Entity[] = [];
    for (const match of toReadable(text).matchAll(pattern)) {
      const normal = value(match);
      if (normal === undefined) continue;
      const end = match.index + match[0].length;
      found.push({ type, text: text.slice(match.index, end), start: match.index, end, value: normal });
    }
    return found;
  };

/** Why a match is no entity, and how many characters it is off. */
export interface Verdict<T extends RefusedType> {
  reason: RefusalReason<T>;
  off?: number;
}

/** Finds what looks like an entity and is none; `now` is business time. */
export type NearMissFinder = (text: string, now: number) => NearMiss[];

/** A finder of near misses: `judge` says why a match is none, or null where there is nothing to say. */
export const nearMisses =
  <T extends RefusedType>(
    type: T,
    pattern: RegExp,
    judge: (match: RegExpExecArray, now: number) => Verdict<T> | null,
  ): NearMissFinder =>
  (text, now) =>
    [...toReadable(text).matchAll(pattern)].flatMap((match): NearMiss[] => {
      const verdict = judge(match, now);
      const { start, end } = { start: match.index, end: match.index + match[0].length };
      return verdict ? [{ type, ...verdict, text: text.slice(start, end), start, end }] : [];
    });
