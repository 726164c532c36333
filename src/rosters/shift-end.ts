import type { Shift } from '../contract/rosters';
import type { Database } from '../records/database';
import { readShifts } from '../records/rosters/shifts';

/** Who comes early is on the shift that begins. */
const EARLY_MS = 60 * 60_000;
const LONGEST_MS = 48 * 3600_000;

/** When somebody who is here now goes: shifts that follow each other without a gap are one. Null: no shift is known. */
export function endOfShift(shifts: Pick<Shift, 'fromAt' | 'toAt'>[], now: number): number | null {
  const inOrder = [...shifts].sort((a, b) => a.fromAt - b.fromAt);
  const own = inOrder.find(({ fromAt, toAt }) => toAt > now && fromAt <= now + EARLY_MS);
  if (!own) return null;
  return inOrder.reduce((end, { fromAt, toAt }) => (fromAt <= end && toAt > end ? toAt : end), own.toAt);
}

export const createShiftEnd =
  (db: Database) =>
  async (accountId: string, now: number): Promise<number | null> =>
    endOfShift(
      await readShifts(db, { endAfter: now, beginBefore: now + LONGEST_MS, accountIds: [accountId] }),
      now,
    );
