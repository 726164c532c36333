import { v7 as uuid } from 'uuid';
import { writeAudit } from '../../accounts/audit';
import { type Publication, publicationSchema } from '../../contract/content-editing';
import type { Database } from '../../records/database';

export interface NewPublication {
  action: Publication['action'];
  version: string;
  message: string;
  /** Null for what a program did. */
  accountId: string | null;
  at: number;
}

/** Keeps what was done with a version, with the words of who did it; the audit gets the ids alone. */
export async function writePublication(tx: Database, publication: NewPublication): Promise<void> {
  const { action, version, message, accountId, at } = publication;
  await tx
    .insertInto('content_publications')
    .values({ id: uuid(), at: String(at), account_id: accountId, action, version, message })
    .execute();
  await writeAudit(tx, { accountId, action: `content.${action}`, subject: `content:${version}`, at });
}

/** What was done with each of these versions, newest first. */
export async function readPublications(
  db: Database,
  versions: string[],
): Promise<Map<string, Publication[]>> {
  if (versions.length === 0) return new Map();
  const rows = await db
    .selectFrom('content_publications')
    .leftJoin('accounts', 'accounts.id', 'content_publications.account_id')
    .select(['version', 'at', 'action', 'message', 'account_id', 'name'])
    .where('version', 'in', versions)
    .orderBy('content_publications.id', 'desc')
    .execute();
  const found = new Map<string, Publication[]>();
  for (const { version, at, action, message, account_id, name } of rows) {
    const by = account_id === null ? null : { id: account_id, name: name ?? '' };
    const one = publicationSchema.parse({ at: new Date(Number(at)).toISOString(), by, action, message });
    found.set(version, [...(found.get(version) ?? []), one]);
  }
  return found;
}
