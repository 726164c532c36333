import { sql } from 'kysely';
import { NO_SKILLS, type Skills, type SkillsChange, skillsSchema } from '../contract/desk';
import { AppError } from '../errors';
import type { Database } from '../records/database';
import type { Account } from './account';
import { findAccount } from './accounts';
import { writeAudit } from './audit';

/** What an account can do; NO_SKILLS when nobody has said. */
export async function readSkills(db: Database, accountId: string): Promise<Skills> {
  const row = await db
    .selectFrom('agent_skills')
    .select(['groups', 'languages', 'capacity', 'shift_end as shiftEnd'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ? skillsSchema.parse(row) : NO_SKILLS;
}

/** Changes what an account can do; what is left out stays. Throws `not-found`. */
export async function changeSkills(
  db: Database,
  accountId: string,
  change: SkillsChange,
  by: { accountId: string | null; at: number },
): Promise<{ account: Account; skills: Skills }> {
  return db.transaction().execute(async (tx) => {
    const account = await findAccount(tx, { id: accountId });
    if (!account) throw new AppError('not-found', 'There is no such account. Nothing was changed.');
    const skills = { ...(await readSkills(tx, accountId)), ...change };
    const { groups, languages, capacity, shiftEnd } = skills;
    const json = groups === null ? null : JSON.stringify(groups);
    await sql`
      INSERT INTO agent_skills (account_id, groups, languages, capacity, shift_end, updated_at)
      VALUES (${accountId}, ${json}::jsonb, ${languages}::text[], ${capacity}, ${shiftEnd}, ${by.at})
      ON CONFLICT (account_id) DO UPDATE SET groups = excluded.groups, languages = excluded.languages,
        capacity = excluded.capacity, shift_end = excluded.shift_end, updated_at = excluded.updated_at`.execute(
      tx,
    );
    const note = Object.keys(change).sort().join(', ');
    await writeAudit(tx, { ...by, action: 'account.skills', subject: `account:${accountId}`, note });
    return { account, skills };
  });
}
