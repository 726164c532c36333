import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { AppError } from '../errors';
import { csvText, sendCsv } from '../http/csv';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Compliance } from '../records/sla-outcomes';
import { zoneOf } from '../zone';

export interface ReportRoutesDependencies {
  readCompliance: (range: { from: number; to: number; timeZone: string }) => Promise<Compliance[]>;
  timeZone: string;
  requirePermission: RequirePermission;
  log: Logger;
}

/** Stands beside every figure. */
const FORMULA = 'compliance = promises kept / promises due (kept or broken in the range, renewed ones apart)';
const DAY_MS = 24 * 3600_000;

const querySchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  format: z.enum(['json', 'csv']).default('json'),
});

const csvOf = (rows: Compliance[]): string =>
  csvText([
    [
      'policy',
      'clock',
      'area',
      'week',
      'due',
      'kept',
      'compliance (kept / due)',
      'renewed due',
      'renewed kept',
    ],
    ...rows.map(({ policy, clock, area, week, due, kept, compliance, renewedDue, renewedKept }) => [
      policy,
      clock,
      area,
      week,
      due,
      kept,
      compliance,
      renewedDue,
      renewedKept,
    ]),
  ]);

/** `GET /admin/reports/sla?from=2026-11-01&to=2026-11-30&format=json|csv`: both days are included. */
export function registerReport(server: Server, deps: ReportRoutesDependencies): void {
  const { timeZone, requirePermission, log } = deps;
  const midnight = (date: string) => zoneOf(timeZone).momentOf(Date.parse(`${date}T00:00:00Z`));
  server.get(
    '/admin/reports/sla',
    route(
      log,
      requirePermission('reports.read')(async ({ request, response }) => {
        const query = querySchema.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
        if (!query.success)
          throw new AppError(
            'bad-request',
            'from and to are dates such as 2026-11-24, format is json or csv. Mend the address and open it again.',
          );
        const { from, to, format } = query.data;
        const range = { from: midnight(from), to: midnight(to) + DAY_MS, timeZone };
        const rows = await deps.readCompliance(range);
        if (format === 'csv') return sendCsv(response, 'sla.csv', csvOf(rows));
        sendJson(response, 200, { formula: FORMULA, from, to, rows });
      }),
    ),
  );
}
