import type { LogEntry, TurnStore } from '../../turns/turn-store';
import { upcastState } from '../../turns/upcast';

/** In `channelData` of a message that was taken back. */
const RECALLED = { recalled: true };

/** What customers are shown of a message that was taken back: that an agent wrote, when, and nothing of it. */
function emptied({ position, activity }: LogEntry): LogEntry {
  const { type, from, timestamp, channelId, locale } = activity;
  return {
    position,
    activity: { type, from, timestamp, channelId, locale, text: '', channelData: RECALLED },
  };
}

const isOfAgent = ({ activity }: LogEntry): boolean =>
  activity.type === 'message' && activity.from.role === 'agent';

/**
 * A page of the log for its customer: what agents have taken back is emptied, however long ago. The log itself keeps
 * the words, for whoever may read it at the desk. The state is read after the page, so nothing recalled slips through.
 */
export async function withoutRecalled(
  store: Pick<TurnStore, 'readState'>,
  conversationId: string,
  lines: LogEntry[],
): Promise<LogEntry[]> {
  if (!lines.some(isOfAgent)) return lines;
  const { recalled = [] } = upcastState(await store.readState(conversationId)) ?? {};
  return recalled.length === 0
    ? lines
    : lines.map((line) => (recalled.includes(line.position) ? emptied(line) : line));
}
