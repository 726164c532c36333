import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import type { Me, PresenceChange } from '../contract/desk';
import { newBroadcastSchema, reassignSchema, setPresenceSchema, type Wall } from '../contract/supervision';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Database } from '../records/database';
import { addBroadcast, endBroadcast, readBroadcasts } from './broadcasts';
import { reassign, type SuperviseDependencies, takeOver } from './supervise';

export interface SupervisionRoutesDependencies extends SuperviseDependencies {
  db: Database;
  readWall: () => Promise<Wall>;
  /** Says for somebody else whether they are there. Throws `not-found`. */
  setPresence: (accountId: string, change: PresenceChange) => Promise<Me>;
  /** Throws when nobody can take it: no such colleague or group. */
  checkTarget: (to: { agentId: string } | { group: string }) => Promise<void>;
  notePresence: (entry: {
    accountId: string;
    action: 'desk.presence';
    subject: string;
    note: string;
  }) => Promise<void>;
  mask: (text: string) => string;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 64 * 1024;
const takeOverSchema = z.strictObject({ clientId: z.string().min(1).max(200).optional() });

const idIn = (params: Record<string, string> | undefined): string => {
  const id = z.uuid().safeParse(params?.id);
  if (!id.success) throw new AppError('not-found', 'There is no such entry. Nothing was changed.');
  return id.data;
};

/** What those who lead see and do. Everybody reads announcements; the rest is for supervisors and admins. */
export function registerSupervision(server: Server, deps: SupervisionRoutesDependencies): void {
  const { db, requirePermission, mask, clock, log, news } = deps;
  const readers = requirePermission('wall.read');
  const leaders = requirePermission('wall.lead');
  const everyone = requirePermission('conversations.read');

  server.get(
    '/supervisor/wall',
    route(
      log,
      readers(async ({ response }) => sendJson(response, 200, await deps.readWall())),
    ),
  );
  server.post(
    '/supervisor/conversations/:id/take-over',
    route(
      log,
      leaders(async ({ request, response, account }) => {
        const { clientId } = parseBody(takeOverSchema, await readJson(request, BODY_LIMIT));
        const conversationId = String(request.params?.id ?? '');
        const result = await takeOver(deps, account, { conversationId, requestId: clientId ?? null });
        sendJson(response, result.status === 'pending' ? 202 : 200, result);
      }),
    ),
  );
  server.post(
    '/supervisor/reassign',
    route(
      log,
      leaders(async ({ request, response, account }) => {
        const wanted = parseBody(reassignSchema, await readJson(request, BODY_LIMIT));
        await deps.checkTarget(wanted.to);
        const results = await reassign(deps, account, { ...wanted, note: mask(wanted.note) });
        sendJson(response, 200, { results });
      }),
    ),
  );
  server.post(
    '/supervisor/agents/:id/presence',
    route(
      log,
      leaders(async ({ request, response, account }) => {
        const change = parseBody(setPresenceSchema, await readJson(request, BODY_LIMIT));
        const id = idIn(request.params);
        const me = await deps.setPresence(id, change);
        const subject = `account:${id}`;
        await deps.notePresence({
          accountId: account.id,
          action: 'desk.presence',
          subject,
          note: change.status,
        });
        sendJson(response, 200, me);
      }),
    ),
  );
  server.get(
    '/agent/broadcasts',
    route(
      log,
      everyone(async ({ response }) => {
        sendJson(response, 200, { broadcasts: await readBroadcasts(db, clock()) });
      }),
    ),
  );
  server.post(
    '/supervisor/broadcasts',
    route(
      log,
      leaders(async ({ request, response, account }) => {
        const wanted = parseBody(newBroadcastSchema, await readJson(request, BODY_LIMIT));
        const by = { accountId: account.id, at: clock() };
        await addBroadcast(db, { ...wanted, text: mask(wanted.text) }, by);
        await news.publish({ topic: 'broadcast' });
        sendJson(response, 201, { broadcasts: await readBroadcasts(db, clock()) });
      }),
    ),
  );
  server.del(
    '/supervisor/broadcasts/:id',
    route(
      log,
      leaders(async ({ request, response, account }) => {
        const by = { accountId: account.id, at: clock() };
        if (!(await endBroadcast(db, idIn(request.params), by)))
          throw new AppError('not-found', 'This announcement is over already. Nothing was changed.');
        await news.publish({ topic: 'broadcast' });
        sendJson(response, 200, { broadcasts: await readBroadcasts(db, clock()) });
      }),
    ),
  );
}
