import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { dismissMessagesSchema, type LearnableMessage } from '../contract/content-messages';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';

export interface MessageRoutesDependencies {
  readMessages: (range: { since: number; limit: number }) => Promise<LearnableMessage[]>;
  dismissMessages: (dismissed: { keys: string[]; accountId: string; at: number }) => Promise<void>;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const DAY_MS = 24 * 3600_000;
const BODY_LIMIT = 256 * 1024;
/** As many as one looks through. */
const LIMIT = 500;
const querySchema = z.object({ days: z.coerce.number().int().min(1).max(3650).default(30) });

/**
 * `GET /admin/content/messages?days=30`: what was not understood, or only because the customer was asked.
 * `POST /admin/content/messages/dismiss` `{keys}`: what nothing is to be learned from.
 */
export function registerMessages(server: Server, deps: MessageRoutesDependencies): void {
  const { readMessages, dismissMessages, requirePermission, clock, log } = deps;
  server.get(
    '/admin/content/messages',
    route(
      log,
      requirePermission('unanswered.read')(async ({ request, response }) => {
        const query = querySchema.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
        if (!query.success)
          throw new AppError('bad-request', 'days is 1 to 3650. Mend the address and open it again.');
        const since = clock() - query.data.days * DAY_MS;
        sendJson(response, 200, { messages: await readMessages({ since, limit: LIMIT }) });
      }),
    ),
  );
  server.post(
    '/admin/content/messages/dismiss',
    route(
      log,
      requirePermission('content.edit')(async ({ request, response, account }) => {
        const { keys } = parseBody(dismissMessagesSchema, await readJson(request, BODY_LIMIT));
        await dismissMessages({ keys: [...new Set(keys)], accountId: account.id, at: clock() });
        sendJson(response, 200, { dismissed: keys.length });
      }),
    ),
  );
}
