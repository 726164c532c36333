import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { raiseAlarm } from '../records/alarms';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import { districtOf } from './detect/common-rise';
import { type Finding, LOOK_BACK_MS } from './detect/find-cluster';
import { AROUND_MS, type Judge } from './detect/judge';
import { findOpenIncident } from './read-incidents';

/** Names the lock that lets one node judge at a time, and keeps decisions of supervisors apart from it. */
export const JUDGE_LOCK = 727_005;
const PAGE = 50;

interface Row {
  id: string;
  at: number;
  area: string;
  symptom: string;
  is_counted: boolean;
}

/**
 * Judges the reports that nobody has looked at yet, in their order, each once, and raises a suspicion with its alarm
 * where they are too many. A page in one transaction; one node at a time. Answers how many reports it took.
 */
export function judgeReports(db: Database, judge: Judge): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const lock = sql<{ isMine: boolean }>`SELECT pg_try_advisory_xact_lock(${JUDGE_LOCK}) AS "isMine"`;
    if (!(await lock.execute(tx)).rows[0]?.isMine) return 0;
    const { rows } = await sql<Row>`
      SELECT id, at::float8 AS at, area, symptom, is_counted FROM incident_reports
      WHERE NOT is_judged ORDER BY incident_reports.at, id LIMIT ${PAGE}`.execute(tx);
    for (const row of rows) await judgeOne(tx, row, judge);
    return rows.length;
  });
}

async function judgeOne(tx: Database, report: Row, judge: Judge): Promise<void> {
  const incident = await findOpenIncident(tx, report);
  await tx
    .updateTable('incident_reports')
    .set({ is_judged: true, incident: incident?.id ?? null })
    .where('id', '=', report.id)
    .execute();
  if (incident || !report.is_counted) return;
  const since = await judgedUntil(tx, report);
  const finding = judge({
    cell: report,
    now: report.at,
    since,
    sightings: await readSightings(tx, report),
    around: await readAround(tx, report),
  });
  if (finding) await suspect(tx, report, { finding, since });
}

/** When a supervisor last decided on this area and symptom. */
async function judgedUntil(tx: Database, { area, symptom }: Row): Promise<number> {
  const { rows } = await sql<{ at: number | null }>`
    SELECT max(coalesce(recovered_at, ended_at))::float8 AS at FROM incidents
    WHERE area = ${area} AND ${symptom} = ANY(symptoms)`.execute(tx);
  return rows[0]?.at ?? 0;
}

async function readSightings(tx: Database, { area, symptom, at }: Row) {
  const { rows } = await sql<{ at: number; customer: string }>`
    SELECT at::float8 AS at, customer FROM incident_reports
    WHERE area = ${area} AND symptom = ${symptom} AND is_counted
      AND incident_reports.at > ${at - LOOK_BACK_MS} AND incident_reports.at <= ${at}`.execute(tx);
  return rows;
}

async function readAround(tx: Database, { area, at }: Row): Promise<{ neighbours: number; all: number }> {
  const { rows } = await sql<{ area: string; count: number }>`
    SELECT area, count(*)::int AS count FROM incident_reports
    WHERE is_counted AND area <> ${area} AND at > ${at - AROUND_MS} AND at <= ${at} GROUP BY area`.execute(
    tx,
  );
  const total = (some: typeof rows) => some.reduce((sum, { count }) => sum + count, 0);
  return {
    neighbours: total(rows.filter((row) => districtOf(row.area) === districtOf(area))),
    all: total(rows),
  };
}

/** Raises the suspicion, with what led to it, and tells the supervisors. */
async function suspect(
  tx: Database,
  { area, symptom, at }: Row,
  { finding, since }: { finding: Finding; since: number },
): Promise<void> {
  const id = uuid();
  const from = Math.max(at - finding.windowMs, since);
  await tx
    .insertInto('incidents')
    .values({
      id,
      area,
      symptoms: [symptom],
      status: 'suspected',
      version: 1,
      revision: 0,
      text: null,
      expected_at: null,
      finding: jsonText(finding),
      began_at: String(at),
      updated_at: String(at),
      confirmed_at: null,
      recovered_at: null,
      ended_at: null,
    })
    .execute();
  await sql`
    UPDATE incident_reports SET incident = ${id}, is_judged = true
    WHERE area = ${area} AND symptom = ${symptom} AND at > ${from}
      AND (at <= ${at} OR NOT is_judged)`.execute(tx);
  await sql`
    UPDATE incidents SET began_at = (SELECT min(at) FROM incident_reports WHERE incident = ${id})
    WHERE id = ${id}`.execute(tx);
  await raiseAlarm(tx, {
    id: `incident:${id}`,
    at,
    reason: 'incident-suspected',
    conversationId: '',
    number: null,
    policy: null,
    percent: null,
    incident: id,
  });
}
