import { operatorApi } from '../../contract/operator-api';
import { heldUntilOf, toCancellation } from './appointment';
import { askCalendar, type CalendarDependencies } from './ask-calendar';

/** More than all pauses between the attempts at a booking. */
const PAUSES_MS = 60_000;

/**
 * Cancels our holds that are over, for a calendar that does not by itself; answers how many. A booking that began
 * while the hold lasted has ended by then, or has failed. Throws when the calendar cannot be asked.
 */
export async function lapseHolds(deps: CalendarDependencies): Promise<number> {
  const graceMs = PAUSES_MS + operatorApi.bookSlot.tries * deps.settings.timeoutMs('bookSlot');
  const calendar = askCalendar(deps, 'releaseSlot');
  const isOver = (heldUntilAt: number | null) =>
    heldUntilAt !== null && heldUntilAt + graceMs <= deps.clock();
  const over = (await calendar.listHeld()).filter((found) => isOver(heldUntilOf(found)));
  for (const found of over) await calendar.patch(found.id, toCancellation(found));
  return over.length;
}
