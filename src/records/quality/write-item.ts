import { sql } from 'kysely';
import type { Judged } from '../../quality/judge/judge-stretch';
import type { Material } from '../../quality/judge/stretch';
import type { Database } from '../database';

/**
 * Keeps what was found; judged again it replaces what was found before. What people look at they go on looking at,
 * whatever is found later.
 */
export async function writeItem(
  db: Database,
  { material, judged, at }: { material: Material; judged: Judged; at: number },
): Promise<void> {
  const { id, kind, conversationId, sessionId, agentId, channel, dialog, beganAt, endedAt } = material;
  const { disposition, rating } = material;
  await sql`
    INSERT INTO quality_items (id, kind, conversation_id, session_id, agent_id, channel, dialog, began_at, ended_at,
      disposition, rating, measures, findings, sampled_because, wanted, judged_at)
    VALUES (${id}, ${kind}, ${conversationId}, ${sessionId}, ${agentId}, ${channel}, ${dialog}, ${String(beganAt)},
      ${String(endedAt)}, ${disposition}, ${rating}, ${JSON.stringify(judged.measures)}::jsonb,
      ${JSON.stringify(judged.findings)}::jsonb, ${judged.sampledBecause}::text[], ${judged.wanted}, ${String(at)})
    ON CONFLICT (id) DO UPDATE SET disposition = excluded.disposition, rating = excluded.rating,
      measures = excluded.measures, findings = excluded.findings, judged_at = excluded.judged_at,
      wanted = greatest(quality_items.wanted, excluded.wanted),
      sampled_because = ARRAY(SELECT DISTINCT unnest(quality_items.sampled_because || excluded.sampled_because))`.execute(
    db,
  );
}
