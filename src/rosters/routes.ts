import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { may } from '../accounts/permissions';
import { rosterFileSchema, rosterImportSchema } from '../contract/rosters';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { readShifts } from '../records/rosters/shifts';
import { importRoster, previewRoster, type RosterDependencies } from './import-roster';

export interface RosterRoutesDependencies extends RosterDependencies {
  /** Told after an import, so that it counts at once. */
  onShifts: (accountIds: string[]) => Promise<void>;
  requirePermission: RequirePermission;
  log: Logger;
}

const BODY_LIMIT = 400 * 1024;
const WEEK_MS = 7 * 24 * 3600_000;

/** Who works when: imported by those who lead, read by everybody who works here. */
export function registerRosters(server: Server, deps: RosterRoutesDependencies): void {
  const { db, clock, requirePermission, log } = deps;
  const everyone = requirePermission('conversations.read');
  const leaders = requirePermission('rosters.import');
  server.get(
    '/rosters/now',
    route(
      log,
      everyone(async ({ response }) => {
        const now = clock();
        sendJson(response, 200, { shifts: await readShifts(db, { endAfter: now, beginBefore: now + 1 }) });
      }),
    ),
  );
  server.get(
    '/rosters/week',
    route(
      log,
      everyone(async ({ response, account }) => {
        const [endAfter, beginBefore] = [clock(), clock() + WEEK_MS];
        const whose = may(account, 'wall.read') ? {} : { accountIds: [account.id] };
        sendJson(response, 200, { shifts: await readShifts(db, { endAfter, beginBefore, ...whose }) });
      }),
    ),
  );
  server.post(
    '/rosters/preview',
    route(
      log,
      leaders(async ({ request, response }) => {
        const { file } = parseBody(rosterFileSchema, await readJson(request, BODY_LIMIT));
        sendJson(response, 200, await previewRoster(deps, Buffer.from(file, 'base64')));
      }),
    ),
  );
  server.post(
    '/rosters/import',
    route(
      log,
      leaders(async ({ request, response, account }) => {
        const { file, digest } = parseBody(rosterImportSchema, await readJson(request, BODY_LIMIT));
        const by = { accountId: account.id, at: clock() };
        const { plan, accountIds } = await importRoster(
          deps,
          { file: Buffer.from(file, 'base64'), digest },
          by,
        );
        await deps.onShifts(accountIds);
        sendJson(response, 200, plan);
      }),
    ),
  );
}
