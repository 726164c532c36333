import { z } from 'zod';
import type { Database } from '../../records/database';
import type { Changes } from '../changes';

/** Where drafts are kept: one an account, so that no two people write the same. */
export interface DraftStore {
  read(accountId: string): Promise<StoredDraft | null>;
  /** Writes a draft whose stored revision is the one before; false when it is another. */
  write(accountId: string, draft: StoredDraft, at: number): Promise<boolean>;
  /** Accounts that have changes, the newest first. */
  list(): Promise<{ accountId: string; name: string; draft: StoredDraft; at: number }[]>;
}

export interface StoredDraft {
  base: string;
  revision: number;
  changes: Changes;
}

const changesSchema = z.record(z.string(), z.string().nullable());

export function createDraftStore(db: Database): DraftStore {
  return {
    async read(accountId) {
      const row = await db
        .selectFrom('content_drafts')
        .select(['base', 'revision', 'changes'])
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row ? { ...row, changes: changesSchema.parse(row.changes) } : null;
    },
    async write(accountId, { base, revision, changes }, at) {
      const values = { base, revision, changes: JSON.stringify(changes), updated_at: String(at) };
      const changed = await db
        .insertInto('content_drafts')
        .values({ account_id: accountId, ...values })
        .onConflict((conflict) =>
          conflict
            .column('account_id')
            .doUpdateSet(values)
            .where('content_drafts.revision', '=', revision - 1),
        )
        .returning('revision')
        .execute();
      return changed.length === 1;
    },
    async list() {
      const rows = await db
        .selectFrom('content_drafts')
        .innerJoin('accounts', 'accounts.id', 'content_drafts.account_id')
        .select(['account_id', 'name', 'base', 'revision', 'changes', 'updated_at'])
        .orderBy('updated_at', 'desc')
        .execute();
      return rows.flatMap(({ account_id, name, base, revision, changes, updated_at }) => {
        const draft = { base, revision, changes: changesSchema.parse(changes) };
        const isEmpty = Object.keys(draft.changes).length === 0;
        return isEmpty ? [] : [{ accountId: account_id, name, draft, at: Number(updated_at) }];
      });
    },
  };
}
