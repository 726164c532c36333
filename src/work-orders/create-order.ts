import type { Command } from '../contract/conversation';
import type { OperationArgs } from '../contract/operations';
import type { Appointment, OrderFacts } from '../contract/orders';
import { beginCase } from '../contract/regulator';
import { readPhone } from '../customers/phone';
import { AppError } from '../errors';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import type { PolicySet } from '../sla/policy/policies';
import { appendStep } from './append-step';
import { checkLegalLimit } from './clocks/fire-due';
import { nextAtOf, promiseDueAt, startClocks } from './clocks/order-clocks';
import { writeOrder } from './clocks/write-order';
import type { OrderNumbers } from './number';
import { cleanNullable, cleanText, type OrderRecord, recordOf } from './order-record';

export interface CreateDependencies {
  db: Database;
  numbers: OrderNumbers;
  policies: PolicySet;
  /** The earliest free visit for an order that has none; null when there is none to be known in time. */
  earliestVisit?: (wanted: Pick<CreateArgs, 'kind' | 'address'>) => Promise<Appointment | null>;
  /** What policies ask of an order and the conversation does not say, by the phone that the asker has proven. */
  findFacts?: (
    order: Pick<CreateArgs, 'address' | 'area'>,
    provenPhone: string | null,
  ) => Promise<OrderFacts>;
  /** The confirmed mass outage that an order belongs to, and when it is expected to be over. */
  findIncident?: (
    order: Pick<CreateArgs, 'kind' | 'area' | 'details'>,
  ) => Promise<{ id: string; expectedAt: number } | null>;
}

type CreateArgs = OperationArgs<'work-order.create'>;

/**
 * Creates the order of a command with its clocks, its first history row and its event in one transaction. What the
 * customer is promised is the later of what the policies say and the end of the earliest free visit, or of the mass outage. The same command
 * again answers the order that it made, as it stands now. Throws `conflict` when another command already has the
 * number; that order stays as it is.
 */
export async function createOrder(
  deps: CreateDependencies,
  command: Command,
  given: CreateArgs,
  by = 'bot',
): Promise<{ order: OrderRecord; isNew: boolean }> {
  const { db, policies } = deps;
  const args = await withFacts(deps, command, given);
  const number = deps.numbers({ kind: args.kind, at: command.at, commandId: command.id });
  const incident = (await deps.findIncident?.(args)) ?? null;
  const visitEndAt = await visitEndOf(deps, args, incident);
  const created = await db.transaction().execute(async (tx) => {
    const row = await tx
      .insertInto('work_orders')
      .values(
        rowOf(command, args, { number, promiseAt: visitEndAt ?? command.at, incident: incident?.id ?? null }),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) return null;
    const made = recordOf(row);
    const clocks = startClocks(policies, made, visitEndAt);
    const order = { ...made, promiseAt: promiseDueAt(clocks, command.at) ?? made.promiseAt };
    await checkLegalLimit(tx, order, clocks, command.at);
    await writeOrder(tx, policies, { order, clocks });
    await appendStep(tx, order, { by, nextAt: nextAtOf(clocks) });
    return order;
  });
  if (created) return { order: created, isNew: true };
  return { order: await readCreated(db, command.id, number), isNew: false };
}

/** What the dialog says of the order itself holds; what it leaves open is found out. */
async function withFacts(
  { findFacts }: CreateDependencies,
  { asker }: Command,
  args: CreateArgs,
): Promise<CreateArgs> {
  const found = await findFacts?.(args, asker.phone);
  if (!found) return args;
  const { area, ...facts } = found;
  const news = Object.entries(facts).filter(([name, value]) => value !== null && !args.details[name]);
  return { ...args, area, details: { ...args.details, ...Object.fromEntries(news) } };
}

/** The end of the visit that was reserved; else of the earliest that somebody could come, or of the mass outage. */
async function visitEndOf(
  { earliestVisit }: CreateDependencies,
  args: CreateArgs,
  incident: { expectedAt: number } | null,
): Promise<number | null> {
  if (incident) return Math.round(Math.max(args.appointment?.endAt ?? 0, incident.expectedAt));
  const visit = args.appointment ?? (await earliestVisit?.(args)) ?? null;
  return visit ? Math.round(visit.endAt) : null;
}

const rowOf = (
  command: Command,
  args: CreateArgs,
  given: { number: string; promiseAt: number; incident: string | null },
) => ({
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
  incident: given.incident,
  regulator: args.kind === 'complaint' && args.regulator ? jsonText(beginCase(args.regulator)) : null,
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
