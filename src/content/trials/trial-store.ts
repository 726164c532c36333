import { sql } from 'kysely';
import { z } from 'zod';
import {
  type TrialResult,
  trialResultSchema,
  type Verdict,
  verdictSchema,
} from '../../contract/content-trial';
import type { Database } from '../../records/database';
import { jsonText } from '../../records/write-records';

/** A draft that was tried, as it is kept. Times are milliseconds since 1970 UTC. */
export interface StoredTrial {
  id: string;
  version: string;
  base: string;
  accountId: string;
  startedAt: number;
  endedAt: number | null;
  /** Why it came to nothing. */
  error: string | null;
  changedDialogs: string[];
  result: TrialResult | null;
  verdicts: Record<string, Verdict>;
}

export interface TrialStore {
  begin(trial: StoredTrial): Promise<void>;
  end(id: string, outcome: Pick<StoredTrial, 'endedAt' | 'error' | 'result' | 'verdicts'>): Promise<void>;
  /** The newest of a version against another. */
  latest(version: string, base: string): Promise<StoredTrial | null>;
  /** The newest that came to something, whatever the version. */
  latestOf(accountId: string): Promise<StoredTrial | null>;
  judge(id: string, verdicts: Record<string, Verdict>): Promise<void>;
}

/** Trials of earlier releases kept the problems of lines in words. */
const olderSchema = z.looseObject({
  rehearsal: z.looseObject({
    failed: z.array(z.looseObject({ problems: z.array(z.looseObject({ problem: z.unknown() })) })),
  }),
});

/** A result as it is kept, by this release or an earlier one. */
export function readResult(kept: unknown): TrialResult {
  const { rehearsal, ...rest } = olderSchema.parse(kept);
  const failed = rehearsal.failed.map((each) => ({
    ...each,
    problems: each.problems.map(({ problem, ...line }) => ({
      ...line,
      problem: typeof problem === 'string' ? { type: 'broken', message: problem } : problem,
    })),
  }));
  return trialResultSchema.parse({ ...rest, rehearsal: { ...rehearsal, failed } });
}

const verdictsSchema = z.record(z.string(), verdictSchema);

export function createTrialStore(db: Database): TrialStore {
  const select = () =>
    db.selectFrom('content_trials').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc').limit(1);
  type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
  const read = (row: Row | undefined): StoredTrial | null =>
    row
      ? {
          id: row.id,
          version: row.version,
          base: row.base,
          accountId: row.account_id,
          startedAt: Number(row.started_at),
          endedAt: row.ended_at === null ? null : Number(row.ended_at),
          error: row.error,
          changedDialogs: z.array(z.string()).parse(row.changed_dialogs),
          result: row.result === null ? null : readResult(row.result),
          verdicts: verdictsSchema.parse(row.verdicts),
        }
      : null;

  return {
    async begin(trial) {
      await db
        .insertInto('content_trials')
        .values({
          id: trial.id,
          version: trial.version,
          base: trial.base,
          account_id: trial.accountId,
          started_at: String(trial.startedAt),
          ended_at: null,
          error: null,
          changed_dialogs: jsonText(trial.changedDialogs),
          result: null,
          verdicts: jsonText({}),
        })
        .execute();
    },
    async end(id, { endedAt, error, result, verdicts }) {
      await db
        .updateTable('content_trials')
        .set({
          ended_at: String(endedAt),
          error,
          result: result && jsonText(result),
          verdicts: jsonText(verdicts),
        })
        .where('id', '=', id)
        .execute();
    },
    latest: async (version, base) =>
      read(await select().where('version', '=', version).where('base', '=', base).executeTakeFirst()),
    latestOf: async (accountId) =>
      read(
        await select().where('account_id', '=', accountId).where('result', 'is not', null).executeTakeFirst(),
      ),
    async judge(id, verdicts) {
      await db
        .updateTable('content_trials')
        .set({ verdicts: sql`verdicts || ${jsonText(verdicts)}::jsonb` })
        .where('id', '=', id)
        .execute();
    },
  };
}
