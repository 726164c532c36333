import { z } from 'zod';
import type { Database } from './database';

/**
 * What a supervisor is told by the engine itself: a promise in danger or broken, a visit that cannot keep the law's
 * limit, a pause that a customer disputes. It stays until somebody has seen it. No personal data.
 */
export const alarmSchema = z.object({
  id: z.string(),
  at: z.coerce.number(),
  /**
   * `sla-threshold`, `legal-limit`, `pause-disputed`, `field-returned`, `appeal-threatened`, `complaint-repeated`,
   * `incident-suspected`, `incident-overdue`, `task-overdue`, `reply-waits`.
   */
  reason: z.string(),
  /** Empty for an alarm that is about none. */
  conversationId: z.string(),
  number: z.string().nullable(),
  policy: z.string().nullable(),
  percent: z.number().nullable(),
  /** The mass outage that it is about. */
  incident: z.string().nullable().default(null),
  seenAt: z.coerce.number().nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

/** Raises an alarm, in the transaction of what it tells about when one is passed; the same id again changes nothing. */
export async function raiseAlarm(
  db: Database,
  alarm: Omit<z.input<typeof alarmSchema>, 'seenAt' | 'at'> & { at: number },
): Promise<void> {
  const { id, at, reason, conversationId, number, policy, percent, incident = null } = alarm;
  await db
    .insertInto('supervisor_alarms')
    .values({
      id,
      at: String(at),
      reason,
      conversation_id: conversationId,
      number,
      policy,
      percent,
      incident,
      seen_at: null,
      seen_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The newest alarms first; only those that nobody has seen yet unless told otherwise. */
export async function readAlarms(
  db: Database,
  { isAll, limit }: { isAll: boolean; limit: number },
): Promise<Alarm[]> {
  const rows = await db
    .selectFrom('supervisor_alarms')
    .select(['id', 'at', 'reason', 'number', 'policy', 'percent', 'incident'])
    .select(['conversation_id as conversationId', 'seen_at as seenAt'])
    .$if(!isAll, (query) => query.where('seen_at', 'is', null))
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return z.array(alarmSchema).parse(rows);
}

/** Answers whether there is such an alarm; who saw it first stays. */
export async function noteAlarmSeen(
  db: Database,
  { id, by, at }: { id: string; by: string; at: number },
): Promise<boolean> {
  const found = await db.selectFrom('supervisor_alarms').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) return false;
  await db
    .updateTable('supervisor_alarms')
    .set({ seen_at: String(at), seen_by: by })
    .where('id', '=', id)
    .where('seen_at', 'is', null)
    .execute();
  return true;
}
