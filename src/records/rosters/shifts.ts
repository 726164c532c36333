import { sql } from 'kysely';
import { z } from 'zod';
import { type Shift, shiftSchema } from '../../contract/rosters';
import type { Database } from '../database';

/** Shifts that end after one moment and begin before another, by time; of some accounts or of all. */
export async function readShifts(
  db: Database,
  { endAfter, beginBefore, accountIds }: { endAfter: number; beginBefore: number; accountIds?: string[] },
): Promise<Shift[]> {
  const rows = await db
    .selectFrom('shifts as s')
    .innerJoin('accounts as a', 'a.id', 's.account_id')
    .select(['a.id as accountId', 'a.login', 'a.name', 's.date', 's.from_at as fromAt', 's.to_at as toAt'])
    .where('s.to_at', '>', String(endAfter))
    .where('s.from_at', '<', String(beginBefore))
    .where('a.disabled_at', 'is', null)
    .$if(accountIds !== undefined, (query) =>
      query.where(sql<boolean>`a.id = ANY(${accountIds ?? []}::uuid[])`),
    )
    .orderBy('s.from_at')
    .orderBy('a.login')
    .execute();
  return z.array(shiftSchema).parse(rows);
}

export async function writeShifts(
  tx: Database,
  { added, removed }: { added: Shift[]; removed: Shift[] },
): Promise<void> {
  for (const { accountId, fromAt } of removed)
    await tx
      .deleteFrom('shifts')
      .where('account_id', '=', accountId)
      .where('from_at', '=', String(fromAt))
      .execute();
  for (const { accountId, date, fromAt, toAt } of added)
    await tx
      .insertInto('shifts')
      .values({ account_id: accountId, date, from_at: String(fromAt), to_at: String(toAt) })
      .execute();
}
