import { listAccounts } from '../accounts/accounts';
import { writeAudit } from '../accounts/audit';
import type { RosterPlan, Shift } from '../contract/rosters';
import { AppError } from '../errors';
import type { Database } from '../records/database';
import { readShifts, writeShifts } from '../records/rosters/shifts';
import { planImport } from './plan-import';
import { readRoster } from './read-roster';

const HORIZON_MS = 100 * 24 * 3600_000;
/** The longest shift that may have begun before now. */
const BACK_MS = 24 * 3600_000;

export interface RosterDependencies {
  db: Database;
  timeZone: string;
  clock: () => number;
}

async function plan(
  { timeZone, clock }: RosterDependencies,
  db: Database,
  file: Uint8Array,
): Promise<RosterPlan> {
  const now = clock();
  const active = (await listAccounts(db)).filter(
    ({ disabledAt, role }) => disabledAt === null && role !== 'auditor',
  );
  const accounts = new Map(active.map((account) => [account.login, account]));
  const found = readRoster(file, { accounts, timeZone, now });
  const known = await readShifts(db, { endAfter: now - BACK_MS, beginBefore: now + HORIZON_MS });
  return planImport(known, found);
}

/** What an import of a file would change; nothing is changed. */
export const previewRoster = (deps: RosterDependencies, file: Uint8Array): Promise<RosterPlan> =>
  plan(deps, deps.db, file);

/**
 * Does what was previewed, all of it or nothing. Throws `bad-request` for a file with problems and `conflict` when it
 * would change something else than was seen. Answers whose shifts have changed.
 */
export async function importRoster(
  deps: RosterDependencies,
  { file, digest }: { file: Uint8Array; digest: string },
  by: { accountId: string; at: number },
): Promise<{ plan: RosterPlan; accountIds: string[] }> {
  return deps.db.transaction().execute(async (tx) => {
    const found = await plan(deps, tx, file);
    if (found.problems.length > 0)
      throw new AppError(
        'bad-request',
        'Nothing was imported: mend what the preview tells of, and choose the file again.',
      );
    if (found.digest !== digest)
      throw new AppError(
        'conflict',
        'The roster has changed since the preview. Nothing was imported: look at it again.',
      );
    await writeShifts(tx, found);
    const changed: Shift[] = [...found.added, ...found.removed];
    const note = `added ${found.added.length}, removed ${found.removed.length}`;
    await writeAudit(tx, { ...by, action: 'roster.import', subject: `roster:${digest}`, note });
    return { plan: found, accountIds: [...new Set(changed.map(({ accountId }) => accountId))] };
  });
}
