import type { Locale } from '../contract/activity';
import { type PracticeRun, type PracticeState, practiceRunSchema } from '../contract/practice';
import { AppError } from '../errors';
import type { JudgeRules } from '../quality/judge/judge-stretch';
import type { Database } from '../records/database';
import { beginPractice, converse } from './converse';
import type { Scenario } from './scenario';
import { scorePractice } from './score-practice';

const KEPT_MS = 90 * 24 * 3600_000;
const MOST_LINES = 200;

export interface By {
  accountId: string;
  at: number;
}

const runsIn = (db: Database) =>
  db
    .selectFrom('practice_runs as p')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .select(['p.id', 'p.scenario', 'a.name as accountName', 'p.locale', 'p.state', 'p.result'])
    .select(['p.began_at as beganAt', 'p.ended_at as endedAt']);

/** The newest practices, of one account or of all; those that are over only for others. */
export async function readRuns(db: Database, accountId: string | null): Promise<PracticeRun[]> {
  const query = runsIn(db).orderBy('p.began_at', 'desc').limit(50);
  const rows = await (accountId === null
    ? query.where('p.ended_at', 'is not', null)
    : query.where('p.account_id', '=', accountId)
  ).execute();
  return rows.map((row) => practiceRunSchema.parse(row));
}

const gone = () => new AppError('not-found', 'There is no such practice of yours. Nothing was changed.');

export async function readRun(db: Database, id: string, accountId: string): Promise<PracticeRun> {
  const row = await runsIn(db)
    .where('p.id', '=', id)
    .where('p.account_id', '=', accountId)
    .executeTakeFirst();
  if (!row) throw gone();
  return practiceRunSchema.parse(row);
}

/** Begins one; the same id again changes nothing. What is older than ninety days goes. */
export async function beginRun(
  db: Database,
  { id, scenario, locale }: { id: string; scenario: Scenario; locale: Locale },
  by: By,
): Promise<void> {
  await db
    .deleteFrom('practice_runs')
    .where('began_at', '<', String(by.at - KEPT_MS))
    .execute();
  await db
    .insertInto('practice_runs')
    .values({
      id,
      account_id: by.accountId,
      scenario: scenario.id,
      locale,
      began_at: String(by.at),
      ended_at: null,
      state: JSON.stringify(beginPractice(scenario, locale, by.at)),
      result: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Changes one that goes on, one change at a time. Throws `not-found`, and `conflict` for one that is over or too long. */
async function change(
  db: Database,
  id: string,
  by: By,
  next: (run: PracticeRun) => { state: PracticeState; result?: PracticeRun['result'] },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('practice_runs').select('id').where('id', '=', id).forUpdate().execute();
    const run = await readRun(tx, id, by.accountId);
    if (run.endedAt !== null || run.state.lines.length >= MOST_LINES)
      throw new AppError('conflict', 'This practice is over. Nothing was changed: begin another.');
    const { state, result = null } = next(run);
    await tx
      .updateTable('practice_runs')
      .set({
        state: JSON.stringify(state),
        ...(result && { result: JSON.stringify(result), ended_at: String(by.at) }),
      })
      .where('id', '=', id)
      .execute();
  });
}

export const sayInRun = (db: Database, { id, text, scenarioOf }: Said, by: By): Promise<void> =>
  change(db, id, by, ({ scenario, state, locale }) => ({
    state: converse(scenarioOf(scenario), state, { text, at: by.at, locale }),
  }));

interface Said {
  id: string;
  text: string;
  scenarioOf: (id: string) => Scenario;
}

export const addRunTask = (
  db: Database,
  { id, minutes }: { id: string; minutes: number },
  by: By,
): Promise<void> =>
  change(db, id, by, ({ state }) => ({
    state: { ...state, tasks: [...state.tasks, { createdAt: by.at, dueAt: by.at + minutes * 60_000 }] },
  }));

export const endRun = (
  db: Database,
  {
    id,
    disposition,
    rules,
    scenarioOf,
  }: { id: string; disposition: string; rules: JudgeRules; scenarioOf: (id: string) => Scenario },
  by: By,
): Promise<void> =>
  change(db, id, by, ({ scenario, state, beganAt }) => ({
    state,
    result: scorePractice(scenarioOf(scenario), state, { rules, beganAt, endedAt: by.at, disposition }),
  }));
