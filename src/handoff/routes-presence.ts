import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { presenceChangeSchema } from '../contract/desk';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { AgentQueue } from './agent-queue';
import type { Assigner } from './assign/assigner';
import type { PresenceDesk } from './assign/presence-desk';
import type { DeskNews } from './desk-news';
import { maskPhones } from './mask-personal';
import type { Routing } from './routing/routing';
import { withSignOfLife } from './sign-of-life';

export interface PresenceRoutesDependencies {
  presence: PresenceDesk;
  assigner: Pick<Assigner, 'offersOf' | 'decline'>;
  queue: Pick<AgentQueue, 'notePresence'>;
  routing: Pick<Routing, 'notAgainSeconds'>;
  news: Pick<DeskNews, 'publish'>;
  requirePermission: RequirePermission;
  /** Called when an agent comes or goes, so that this node knows at once. */
  onPresence: () => Promise<void>;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

/** Who is there, what is offered to whom, and giving an offer back. */
export function registerPresence(server: Server, deps: PresenceRoutesDependencies): void {
  const { presence, assigner, log } = deps;
  const requirePermission = withSignOfLife(deps.requirePermission, deps.queue);
  const readers = requirePermission('conversations.read');
  const actors = requirePermission('conversations.work');
  server.post(
    '/agent/presence',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const change = parseBody(presenceChangeSchema, await readJson(request, BODY_LIMIT));
        const me = await presence.declare(account, change);
        await deps.onPresence();
        sendJson(response, 200, { status: me.presence.status, ...me });
      }),
    ),
  );
  server.get(
    '/agent/me',
    route(
      log,
      readers(async ({ response, account }) => sendJson(response, 200, await presence.me(account))),
    ),
  );
  server.get(
    '/agent/agents',
    route(
      log,
      readers(async ({ response }) => sendJson(response, 200, { agents: await presence.colleagues() })),
    ),
  );
  server.get(
    '/agent/groups',
    route(
      log,
      readers(async ({ response }) => sendJson(response, 200, { groups: await presence.groups() })),
    ),
  );
  server.get(
    '/agent/offers',
    route(
      log,
      readers(async ({ response, account }) => {
        const offers = await assigner.offersOf(account.id);
        const shown = offers.map((offer) => ({ ...offer, lastText: maskPhones(offer.lastText) }));
        sendJson(response, 200, { offers: shown });
      }),
    ),
  );
  server.post(
    '/agent/conversations/:id/decline',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const conversationId = String(request.params?.id ?? '');
        const pauseMs = Math.max(1, deps.routing.notAgainSeconds * 1000);
        if (!(await assigner.decline(conversationId, account.id, pauseMs)))
          throw new AppError(
            'conflict',
            'This conversation is not offered to you any more. Nothing was changed.',
          );
        await deps.news.publish({ topic: 'offer', agentId: account.id, conversationId });
        await deps.news.publish({ topic: 'queue', conversationId });
        sendJson(response, 200, { status: 'declined' });
      }),
    ),
  );
}
