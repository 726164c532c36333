import { sql } from 'kysely';
import type { Database } from '../records/database';
import type { IncidentRecord } from './incident-record';
import { findOpenIncident } from './read-incidents';

export interface Report {
  /** Of the command: the same again is the same report. */
  id: string;
  at: number;
  area: string;
  symptom: string;
  conversationId: string;
  channel: string;
  /** Who reports, the same word for the same customer. */
  customer: string;
}

/** The same from the same customer within a day is one report. */
const REPEAT_MS = 24 * 3600_000;

/**
 * Counts a fault report, and answers the open incident that it belongs to. Under an incident it needs no judging: the
 * suspicion is there. What is reported after a recovery is new. The same command again changes nothing.
 */
export async function recordReport(db: Database, report: Report): Promise<IncidentRecord | null> {
  const { id, at, area, symptom, conversationId, channel, customer } = report;
  const incident = await findOpenIncident(db, { area, symptom });
  await sql`
    INSERT INTO incident_reports
      (id, at, area, symptom, conversation_id, channel, customer, is_counted, is_judged, incident)
    SELECT ${id}, ${at}, ${area}, ${symptom}, ${conversationId}, ${channel}, ${customer},
      NOT EXISTS (SELECT FROM incident_reports WHERE area = ${area} AND symptom = ${symptom}
        AND customer = ${customer} AND at > greatest(${at - REPEAT_MS}::bigint, (
          SELECT max(recovered_at) FROM incidents WHERE area = ${area} AND ${symptom} = ANY(symptoms)))),
      ${incident !== null}, ${incident?.id ?? null}
    ON CONFLICT DO NOTHING`.execute(db);
  return incident;
}

/** The word for a customer: who is linked by proof, else who is proven by phone, else the conversation. */
export async function customerOf(
  db: Database,
  { conversationId, phone }: { conversationId: string; phone: string | null },
  hash: (text: string) => string,
): Promise<string> {
  const link = await db
    .selectFrom('customer_links')
    .select('customer_id')
    .where('conversation_id', '=', conversationId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (link) return `customer:${link.customer_id}`;
  return phone === null ? `conversation:${hash(conversationId)}` : `phone:${hash(phone)}`;
}

/** Reports older than what is learnt from are of no use. Answers how many went. */
export async function forgetReports(db: Database, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('incident_reports')
    .where('at', '<', String(before))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
