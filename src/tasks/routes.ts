import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { may, type Worker } from '../accounts/permissions';
import { newTaskSchema } from '../contract/tasks';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Database } from '../records/database';
import { addTask, finishTask, listTasks, passTasks } from './tasks';

export interface TaskRoutesDependencies {
  db: Database;
  requirePermission: RequirePermission;
  /** Throws `forbidden` to whom a conversation is not shown, and `not-found`. */
  checkReadable: (account: Worker, conversationId: string) => Promise<void>;
  /** Takes documents, cards, passwords and codes out of what an agent types. */
  mask: (text: string) => string;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 8 * 1024;
const passSchema = z.strictObject({ conversationId: z.string().min(1).max(200), to: z.uuid() });

/**
 * `GET /agent/tasks` (one's own that are open; `?conversation=` those of a conversation), `POST /agent/tasks`,
 * `POST /agent/tasks/:id/done`, `POST /agent/tasks/pass`.
 */
export function registerTasks(server: Server, deps: TaskRoutesDependencies): void {
  const { db, requirePermission, mask, clock, log } = deps;
  const readers = requirePermission('conversations.read');
  const actors = requirePermission('conversations.work');

  server.get(
    '/agent/tasks',
    route(
      log,
      readers(async ({ request, response, account }) => {
        const conversationId = new URLSearchParams(request.getQuery()).get('conversation');
        if (conversationId !== null) await deps.checkReadable(account, conversationId);
        const of = conversationId === null ? { accountId: account.id } : { conversationId };
        sendJson(response, 200, { tasks: await listTasks(db, of) });
      }),
    ),
  );
  server.post(
    '/agent/tasks',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const task = parseBody(newTaskSchema, await readJson(request, BODY_LIMIT));
        await deps.checkReadable(account, task.conversationId);
        const by = { accountId: account.id, at: clock() };
        sendJson(response, 201, { task: await addTask(db, { ...task, text: mask(task.text) }, by) });
      }),
    ),
  );
  server.post(
    '/agent/tasks/pass',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const pass = parseBody(passSchema, await readJson(request, BODY_LIMIT));
        const passed = await passTasks(db, pass, { accountId: account.id, at: clock() });
        sendJson(response, 200, { passed });
      }),
    ),
  );
  server.post(
    '/agent/tasks/:id/done',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const id = z.uuid().safeParse(request.params?.id);
        if (!id.success) throw new AppError('not-found', 'There is no such task. Nothing was changed.');
        const mayFinishAll = may(account, 'tasks.lead');
        const by = { accountId: account.id, at: clock(), mayFinishAll };
        sendJson(response, 200, { task: await finishTask(db, id.data, by) });
      }),
    ),
  );
}
