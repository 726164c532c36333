import { v7 as uuid } from 'uuid';
import { writeAudit } from '../../accounts/audit';
import { hashToken, newToken } from '../../accounts/tokens';
import type { ContentToken } from '../../contract/content-editing';
import { AppError } from '../../errors';
import type { Database } from '../../records/database';

/**
 * Tokens by which a program works on content as an account: with the rights of its role on content, and nothing else.
 * Kept hashed; shown once.
 */
export interface ContentTokens {
  add(
    accountId: string,
    wanted: { name: string; days: number },
  ): Promise<{ token: string; added: ContentToken }>;
  /** Of everybody, the newest first, those that are over left out. */
  list(): Promise<ContentToken[]>;
  /** Throws `not-found` for one that is over already. */
  end(accountId: string, id: string): Promise<void>;
  /** Whose token this is; null for one that is over or never was, or of an account that is disabled. */
  accountIdOf(token: string): Promise<string | null>;
}

/** By which a secret is known for what it is where it was left lying. */
const PREFIX = 'content_';
const DAY_MS = 24 * 3600_000;

export function createContentTokens(db: Database, clock: () => number): ContentTokens {
  const live = () =>
    db
      .selectFrom('content_tokens')
      .innerJoin('accounts', 'accounts.id', 'content_tokens.account_id')
      .where('content_tokens.expires_at', '>', String(clock()))
      .where('accounts.disabled_at', 'is', null);
  const list = async (): Promise<ContentToken[]> => {
    const rows = await live()
      .select(['content_tokens.id', 'content_tokens.name', 'account_id', 'accounts.name as owner'])
      .select(['content_tokens.created_at', 'expires_at'])
      .orderBy('content_tokens.id', 'desc')
      .execute();
    return rows.map(({ id, name, account_id, owner, created_at, expires_at }) => ({
      id,
      name,
      account: { id: account_id, name: owner },
      createdAt: new Date(Number(created_at)).toISOString(),
      expiresAt: new Date(Number(expires_at)).toISOString(),
    }));
  };
  return {
    list,
    async add(accountId, { name, days }) {
      const [id, token, at] = [uuid(), `${PREFIX}${newToken()}`, clock()];
      const times = { created_at: String(at), expires_at: String(at + days * DAY_MS) };
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto('content_tokens')
          .values({ id, token_hash: hashToken(token), account_id: accountId, name, ...times })
          .execute();
        await writeAudit(tx, { accountId, action: 'content.token', subject: `content-token:${id}`, at });
      });
      const added = (await list()).find((each) => each.id === id);
      if (!added)
        throw new AppError('conflict', 'The account was disabled meanwhile; the token is of no use.');
      return { token, added };
    },
    async end(accountId, id) {
      const at = clock();
      await db.transaction().execute(async (tx) => {
        const ended = await tx
          .updateTable('content_tokens')
          .set({ expires_at: String(at) })
          .where('id', '=', id)
          .where('expires_at', '>', String(at))
          .returning('id')
          .execute();
        if (ended.length === 0)
          throw new AppError('not-found', 'There is no such token, or it is over already.');
        await writeAudit(tx, { accountId, action: 'content.token.end', subject: `content-token:${id}`, at });
      });
    },
    async accountIdOf(token) {
      if (!token.startsWith(PREFIX)) return null;
      const row = await live()
        .select('account_id')
        .where('token_hash', '=', hashToken(token))
        .executeTakeFirst();
      return row?.account_id ?? null;
    },
  };
}
