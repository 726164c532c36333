import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { judgeTrialSchema, startTrialSchema } from '../contract/content-trial';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Trials } from './trials/trials';

export interface TrialRoutesDependencies {
  trials: Trials;
  requirePermission: RequirePermission;
  log: Logger;
}

const PATH = '/admin/content/trial';
const BODY_LIMIT = 256 * 1024;

/**
 * `POST /admin/content/trial` begins to try one's draft, `GET` answers what came of it (null when it was not tried),
 * `POST …/verdicts` accepts or refuses differences by their causes.
 */
export function registerTrials(
  server: Server,
  { trials, requirePermission, log }: TrialRoutesDependencies,
): void {
  const editors = requirePermission('content.edit');
  server.post(
    PATH,
    route(
      log,
      editors(async ({ request, response, account }) => {
        const { revision } = parseBody(startTrialSchema, await readJson(request, BODY_LIMIT));
        sendJson(response, 202, { trial: await trials.start(account.id, revision) });
      }),
    ),
  );
  server.get(
    PATH,
    route(
      log,
      editors(async ({ response, account }) =>
        sendJson(response, 200, { trial: await trials.read(account.id) }),
      ),
    ),
  );
  server.post(
    `${PATH}/verdicts`,
    route(
      log,
      editors(async ({ request, response, account }) => {
        const { causes, verdict } = parseBody(judgeTrialSchema, await readJson(request, BODY_LIMIT));
        sendJson(response, 200, { trial: await trials.judge(account.id, causes, verdict) });
      }),
    ),
  );
}
