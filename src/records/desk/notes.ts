import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database';

/** A word among colleagues about a conversation; customers never see it. */
export const noteSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  at: z.coerce.number(),
  /** The name is empty where no account wrote it: the bot did. */
  by: z.object({ id: z.string(), name: z.string() }),
  text: z.string(),
  /** Ids of the accounts that it names. */
  mentions: z.array(z.string()),
});
export type Note = z.infer<typeof noteSchema>;

const LIMIT = 200;

const notesIn = (db: Database) =>
  db
    .selectFrom('conversation_notes as n')
    .leftJoin('accounts as a', (join) => join.on(sql`a.id::text`, '=', sql.ref('n.account_id')))
    .select(['n.id', 'n.conversation_id as conversationId', 'n.at', 'n.text', 'n.mentions'])
    .select(
      sql<{
        id: string;
        name: string;
      }>`json_build_object('id', n.account_id, 'name', coalesce(a.name, ''))`.as('by'),
    );

/** The notes of a conversation, oldest first; the newest two hundred. */
export async function readNotes(db: Database, conversationId: string): Promise<Note[]> {
  const rows = await notesIn(db)
    .where('n.conversation_id', '=', conversationId)
    .orderBy('n.at', 'desc')
    .limit(LIMIT)
    .execute();
  return z.array(noteSchema).parse(rows.reverse());
}

/** Notes that name an account, the newest first. */
export async function readMentions(
  db: Database,
  { accountId, since }: { accountId: string; since: number },
): Promise<Note[]> {
  const rows = await notesIn(db)
    .where(sql<boolean>`${accountId} = ANY(n.mentions)`)
    .where('n.at', '>', String(since))
    .orderBy('n.at', 'desc')
    .limit(50)
    .execute();
  return z.array(noteSchema).parse(rows);
}

/** Being named in a note counts for a week: it is news, and lets somebody read the conversation. */
export const MENTION_MS = 7 * 24 * 3600_000;

/** Whether a note about a conversation has named an account since then. */
export async function isNamedIn(
  db: Database,
  { accountId, conversationId, since }: { accountId: string; conversationId: string; since: number },
): Promise<boolean> {
  const found = await db
    .selectFrom('conversation_notes')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where(sql<boolean>`${accountId} = ANY(mentions)`)
    .where('at', '>', String(since))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Adds a note; the same id again changes nothing, and false is answered. Names that are nobody's are left out. */
export async function addNote(
  db: Database,
  note: {
    id: string;
    conversationId: string;
    at: number;
    accountId: string;
    text: string;
    mentions: string[];
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    SELECT id::text AS id FROM accounts WHERE disabled_at IS NULL AND id::text = ANY(${note.mentions}::text[])`.execute(
    db,
  );
  const added = await db
    .insertInto('conversation_notes')
    .values({
      id: note.id,
      conversation_id: note.conversationId,
      at: String(note.at),
      account_id: note.accountId,
      text: note.text.replaceAll('\0', ''),
      mentions: rows.map(({ id }) => id),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0) > 0;
}
