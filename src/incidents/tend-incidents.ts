import { raiseAlarm } from '../records/alarms';
import type { Database } from '../records/database';
import { hangOrders } from './hang-orders';
import { type IncidentRecord, incidentOf } from './incident-record';
import { oweTo } from './notices';

/** A recovery that nobody has anything to say against for a day is the end of it. */
export const CLOSE_AFTER_MS = 24 * 3600_000;

/**
 * What time brings: orders that came in beside the confirmation hang under it, the supervisor hears when the expected
 * time is over, and what was repaired a day ago is closed. Doing it again changes nothing.
 */
export async function tendIncidents(db: Database, now: number): Promise<void> {
  const rows = await db.selectFrom('incidents').selectAll().where('status', '=', 'confirmed').execute();
  for (const incident of rows.map(incidentOf)) {
    await db.transaction().execute(async (tx) => {
      const conversations = await hangOrders(tx, incident, now);
      await oweTo(tx, incident, { conversations, news: 'confirmed', at: now });
    });
    if (incident.expectedAt !== null && incident.expectedAt <= now) await tellLate(db, incident, now);
  }
  await db
    .updateTable('incidents')
    .set(({ eb }) => ({
      status: 'closed',
      version: eb('version', '+', 1),
      ended_at: String(now),
      updated_at: String(now),
    }))
    .where('status', '=', 'recovered')
    .where('recovered_at', '<=', String(now - CLOSE_AFTER_MS))
    .execute();
}

/** Once for each time that was named: customers are owed a new one. */
const tellLate = (db: Database, { id, expectedAt }: IncidentRecord, now: number): Promise<void> =>
  raiseAlarm(db, {
    id: `incident:${id}:overdue:${expectedAt}`,
    at: now,
    reason: 'incident-overdue',
    conversationId: '',
    number: null,
    policy: null,
    percent: null,
    incident: id,
  });
