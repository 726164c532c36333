import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { AppError } from '../errors';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { RatingLine } from '../records/ratings';

export interface SatisfactionRoutesDependencies {
  readRatings: (range: { from: number; to: number }) => Promise<RatingLine[]>;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const DAY_MS = 24 * 3600_000;
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => Date.parse(text));
const querySchema = z.object({ from: moment.optional(), to: moment.optional() });

/** `GET /admin/reports/satisfaction?from&to`: ratings by week, kind and channel; the last 90 days without a range. */
export function registerSatisfaction(server: Server, deps: SatisfactionRoutesDependencies): void {
  const { readRatings, requirePermission, clock, log } = deps;
  const readers = requirePermission('reports.read');
  server.get(
    '/admin/reports/satisfaction',
    route(
      log,
      readers(async ({ request, response }) => {
        const query = querySchema.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
        if (!query.success) throw new AppError('bad-request', 'from and to are dates, such as 2026-11-01.');
        const to = query.data.to ?? clock();
        const from = query.data.from ?? to - 90 * DAY_MS;
        sendJson(response, 200, {
          formula: 'csat = ratings of 4 or 5 ÷ all ratings',
          lines: await readRatings({ from, to }),
        });
      }),
    ),
  );
}
