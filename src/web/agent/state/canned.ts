import type { Locale } from '../../../contract/activity';
import type { CannedReply } from '../../../contract/canned-replies';

/** What the variables of a reply stand for; null where it is not known. */
export interface CannedValues {
  customer: string | null;
  agent: string;
  /** Number of the newest open order. */
  order: string | null;
  /** When it is promised, spoken. */
  promise: string | null;
}

const COMMAND = /(?:^|\s)\/([\p{L}\p{N}-]*)$/u;

/** What is being typed after a `/` before the caret; null when none is. */
export const commandAt = (textBeforeCaret: string): string | null =>
  COMMAND.exec(textBeforeCaret)?.[1] ?? null;

/** Replies whose shortcut begins with, or whose text holds, what was typed; an own one hides the team's of the same name. */
export function matchCanned(replies: CannedReply[], typed: string, locale: Locale): CannedReply[] {
  const own = new Set(replies.flatMap(({ isTeam, shortcut }) => (isTeam ? [] : [shortcut])));
  const visible = replies.filter(({ isTeam, shortcut }) => !isTeam || !own.has(shortcut));
  const wanted = typed.toLowerCase();
  const begins = visible.filter(({ shortcut }) => shortcut.toLowerCase().startsWith(wanted));
  const holds = visible.filter(
    (reply) => wanted !== '' && !begins.includes(reply) && reply.text[locale].toLowerCase().includes(wanted),
  );
  return [...begins, ...holds].slice(0, 8);
}

export interface Expanded {
  text: string;
  /** Names of variables that nothing is known for: they stay as `{{name}}`, for the agent to fill in. */
  missing: string[];
}

/** Fills in a reply. A customer who is not known by name is just not named. */
export function expandCanned(template: string, values: CannedValues): Expanded {
  const missing: string[] = [];
  const text = template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    if (name === 'customer') return values.customer ?? '';
    const value = Object.hasOwn(values, name) ? values[name as keyof CannedValues] : null;
    if (value !== null) return value;
    missing.push(name);
    return whole;
  });
  return { text: text.replace(/ +([，。,.!?])/g, '$1').trimStart(), missing };
}
