import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { newProposalSchema } from '../contract/content-trial';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Proposals } from './trials/proposals';

export interface ProposalRoutesDependencies {
  proposals: Proposals;
  requirePermission: RequirePermission;
  log: Logger;
}

const PATH = '/admin/content/proposals';
const BODY_LIMIT = 4096;
const idOf = (request: Request): string => String(request.params?.id ?? '');

/**
 * `POST /admin/content/proposals` makes a test of a customer's session, masked; `GET` lists what is to be read;
 * `POST …/:id/accept` puts one into the reader's own draft, `DELETE …/:id` drops it.
 */
export function registerProposals(
  server: Server,
  { proposals, requirePermission, log }: ProposalRoutesDependencies,
): void {
  const editors = requirePermission('content.edit');
  server.get(
    PATH,
    route(
      log,
      editors(async ({ response }) => sendJson(response, 200, { proposals: await proposals.list() })),
    ),
  );
  server.post(
    PATH,
    route(
      log,
      editors(async ({ request, response, account }) => {
        const { sessionId, name } = parseBody(newProposalSchema, await readJson(request, BODY_LIMIT));
        sendJson(response, 201, { proposal: await proposals.propose(account.id, sessionId, name) });
      }),
    ),
  );
  server.post(
    `${PATH}/:id/accept`,
    route(
      log,
      editors(async ({ request, response, account }) =>
        sendJson(response, 200, await proposals.accept(account.id, idOf(request))),
      ),
    ),
  );
  server.del(
    `${PATH}/:id`,
    route(
      log,
      editors(async ({ request, response, account }) => {
        await proposals.drop(account.id, idOf(request));
        sendJson(response, 200, {});
      }),
    ),
  );
}
