import type { Locale } from '../../../contract/activity';
import type { CannedReply } from '../../../contract/canned-replies';
import { type CannedValues, commandAt, expandCanned, matchCanned } from './canned';
import type { Colleague } from './types';

/** What can be put in where somebody types: a saved reply after `/`, in a note a colleague after `@`. */
export interface Pick {
  key: string;
  name: string;
  detail: string;
  text: string;
  /** Variables that nothing is known for. */
  missing: string[];
}

export interface Picks {
  /** Characters before the caret that a pick takes the place of. */
  cut: number;
  picks: Pick[];
}

const MENTION = /@([^\s@]*)$/u;

interface Known {
  canned: CannedReply[];
  colleagues: Colleague[];
  values: CannedValues;
  locale: Locale;
}

/** Null when nothing is being picked. */
export function picksAt(before: string, isNote: boolean, known: Known): Picks | null {
  return isNote ? colleaguesAt(before, known) : repliesAt(before, known);
}

function repliesAt(before: string, { canned, values, locale }: Known): Picks | null {
  const typed = commandAt(before);
  if (typed === null) return null;
  const picks = matchCanned(canned, typed, locale).map((reply) => ({
    key: reply.id,
    name: `/${reply.shortcut}`,
    detail: reply.text[locale],
    ...expandCanned(reply.text[locale], values),
  }));
  return { cut: typed.length + 1, picks };
}

function colleaguesAt(before: string, { colleagues }: Known): Picks | null {
  const typed = MENTION.exec(before)?.[1];
  if (typed === undefined) return null;
  const found = colleagues
    .filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase()))
    .slice(0, 8);
  const picks = found.map(({ id, name }) => ({ key: id, name, detail: '', text: `@${name} `, missing: [] }));
  return picks.length > 0 ? { cut: typed.length + 1, picks } : null;
}

/** The text with a pick put in at the caret, and where the caret goes. */
export function putIn(
  text: string,
  caret: number,
  cut: number,
  pick: string,
): { text: string; caret: number } {
  const head = text.slice(0, caret - cut) + pick;
  return { text: head + text.slice(caret), caret: head.length };
}

/** Ids of the colleagues that a note names. The longest name counts: "@王敏" is no "@王". */
export function mentionsIn(text: string, colleagues: Colleague[]): string[] {
  const byLength = [...colleagues].sort((a, b) => b.name.length - a.name.length);
  let rest = text;
  return byLength.flatMap(({ id, name }) => {
    if (!rest.includes(`@${name}`)) return [];
    rest = rest.replaceAll(`@${name}`, '');
    return [id];
  });
}
