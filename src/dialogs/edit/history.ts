/** The texts that a file had, so that every edit can be taken back, wherever it was made. */
export interface History {
  past: readonly string[];
  now: string;
  future: readonly string[];
  /** What the last edit was, so that typing is taken back by the word and not by the letter. */
  last: { what: string; at: number } | null;
}

const DEEP = 200;
const TYPING_MS = 1200;

export const newHistory = (now: string): History => ({ past: [], now, future: [], last: null });

/** Edits of the same thing right after each other are one. */
export function edited(history: History, text: string, what: string, at: number): History {
  const { past, now, last } = history;
  if (text === now) return history;
  const isSame = last?.what === what && at - last.at < TYPING_MS;
  const kept = isSame ? past : [...past, now].slice(-DEEP);
  return { past: kept, now: text, future: [], last: { what, at } };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const { past, now, future } = history;
  return { past: past.slice(0, -1), now: before, future: [now, ...future], last: null };
}

export function redone(history: History): History {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future, last: null };
}
