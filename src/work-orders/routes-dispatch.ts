import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';

export interface DispatchRoutesDependencies {
  /** How the operator's systems stand, and what has not reached them. */
  readState: () => Promise<object>;
  /** False when there is no such message among those that were given up. */
  revive: (message: { number: string; version: number }) => Promise<boolean>;
  requirePermission: RequirePermission;
  log: Logger;
}

const namedSchema = z.object({ number: z.string(), version: z.coerce.number().int().min(1) });

/**
 * `GET /agent/operator`: calls that rest, and orders that have not reached the operator's systems, given up first.
 * `POST /agent/operator/orders/:number/:version/retry` sends one again that was given up; for supervisors.
 */
export function registerDispatch(server: Server, deps: DispatchRoutesDependencies): void {
  const { requirePermission, log } = deps;
  server.get(
    '/agent/operator',
    route(
      log,
      requirePermission('operator.read')(async ({ response }) =>
        sendJson(response, 200, await deps.readState()),
      ),
    ),
  );
  server.post(
    '/agent/operator/orders/:number/:version/retry',
    route(
      log,
      requirePermission('operator.revive')(async ({ request, response }) => {
        const isKnown = await deps.revive(parseBody(namedSchema, request.params));
        if (!isKnown) throw new AppError('not-found', 'Nothing like that was given up. Read the list again.');
        sendJson(response, 200, { status: 'waiting' });
      }),
    ),
  );
}
