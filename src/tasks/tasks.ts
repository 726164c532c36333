import { writeAudit } from '../accounts/audit';
import { type NewTask, type Task, taskSchema } from '../contract/tasks';
import { AppError } from '../errors';
import { raiseAlarm } from '../records/alarms';
import type { Database } from '../records/database';

/** Further ahead than any promise to a customer. */
const LONGEST_MS = 90 * 24 * 3600_000;

export interface By {
  accountId: string;
  at: number;
}

const tasksIn = (db: Database) =>
  db
    .selectFrom('agent_tasks')
    .innerJoin('accounts', 'accounts.id', 'agent_tasks.account_id')
    .select(['agent_tasks.id', 'text'])
    .select(['conversation_id as conversationId', 'account_id as accountId', 'accounts.name as accountName'])
    .select(['due_at as dueAt', 'agent_tasks.created_at as createdAt', 'done_at as doneAt']);

/** What is open, of one agent or of one conversation, the most urgent first; of a conversation what is done too. */
export async function listTasks(
  db: Database,
  of: { accountId: string } | { conversationId: string },
): Promise<Task[]> {
  const query =
    'accountId' in of
      ? tasksIn(db).where('account_id', '=', of.accountId).where('done_at', 'is', null)
      : tasksIn(db).where('conversation_id', '=', of.conversationId);
  const rows = await query.orderBy('due_at').limit(500).execute();
  return rows.map((row) => taskSchema.parse(row));
}

/** Whether somebody still owes the customer of a conversation something. */
export async function hasOpenTask(db: Database, conversationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('agent_tasks')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function findTask(db: Database, id: string): Promise<Task> {
  const row = await tasksIn(db).where('agent_tasks.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not-found', 'There is no such task. Nothing was changed.');
  return taskSchema.parse(row);
}

/** Makes a task for whoever asks. Throws `bad-request` for a time that is over or too far ahead. */
export async function addTask(db: Database, task: NewTask, by: By): Promise<Task> {
  if (task.dueAt <= by.at || task.dueAt > by.at + LONGEST_MS) {
    throw new AppError(
      'bad-request',
      'dueAt: a time ahead, within ninety days. Nothing was kept: choose the time that the customer was told.',
    );
  }
  await db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto('agent_tasks')
      .values({
        id: task.id,
        conversation_id: task.conversationId,
        account_id: by.accountId,
        text: task.text,
        due_at: String(task.dueAt),
        created_at: String(by.at),
        done_at: null,
        told_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added) await writeAudit(tx, { ...by, action: 'task.add', subject: `task:${task.id}` });
  });
  return findTask(db, task.id);
}

/** Notes that it was done; saying so again changes nothing. Throws `forbidden` for a task of somebody else. */
export async function finishTask(
  db: Database,
  id: string,
  by: By & { mayFinishAll: boolean },
): Promise<Task> {
  const task = await findTask(db, id);
  if (task.accountId !== by.accountId && !by.mayFinishAll)
    throw new AppError('forbidden', `This task is ${task.accountName}’s. Nothing was changed.`);
  await db.transaction().execute(async (tx) => {
    const done = await tx
      .updateTable('agent_tasks')
      .set({ done_at: String(by.at) })
      .where('id', '=', id)
      .where('done_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    const { accountId, at } = by;
    if (done) await writeAudit(tx, { accountId, at, action: 'task.done', subject: `task:${id}` });
  });
  return findTask(db, id);
}

/** Gives what is open in a conversation to a colleague, who goes on with it. Answers how many there were. */
export async function passTasks(
  db: Database,
  { conversationId, to }: { conversationId: string; to: string },
  by: By,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const holder = await tx
      .selectFrom('accounts')
      .select('id')
      .where('id', '=', to)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (!holder) throw new AppError('not-found', 'There is no such colleague. Nothing was passed on.');
    const passed = await tx
      .updateTable('agent_tasks')
      .set({ account_id: to })
      .where('conversation_id', '=', conversationId)
      .where('account_id', '=', by.accountId)
      .where('done_at', 'is', null)
      .returning('id')
      .execute();
    for (const { id } of passed)
      await writeAudit(tx, { ...by, action: 'task.pass', subject: `task:${id}`, note: `account:${to}` });
    return passed.length;
  });
}

/** Tells the supervisor of each task that was not done in time, once. Answers how many were told of. */
export async function tellOverdue(db: Database, now: number): Promise<number> {
  const overdue = await db
    .selectFrom('agent_tasks')
    .select(['id', 'conversation_id'])
    .where('done_at', 'is', null)
    .where('told_at', 'is', null)
    .where('due_at', '<=', String(now))
    .orderBy('due_at')
    .limit(500)
    .execute();
  for (const { id, conversation_id } of overdue) {
    // Another node may do the same: the alarm's id makes it one.
    await raiseAlarm(db, {
      id: `task:${id}`,
      at: now,
      reason: 'task-overdue',
      conversationId: conversation_id,
      number: null,
      policy: null,
      percent: null,
    });
    await db
      .updateTable('agent_tasks')
      .set({ told_at: String(now) })
      .where('id', '=', id)
      .execute();
  }
  return overdue.length;
}
