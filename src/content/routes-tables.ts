import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import type { UnspokenCounts } from '../contract/content-tables';
import { AppError } from '../errors';
import { sendJson } from '../http/send';
import { route } from '../http/server';

export interface TableRoutesDependencies {
  readUnspoken: (since: number) => Promise<UnspokenCounts>;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const DAY_MS = 24 * 3600_000;
const querySchema = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

/** `GET /admin/content/tables/unspoken?days=30`: facts that customers were not told because they did not hold. */
export function registerTables(server: Server, deps: TableRoutesDependencies): void {
  const { readUnspoken, requirePermission, clock, log } = deps;
  server.get(
    '/admin/content/tables/unspoken',
    route(
      log,
      requirePermission('content.read')(async ({ request, response }) => {
        const query = querySchema.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
        if (!query.success)
          throw new AppError('bad-request', 'days is 1 to 365. Mend the address and open it again.');
        sendJson(response, 200, await readUnspoken(clock() - query.data.days * DAY_MS));
      }),
    ),
  );
}
