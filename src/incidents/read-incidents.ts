import { sql } from 'kysely';
import type { Database } from '../records/database';
import { type IncidentRecord, incidentOf } from './incident-record';

/** Not yet over: new reports of the same belong to it. */
export const OPEN = ['suspected', 'confirmed'] as const;

/** The open incident of an area and symptom, the confirmed before the suspected; any symptom when it is null. */
export async function findOpenIncident(
  db: Database,
  { area, symptom }: { area: string; symptom: string | null },
): Promise<IncidentRecord | null> {
  const row = await db
    .selectFrom('incidents')
    .selectAll()
    .where('area', '=', area)
    .where('status', 'in', [...OPEN])
    .$if(symptom !== null, (query) => query.where(sql<boolean>`${symptom} = ANY(symptoms)`))
    .orderBy('status')
    .orderBy('updated_at', 'desc')
    .executeTakeFirst();
  return row ? incidentOf(row) : null;
}

export async function readIncident(db: Database, id: string): Promise<IncidentRecord | null> {
  const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? incidentOf(row) : null;
}

/** Of an incident as supervisors see it: how many reported, wait for news, and have an order under it. */
export interface IncidentCounts {
  reports: number;
  customers: number;
  subscribers: number;
  orders: number;
  /** Orders that the customer has not yet called repaired. */
  openOrders: number;
}

export async function countsOf(db: Database, id: string): Promise<IncidentCounts> {
  const { rows } = await sql<Record<keyof IncidentCounts, number>>`
    SELECT
      (SELECT count(*)::int FROM incident_reports WHERE incident = ${id}) AS reports,
      (SELECT count(DISTINCT customer)::int FROM incident_reports WHERE incident = ${id}) AS customers,
      (SELECT count(*)::int FROM incident_subscriptions WHERE incident = ${id}) AS subscribers,
      (SELECT count(*)::int FROM work_orders WHERE incident = ${id}) AS orders,
      (SELECT count(*)::int FROM work_orders WHERE incident = ${id}
        AND status NOT IN ('closed', 'cancelled')) AS "openOrders"`.execute(db);
  return rows[0] ?? { reports: 0, customers: 0, subscribers: 0, orders: 0, openOrders: 0 };
}

/** The first 500 reports of an incident, oldest first. */
export async function readReports(
  db: Database,
  id: string,
): Promise<{ at: number; symptom: string; channel: string; conversationId: string }[]> {
  const rows = await db
    .selectFrom('incident_reports')
    .select(['at', 'symptom', 'channel', 'conversation_id as conversationId'])
    .where('incident', '=', id)
    .orderBy('at')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** The newest first; those that are over only when all are wanted. */
export async function listIncidents(
  db: Database,
  { isAll, limit }: { isAll: boolean; limit: number },
): Promise<IncidentRecord[]> {
  const rows = await db
    .selectFrom('incidents')
    .selectAll()
    .$if(!isAll, (query) => query.where('status', 'in', [...OPEN, 'recovered']))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(incidentOf);
}
