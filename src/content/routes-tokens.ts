import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { newContentTokenSchema } from '../contract/content-editing';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { ContentTokens } from './tokens/content-tokens';

export interface TokenRoutesDependencies {
  tokens: ContentTokens;
  /** Of people who are signed in: a token makes no tokens. */
  requirePermission: RequirePermission;
  log: Logger;
}

const PATH = '/admin/content/tokens';
const BODY_LIMIT = 4096;

/** `GET` and `POST /admin/content/tokens`, `DELETE …/:id`: tokens for programs that push and pull content. */
export function registerTokens(
  server: Server,
  { tokens, requirePermission, log }: TokenRoutesDependencies,
): void {
  const publishers = requirePermission('content.publish');
  server.get(
    PATH,
    route(
      log,
      publishers(async ({ response }) => sendJson(response, 200, { tokens: await tokens.list() })),
    ),
  );
  server.post(
    PATH,
    route(
      log,
      publishers(async ({ request, response, account }) => {
        const wanted = parseBody(newContentTokenSchema, await readJson(request, BODY_LIMIT));
        const { token, added } = await tokens.add(account.id, wanted);
        sendJson(response, 201, { ...added, token });
      }),
    ),
  );
  server.del(
    `${PATH}/:id`,
    route(
      log,
      publishers(async ({ request, response, account }) => {
        await tokens.end(account.id, String(request.params?.id ?? ''));
        sendJson(response, 200, {});
      }),
    ),
  );
}
