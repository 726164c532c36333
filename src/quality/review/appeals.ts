import { writeAudit } from '../../accounts/audit';
import type { QualityRow } from '../../contract/quality';
import type { Calendar } from '../../contract/sla';
import { AppError } from '../../errors';
import type { Database } from '../../records/database';
import { readItem } from '../../records/quality/read-items';
import { DAY_MS } from '../../sla/calendar/calendar-days';
import { momentAfter } from '../../sla/calendar/measure';
import { type By, noSuchStretch } from './reviews';

export interface AppealRule {
  workingDays: number;
  calendar: Calendar;
}

/** Until when the agent may object; null before there is a result, and once they have. */
export function appealUntil(
  { reviewedAt, result, appeal, agentId }: QualityRow,
  rule: AppealRule,
): number | null {
  if (reviewedAt === null || result === null || appeal !== null || agentId === null) return null;
  return momentAfter(
    { calendar: rule.calendar, measure: 'working-days' },
    reviewedAt,
    rule.workingDays * DAY_MS,
  );
}

/**
 * Objects to a result: somebody who has not judged the stretch decides. Throws `not-found` for what is another's or has
 * no result, and `conflict` when it is too late or was done.
 */
export async function addAppeal(
  db: Database,
  rule: AppealRule,
  { itemId, reason }: { itemId: string; reason: string },
  by: By,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('quality_items').select('id').where('id', '=', itemId).forUpdate().execute();
    const item = await readItem(tx, itemId);
    if (!item || item.agentId !== by.accountId || item.result === null) throw noSuchStretch();
    if (item.appeal !== null)
      throw new AppError('conflict', 'You have objected to this result already. Nothing was changed.');
    const until = appealUntil(item, rule);
    if (until === null || by.at > until)
      throw new AppError(
        'conflict',
        `The ${rule.workingDays} working days for an objection are over. Nothing was changed: ask your supervisor.`,
      );
    await tx
      .insertInto('quality_appeals')
      .values({ item_id: itemId, at: String(by.at), reason, decided_at: null })
      .execute();
    await tx
      .updateTable('quality_items')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('id', '=', itemId)
      .execute();
    await writeAudit(tx, { ...by, action: 'quality.appeal', subject: `stretch:${itemId}` });
  });
}
