import type { Outgoing } from './desk-shape';
import type { Line, Note } from './types';

/** What stands in the middle, in the order in which it happened. */
export type Entry =
  | { type: 'day'; key: string; at: number }
  | { type: 'line'; key: string; at: number; line: Line }
  | { type: 'note'; key: string; at: number; note: Note }
  | { type: 'outgoing'; key: string; at: number; message: Outgoing };

export interface Timeline {
  /** Lines of the bot's part that are folded away. */
  folded: number;
  entries: Entry[];
}

/** Lines that stay in sight of what the bot did, so that an agent sees what the last words were. */
const KEPT = 4;

const timeOf = ({ timestamp }: Line): number => Date.parse(timestamp ?? '') || 0;

/** Words and files; events are for pages that draw them, and the bot says aloud who comes and goes. */
export const isShown = ({ type, text, attachments }: Line): boolean =>
  type === 'message' && ((text ?? '') !== '' || (attachments?.length ?? 0) > 0);

/** How many of the first lines belong to the bot's part, which a human took over at `since`. */
export function foldedCount(lines: Line[], since: number | null): number {
  if (since === null) return 0;
  const own = lines.findIndex((line) => line.from.role === 'agent' || timeOf(line) > since);
  const before = own < 0 ? lines.length : own;
  return Math.max(0, before - KEPT);
}

/** Lines, notes and what is on its way as one story. `since`: when the bot's part ended; null shows all of it. */
export function timelineOf(
  parts: { lines: Line[]; notes: Note[]; outgoing: Outgoing[] },
  since: number | null,
  dayOf: (at: number) => string,
): Timeline {
  const lines = parts.lines.filter(isShown);
  const folded = foldedCount(lines, since);
  const shown = lines.slice(folded);
  const from = folded > 0 ? timeOf(shown[0] ?? { position: 0, type: '', from: { role: 'bot' } }) : 0;
  const entries: Entry[] = [
    ...shown.map((line): Entry => ({ type: 'line', key: `l${line.position}`, at: timeOf(line), line })),
    ...parts.notes.flatMap((note): Entry[] =>
      note.at >= from ? [{ type: 'note', key: `n${note.id}`, at: note.at, note }] : [],
    ),
  ].sort((a, b) => a.at - b.at);
  const days: Entry[] = [];
  let day = '';
  for (const entry of entries) {
    if (dayOf(entry.at) !== day) {
      day = dayOf(entry.at);
      days.push({ type: 'day', key: `d${entry.key}`, at: entry.at });
    }
    days.push(entry);
  }
  const onTheirWay = parts.outgoing.map(
    (message): Entry => ({ type: 'outgoing', key: `o${message.id}`, at: message.at, message }),
  );
  return { folded, entries: [...days, ...onTheirWay] };
}
