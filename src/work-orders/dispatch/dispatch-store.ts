import { sql } from 'kysely';
import { z } from 'zod';
import { type OrderMessage, orderMessageSchema } from '../../contract/operator-orders';
import { raiseAlarm } from '../../records/alarms';
import type { Database } from '../../records/database';

/** A message in the hand of one node until its lease ends. */
export interface Claimed {
  message: OrderMessage;
  conversationId: string;
  /** Attempts that failed before. */
  attempts: number;
  /** When the change was made. */
  at: number;
}

type Named = Pick<OrderMessage, 'number' | 'version'>;

const claimedSchema = z.object({
  message: orderMessageSchema,
  conversation_id: z.string(),
  attempts: z.number(),
  at: z.coerce.number(),
});

/**
 * Takes up to `limit` messages that are due, the oldest of each order only: the next waits until that one is out, or
 * given up. No other node gets them before the lease ends.
 */
export async function claimDispatch(
  db: Database,
  { now, leaseMs, limit }: { now: number; leaseMs: number; limit: number },
): Promise<Claimed[]> {
  const { rows } = await sql`
    UPDATE dispatch_out AS o SET next_at = ${String(now + leaseMs)}
    FROM (
      SELECT d.number, d.version, w.conversation_id FROM dispatch_out AS d
      JOIN work_orders AS w ON w.number = d.number
      WHERE d.dead_at IS NULL AND d.next_at <= ${String(now)} AND NOT EXISTS (
        SELECT 1 FROM dispatch_out AS e
        WHERE e.number = d.number AND e.version < d.version AND e.dead_at IS NULL
      )
      ORDER BY d.next_at, d.at LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED
    ) AS due
    WHERE o.number = due.number AND o.version = due.version
    RETURNING o.message, o.attempts, o.at, due.conversation_id`.execute(db);
  return rows.map((row) => {
    const { message, conversation_id: conversationId, attempts, at } = claimedSchema.parse(row);
    return { message, conversationId, attempts, at };
  });
}

/** The operator's systems have it. */
export async function removeDispatch(db: Database, { number, version }: Named): Promise<void> {
  await db.deleteFrom('dispatch_out').where('number', '=', number).where('version', '=', version).execute();
}

/** It is tried again, not before `nextAt`. */
export async function postponeDispatch(
  db: Database,
  { number, version }: Named,
  { nextAt, reason }: { nextAt: number; reason: string },
): Promise<void> {
  await db
    .updateTable('dispatch_out')
    .set((eb) => ({ next_at: String(nextAt), attempts: eb('attempts', '+', 1), reason }))
    .where('number', '=', number)
    .where('version', '=', version)
    .execute();
}

/** It is given up and kept; the supervisor is told in the same transaction. */
export async function buryDispatch(
  db: Database,
  { message: { number, version }, conversationId }: Claimed,
  { at, reason }: { at: number; reason: string },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('dispatch_out')
      .set((eb) => ({ dead_at: String(at), attempts: eb('attempts', '+', 1), reason }))
      .where('number', '=', number)
      .where('version', '=', version)
      .execute();
    await raiseAlarm(tx, {
      id: `${number}:dispatch-failed:${version}`,
      at,
      reason: 'dispatch-failed',
      conversationId,
      number,
      policy: null,
      percent: null,
    });
  });
}

export interface DispatchView extends Named {
  event: string;
  at: number;
  attempts: number;
  reason: string | null;
  /** When it was given up; null while it is still tried. */
  deadAt: number | null;
}

/** What has not arrived: given up first, then what has failed most, at most `limit`; and how many wait in all. */
export async function readDispatch(
  db: Database,
  limit: number,
): Promise<{ waiting: number; dead: number; messages: DispatchView[] }> {
  const counts = await db
    .selectFrom('dispatch_out')
    .select((eb) => [
      eb.fn.countAll<string>().filterWhere('dead_at', 'is', null).as('waiting'),
      eb.fn.countAll<string>().filterWhere('dead_at', 'is not', null).as('dead'),
    ])
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('dispatch_out')
    .select(['number', 'version', 'at', 'attempts', 'reason', 'dead_at'])
    .select(sql<string>`message->>'event'`.as('event'))
    .orderBy('dead_at', (order) => order.asc().nullsLast())
    .orderBy('attempts', 'desc')
    .orderBy('at')
    .limit(limit)
    .execute();
  const messages = rows.map(({ dead_at, at, ...row }) => ({
    ...row,
    at: Number(at),
    deadAt: dead_at === null ? null : Number(dead_at),
  }));
  return { waiting: Number(counts.waiting), dead: Number(counts.dead), messages };
}

/** Tries again what was given up, with a fresh life. False when there is no such message. */
export async function reviveDispatch(
  db: Database,
  { number, version }: Named,
  now: number,
): Promise<boolean> {
  const revived = await db
    .updateTable('dispatch_out')
    .set({ dead_at: null, attempts: 0, next_at: '0', at: String(now), reason: null })
    .where('number', '=', number)
    .where('version', '=', version)
    .where('dead_at', 'is not', null)
    .returning('number')
    .executeTakeFirst();
  return revived !== undefined;
}
