import type { Command } from '../contract/conversation';
import type { OperationArgs, OrderKind } from '../contract/operations';
import { readPhone } from '../customers/phone';
import { AppError } from '../errors';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import { appendStep } from './append-step';
import type { OrderNumbers } from './number';
import { cleanNullable, cleanText, type OrderRecord, recordOf } from './order-record';

export interface CreateDependencies {
  db: Database;
  numbers: OrderNumbers;
  /** From the report to the promise. */
  promiseMinutes: Record<OrderKind, number>;
}

type CreateArgs = OperationArgs<'work-order.create'>;

/**
 * Creates the order of a command, its first history row and its event in one transaction. The same command again
 * answers the order that it made, as it stands now. Throws `conflict` when another command already has the number;
 * that order stays as it is.
 */
export async function createOrder(
  { db, numbers, promiseMinutes }: CreateDependencies,
  command: Command,
  args: CreateArgs,
): Promise<{ order: OrderRecord; isNew: boolean }> {
  const number = numbers({ kind: args.kind, at: command.at, commandId: command.id });
  const values = rowOf(command, args, { number, promiseAt: promiseOf(promiseMinutes, command.at, args) });
  const created = await db.transaction().execute(async (tx) => {
    const row = await tx
      .insertInto('work_orders')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) return null;
    const order = recordOf(row);
    await appendStep(tx, order, { by: 'bot' });
    return order;
  });
  if (created) return { order: created, isNew: true };
  return { order: await readCreated(db, command.id, number), isNew: false };
}

/** The later of what the rules promise and the end of a visit that was reserved. */
function promiseOf(
  minutes: Record<OrderKind, number>,
  at: number,
  { kind, appointment }: CreateArgs,
): number {
  return Math.round(Math.max(at + minutes[kind] * 60_000, appointment?.endAt ?? 0));
}

const rowOf = (command: Command, args: CreateArgs, given: { number: string; promiseAt: number }) => ({
  number: given.number,
  kind: args.kind,
  status: 'registered',
  version: 1,
  conversation_id: command.conversationId,
  channel: command.channel,
  phone: contactOf(args.phone ?? command.asker.phone),
  address: cleanNullable(args.address),
  area: cleanNullable(args.area),
  summary: cleanText(args.summary),
  priority: args.priority,
  promise_at: String(given.promiseAt),
  appointment: args.appointment ? jsonText(args.appointment) : null,
  details: jsonText(args.details),
  command_id: command.id,
  created_at: String(command.at),
  updated_at: String(command.at),
});

const contactOf = (phone: string | null): string | null =>
  phone === null ? null : (readPhone(phone) ?? cleanText(phone));

async function readCreated(db: Database, commandId: string, number: string): Promise<OrderRecord> {
  const row = await db
    .selectFrom('work_orders')
    .selectAll()
    .where('command_id', '=', commandId)
    .executeTakeFirst();
  if (row) return recordOf(row);
  throw new AppError(
    'conflict',
    `Two commands were given the order number ${number}. The first order stands; the second was not created.`,
    { details: { number, commandId } },
  );
}
