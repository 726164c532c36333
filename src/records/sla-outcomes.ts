import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { slaClockSchema, slaSubjectSchema } from '../contract/sla';
import type { Database } from './database';
import type { Tables } from './tables';

/**
 * What became of each promise that was due, of conversations and of orders alike: the table of the compliance report.
 * Times are milliseconds since 1970 UTC.
 */
export const slaOutcomeSchema = z.object({
  /** Of the clock and its revision: what happens again to the same promise changes its row. */
  id: z.string(),
  /** When it was kept, or broken. */
  at: z.number(),
  subject: slaSubjectSchema,
  clock: slaClockSchema,
  policy: z.string(),
  conversationId: z.string(),
  number: z.string().nullable(),
  area: z.string().nullable(),
  channel: z.string().nullable(),
  beganAt: z.number(),
  dueAt: z.number().nullable(),
  isKept: z.boolean(),
  /** 0 for the promise itself; a promise that replaced a broken one has more. */
  renewals: z.number().int(),
});
export type SlaOutcome = z.infer<typeof slaOutcomeSchema>;

/** A promise that was kept and then broken is broken; one that was broken stays so. */
export async function writeOutcomes(db: Kysely<Tables>, outcomes: SlaOutcome[]): Promise<void> {
  // Postgres refuses a statement that changes a row twice.
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  for (const { conversationId, beganAt, dueAt, isKept, at, ...rest } of byId.values()) {
    await db
      .insertInto('sla_outcomes')
      .values({
        ...rest,
        at: String(at),
        conversation_id: conversationId,
        began_at: String(beganAt),
        due_at: dueAt === null ? null : String(Math.round(dueAt)),
        is_kept: isKept,
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ is_kept: isKept, at: String(at) })
          .where('sla_outcomes.is_kept', '=', true)
          .where((eb) => eb.val(!isKept)),
      )
      .execute();
  }
}

/** One line of the compliance report. */
export const complianceSchema = z.object({
  policy: z.string(),
  clock: slaClockSchema,
  area: z.string().nullable(),
  /** ISO week of the operator's zone: `2026-W48`. */
  week: z.string(),
  due: z.coerce.number(),
  kept: z.coerce.number(),
  /** kept ÷ due. */
  compliance: z.coerce.number(),
  /** Promises that replaced broken ones, counted apart. */
  renewedDue: z.coerce.number(),
  renewedKept: z.coerce.number(),
});
export type Compliance = z.infer<typeof complianceSchema>;

/** By policy, area and week: promises kept ÷ promises due, of those that were decided in [from, to). */
export async function readCompliance(
  db: Database,
  { from, to, timeZone }: { from: number; to: number; timeZone: string },
): Promise<Compliance[]> {
  const { rows } = await sql`
    SELECT policy, clock, area, week, due, kept, "renewedDue", "renewedKept",
      CASE WHEN due = 0 THEN 0 ELSE kept::float8 / due END AS compliance
    FROM (
      SELECT policy, clock, area,
        to_char(to_timestamp(at / 1000.0) AT TIME ZONE ${timeZone}, 'IYYY-"W"IW') AS week,
        count(*) FILTER (WHERE renewals = 0) AS due,
        count(*) FILTER (WHERE renewals = 0 AND is_kept) AS kept,
        count(*) FILTER (WHERE renewals > 0) AS "renewedDue",
        count(*) FILTER (WHERE renewals > 0 AND is_kept) AS "renewedKept"
      FROM sla_outcomes WHERE at >= ${String(from)} AND at < ${String(to)}
      GROUP BY 1, 2, 3, 4
    ) counted ORDER BY week, policy, area NULLS FIRST, clock`.execute(db);
  return z.array(complianceSchema).parse(rows);
}
