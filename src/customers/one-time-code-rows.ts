import type { Database } from '../records/database';

/** What Postgres keeps of one-time codes: the newest of each phone, what was sent and what was checked, by command. */

/** Everything about a phone waits for its row; it is made when there is none. */
export async function lockPhone(tx: Database, phone: string) {
  await tx
    .insertInto('one_time_codes')
    .values({ phone, conversation_id: null, code_hash: null, expires_at: '0', tries_left: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return tx
    .selectFrom('one_time_codes')
    .selectAll()
    .where('phone', '=', phone)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function readSend(tx: Database, commandId: string) {
  const row = await tx
    .selectFrom('one_time_code_sends')
    .select(['expires_at', 'is_sent'])
    .where('command_id', '=', commandId)
    .executeTakeFirst();
  return row && { expiresAt: Number(row.expires_at), isSent: row.is_sent };
}

export async function readCheck(tx: Database, commandId: string) {
  const row = await tx
    .selectFrom('one_time_code_checks')
    .select(['is_verified', 'tries_left'])
    .where('command_id', '=', commandId)
    .executeTakeFirst();
  return row && { isVerified: row.is_verified, triesLeft: row.tries_left };
}

/** When codes were sent to a phone since a moment. */
export async function readSendTimes(tx: Database, phone: string, since: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('one_time_code_sends')
    .select('at')
    .where('phone', '=', phone)
    .where('at', '>', String(since))
    .execute();
  return rows.map(({ at }) => Number(at));
}

export async function insertSend(
  tx: Database,
  send: { commandId: string; phone: string; at: number; expiresAt: number },
): Promise<void> {
  await tx
    .insertInto('one_time_code_sends')
    .values({
      command_id: send.commandId,
      phone: send.phone,
      at: String(send.at),
      expires_at: String(send.expiresAt),
      is_sent: false,
    })
    .execute();
}

export async function markSent(db: Database, commandId: string): Promise<void> {
  await db
    .updateTable('one_time_code_sends')
    .set({ is_sent: true })
    .where('command_id', '=', commandId)
    .execute();
}

export async function insertCheck(
  tx: Database,
  check: {
    commandId: string;
    conversationId: string;
    phone: string;
    at: number;
    isVerified: boolean;
    triesLeft: number;
  },
): Promise<void> {
  await tx
    .insertInto('one_time_code_checks')
    .values({
      command_id: check.commandId,
      at: String(check.at),
      is_verified: check.isVerified,
      tries_left: check.triesLeft,
      conversation_id: check.conversationId,
      phone: check.phone,
      used_by: null,
    })
    .execute();
}

/** After so long a code that was passed proves nothing any more. */
const PROOF_MS = 10 * 60_000;

/** The phone that was proven last in a conversation, by a proof that no command but this one has used; else null. */
export async function findProof(
  tx: Database,
  { commandId, conversationId, at }: { commandId: string; conversationId: string; at: number },
): Promise<{ id: string; phone: string } | null> {
  const row = await tx
    .selectFrom('one_time_code_checks')
    .select(['command_id', 'phone'])
    .where('conversation_id', '=', conversationId)
    .where('is_verified', '=', true)
    .where('at', '>', String(at - PROOF_MS))
    .where((eb) => eb.or([eb('used_by', 'is', null), eb('used_by', '=', commandId)]))
    .orderBy('at', 'desc')
    .forUpdate()
    .executeTakeFirst();
  return row?.phone ? { id: row.command_id, phone: row.phone } : null;
}

/** A proof links once. */
export async function markUsed(tx: Database, proofId: string, commandId: string): Promise<void> {
  await tx
    .updateTable('one_time_code_checks')
    .set({ used_by: commandId })
    .where('command_id', '=', proofId)
    .execute();
}

/** Forgets codes, sends and checks that are over since before a moment. */
export async function deleteRowsBefore(db: Database, moment: number): Promise<void> {
  const before = String(moment);
  await db.deleteFrom('one_time_code_sends').where('at', '<', before).execute();
  await db.deleteFrom('one_time_code_checks').where('at', '<', before).execute();
  await db.deleteFrom('one_time_codes').where('expires_at', '<', before).execute();
}
