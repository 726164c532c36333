import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';

export interface AlarmRoutesDependencies {
  /** The newest first; only those that nobody has seen unless all are wanted. */
  readAlarms: (wanted: { isAll: boolean; limit: number }) => Promise<unknown[]>;
  /** False when there is no such alarm. */
  noteSeen: (seen: { id: string; by: string }) => Promise<boolean>;
  requirePermission: RequirePermission;
  log: Logger;
}

const querySchema = z.object({
  all: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/**
 * `GET /agent/alarms`: what the engine tells supervisors, and agents may read; `POST /agent/alarms/:id/seen` takes one
 * off the list, for supervisors.
 */
export function registerAlarms(server: Server, deps: AlarmRoutesDependencies): void {
  const { readAlarms, noteSeen, requirePermission, log } = deps;
  server.get(
    '/agent/alarms',
    route(
      log,
      requirePermission('conversations.read')(async ({ request, response }) => {
        const query = Object.fromEntries(new URLSearchParams(request.getQuery()));
        const { all, limit } = parseBody(querySchema, query);
        sendJson(response, 200, { alarms: await readAlarms({ isAll: all === 'true', limit }) });
      }),
    ),
  );
  server.post(
    '/agent/alarms/:id/seen',
    route(
      log,
      requirePermission('alarms.settle')(async ({ request, response, account }) => {
        const isKnown = await noteSeen({ id: String(request.params?.id ?? ''), by: account.id });
        if (!isKnown) throw new AppError('not-found', 'There is no such alarm. Read the list again.');
        sendJson(response, 200, { status: 'seen' });
      }),
    ),
  );
}
