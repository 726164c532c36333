import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { type QualityRow, type QualityView, qualityRowSchema } from '../../contract/quality';
import type { Database } from '../database';

const LIMIT = 100;

/** Each stretch with what its sheets come to. */
const ROWS = sql`
  SELECT q.id, q.kind, q.conversation_id AS "conversationId", q.session_id AS "sessionId", q.agent_id AS "agentId",
    a.name AS "agentName", q.channel, q.dialog, q.began_at AS "beganAt", q.ended_at AS "endedAt", q.disposition,
    q.rating, q.measures, q.findings, q.sampled_because AS "sampledBecause", q.wanted, q.version, r.reviews,
    CASE WHEN r.reviews >= q.wanted AND r.reviews > 0 THEN coalesce(r.appealed, r.mean) END AS result,
    CASE WHEN r.reviews >= q.wanted THEN r.at END AS "reviewedAt",
    CASE WHEN p.at IS NULL THEN NULL WHEN p.decided_at IS NULL THEN 'open' ELSE 'decided' END AS appeal
  FROM quality_items AS q
  LEFT JOIN accounts AS a ON a.id = q.agent_id
  LEFT JOIN quality_appeals AS p ON p.item_id = q.id
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE NOT is_appeal) AS reviews, max(total) FILTER (WHERE is_appeal) AS appealed,
      round(avg(total) FILTER (WHERE NOT is_appeal)) AS mean, max(at) AS at
    FROM quality_reviews WHERE item_id = q.id
  ) AS r`;

const isReviewer = (accountId: string): RawBuilder<boolean> =>
  sql`EXISTS (SELECT FROM quality_reviews WHERE item_id = q.id AND reviewer_id = ${accountId}::uuid)`;

/** What somebody is to do first comes first; what is done, the newest first. */
function pick(
  view: QualityView,
  accountId: string,
): { where: RawBuilder<unknown>; order: RawBuilder<unknown> } {
  const newest = sql`q.ended_at DESC, q.id`;
  const isNotOwn = sql`q.agent_id IS DISTINCT FROM ${accountId}::uuid`;
  switch (view) {
    case 'to-review':
      return {
        where: sql`q.wanted > 0 AND r.reviews < q.wanted AND p.at IS NULL AND ${isNotOwn}
          AND NOT ${isReviewer(accountId)}`,
        order: sql`'low-rating' = ANY(q.sampled_because) DESC, 'finding' = ANY(q.sampled_because) DESC,
          q.ended_at, q.id`,
      };
    case 'appeals':
      return { where: sql`p.at IS NOT NULL AND p.decided_at IS NULL`, order: sql`p.at, q.id` };
    case 'reviewed':
      return { where: sql`q.wanted > 0 AND r.reviews >= q.wanted`, order: newest };
    case 'all':
      return { where: sql`true`, order: newest };
  }
}

export async function readItems(
  db: Database,
  wanted: { view: QualityView; accountId: string; agentId: string | null },
): Promise<QualityRow[]> {
  const { where, order } = pick(wanted.view, wanted.accountId);
  const ofAgent = wanted.agentId === null ? sql`true` : sql`q.agent_id = ${wanted.agentId}::uuid`;
  const { rows } = await sql`${ROWS} WHERE ${where} AND ${ofAgent} ORDER BY ${order} LIMIT ${LIMIT}`.execute(
    db,
  );
  return z.array(qualityRowSchema).parse(rows);
}

/** What people have said of somebody's work, the newest first; once all sheets are there. */
export async function readOwnItems(db: Database, accountId: string): Promise<QualityRow[]> {
  const { rows } = await sql`${ROWS}
    WHERE q.agent_id = ${accountId}::uuid AND r.reviews > 0 AND r.reviews >= q.wanted
    ORDER BY r.at DESC, q.id LIMIT ${LIMIT}`.execute(db);
  return z.array(qualityRowSchema).parse(rows);
}

export async function readItem(db: Database, id: string): Promise<QualityRow | null> {
  const { rows } = await sql`${ROWS} WHERE q.id = ${id}`.execute(db);
  return rows[0] === undefined ? null : qualityRowSchema.parse(rows[0]);
}
