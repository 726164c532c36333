import type { AgentQueue } from '../agent-queue';
import { estimateMinutes } from './estimate-wait';

/** What somebody who waits for a human is shown. */
export interface PlaceInLine {
  /** In the line of the skill group, counted from 1; null for who does not wait. */
  position: number | null;
  /** How long it still takes; null while that is not known. */
  waitMinutes: number | null;
}

export async function placeInLine(
  queue: Pick<AgentQueue, 'place' | 'lines'>,
  conversationId: string,
): Promise<PlaceInLine> {
  const place = await queue.place(conversationId);
  if (!place) return { position: null, waitMinutes: null };
  const [line] = await queue.lines([place.group]);
  return { position: place.position, waitMinutes: line ? estimateMinutes(line, place.position - 1) : null };
}
