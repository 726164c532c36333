import type { Entity } from '../../contract/understanding';
import { toReadable } from '../normalize';

/** Finds entities of one kind in raw text; offsets are those of the text. */
export type EntityFinder = (text: string) => Entity[];

/** A finder that reads each match of a pattern; `value` answers undefined for a match that is none. */
export const byPattern = (
  type: string,
  pattern: RegExp,
  value: (match: RegExpExecArray) => unknown,
): EntityFinder => {
  return (text) => {
    const found: Entity[] = [];
    for (const match of toReadable(text).matchAll(pattern)) {
      const normal = value(match);
      if (normal === undefined) continue;
      const end = match.index + match[0].length;
      found.push({ type, text: text.slice(match.index, end), start: match.index, end, value: normal });
    }
    return found;
  };
};
