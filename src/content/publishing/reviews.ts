import { writeAudit } from '../../accounts/audit';
import type { DraftOf } from '../../contract/content-editing';
import type { Database } from '../../records/database';

/** Who has read what a draft would become and agrees. A later change of the draft is another version, and needs another. */
export interface Reviews {
  approve(version: string, by: { accountId: string; at: number }): Promise<void>;
  approversOf(version: string): Promise<DraftOf['approvedBy']>;
}

export const createReviews = (db: Database): Reviews => ({
  async approve(version, { accountId, at }) {
    await db.transaction().execute(async (tx) => {
      const added = await tx
        .insertInto('content_approvals')
        .values({ version, account_id: accountId, at: String(at) })
        .onConflict((conflict) => conflict.doNothing())
        .returning('version')
        .execute();
      if (added.length > 0)
        await writeAudit(tx, { accountId, action: 'content.approve', subject: `content:${version}`, at });
    });
  },
  approversOf: (version) =>
    db
      .selectFrom('content_approvals')
      .innerJoin('accounts', 'accounts.id', 'content_approvals.account_id')
      .select(['accounts.id', 'accounts.name'])
      .where('version', '=', version)
      .orderBy('at')
      .execute(),
});
