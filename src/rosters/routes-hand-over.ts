import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { type HandOverView, handOverSchema } from '../contract/rosters';
import type { Task } from '../contract/tasks';
import { maskPhones } from '../handoff/mask-personal';
import type { Routing } from '../handoff/routing/routing';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { type HandOverDependencies, handOver, openOf, whyNotFree } from './hand-over';

export interface HandOverRoutesDependencies extends HandOverDependencies {
  routing: Pick<Routing, 'lastMinutesOfShift'>;
  tasksOf: (conversationId: string) => Promise<Task[]>;
  /** Takes ID cards, bank cards, passwords and codes out of what is typed. */
  mask: (text: string) => string;
  requirePermission: RequirePermission;
  log: Logger;
}

const BODY_LIMIT = 64 * 1024;

async function readView(deps: HandOverRoutesDependencies, agentId: string): Promise<HandOverView> {
  const now = deps.clock();
  const [states, everybody] = await Promise.all([openOf(deps.desk, agentId), deps.roster.list()]);
  const closesAt = everybody.find(({ id }) => id === agentId)?.closesAt ?? null;
  const items = states.map(
    async ({ conversationId, channel, lastText, ownership, dialog, orders, clocks }) => {
      const tasks = await deps.tasksOf(conversationId);
      return {
        conversationId,
        channel,
        lastText: maskPhones(lastText),
        since: ownership.since,
        dialog: dialog?.frames[0]?.dialog ?? null,
        isWaiting: clocks.some(({ subject }) => subject.endsWith('human-reply')),
        orders: orders.map(({ number, status }) => ({ number, status })),
        tasks: tasks
          .filter(({ doneAt, accountId }) => doneAt === null && accountId === agentId)
          .map(({ text, dueAt }) => ({ text: maskPhones(text), dueAt })),
      };
    },
  );
  return {
    shiftEndsAt: closesAt === null ? null : closesAt + deps.routing.lastMinutesOfShift * 60_000,
    items: await Promise.all(items),
    colleagues: everybody
      .filter(({ id, isThere }) => id !== agentId && isThere)
      .map((each) => ({
        id: each.id,
        name: each.name,
        room: Math.max(0, each.capacity - each.openCount),
        notFree: whyNotFree(each, now),
      })),
  };
}

/** The end of a shift: what is open goes to colleagues by name, on one page. */
export function registerHandOver(server: Server, deps: HandOverRoutesDependencies): void {
  const { requirePermission, mask, log } = deps;
  const actors = requirePermission('conversations.work');
  server.get(
    '/agent/hand-over',
    route(
      log,
      actors(async ({ response, account }) => sendJson(response, 200, await readView(deps, account.id))),
    ),
  );
  server.post(
    '/agent/hand-over',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const { clientId, items } = parseBody(handOverSchema, await readJson(request, BODY_LIMIT));
        const masked = items.map((item) => ({
          ...item,
          done: mask(item.done),
          promised: mask(item.promised),
          toDo: mask(item.toDo),
        }));
        sendJson(response, 200, { results: await handOver(deps, account, { clientId, items: masked }) });
      }),
    ),
  );
}
