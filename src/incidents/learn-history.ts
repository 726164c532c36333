import { sql } from 'kysely';
import type { Database } from '../records/database';
import { type History, HOURS } from './detect/base-rates';

const WEEK_MS = HOURS * 3600_000;
/** Half a year: long enough for a rhythm, short enough for a town that grows. */
export const HISTORY_MS = 26 * WEEK_MS;

/**
 * What is to be learnt from: counted reports of the last half year by area, symptom and hour of the week. What belongs
 * to an incident that was not dismissed is no normal day.
 */
export async function readHistory(db: Database, now: number, timeZone: string): Promise<History> {
  const since = now - HISTORY_MS;
  const counts = await sql<{ area: string; symptom: string; hour: number; count: number }>`
    SELECT area, symptom, count(*)::int AS count,
      ((extract(isodow FROM local) - 1) * 24 + extract(hour FROM local))::int AS hour
    FROM (
      SELECT r.area, r.symptom, to_timestamp(r.at / 1000.0) AT TIME ZONE ${timeZone} AS local
      FROM incident_reports r LEFT JOIN incidents i ON i.id = r.incident
      WHERE r.at > ${since} AND r.is_counted AND (i.id IS NULL OR i.status IN ('dismissed', 'suspected'))
    ) AS reports
    GROUP BY 1, 2, 4`.execute(db);
  const first = await sql<{ area: string; at: string }>`
    SELECT area, min(at) AS at FROM incident_reports WHERE at > ${since} GROUP BY area`.execute(db);
  return {
    counts: counts.rows,
    weeksOf: new Map(first.rows.map(({ area, at }) => [area, Math.max(now - Number(at), 0) / WEEK_MS])),
  };
}
