import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { AppError } from '../errors';
import { csvText, sendCsv } from '../http/csv';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { UnansweredQuestion } from '../records/unanswered';

/** What the routes need: the questions since a time, the most frequent first. */
export interface UnansweredRoutesDependencies {
  readUnanswered: (range: { since: number; limit: number }) => Promise<UnansweredQuestion[]>;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const DAY_MS = 24 * 3600_000;

const querySchema = z.object({
  days: z.coerce.number().int().min(1).max(3650).default(30),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
  format: z.enum(['json', 'csv']).default('json'),
});

const timeOf = (at: number): string => new Date(at).toISOString();

export const csvOf = (questions: UnansweredQuestion[]): string => {
  const rows = questions.map(({ text, count, locale, channels, firstAt, lastAt }) => [
    text,
    count,
    locale,
    channels.join(' '),
    timeOf(firstAt),
    timeOf(lastAt),
  ]);
  return csvText([['question', 'count', 'language', 'channels', 'first', 'last'], ...rows]);
};

/** `GET /admin/unanswered?days=30&limit=500&format=json|csv`: what customers asked and no article answers. */
export function registerUnanswered(server: Server, deps: UnansweredRoutesDependencies): void {
  const { readUnanswered, requirePermission, clock, log } = deps;
  server.get(
    '/admin/unanswered',
    route(
      log,
      requirePermission('unanswered.read')(async ({ request, response }) => {
        const query = querySchema.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
        if (!query.success)
          throw new AppError(
            'bad-request',
            'days is 1 to 3650, limit 1 to 5000, format json or csv. Mend the address and open it again.',
          );
        const { days, limit, format } = query.data;
        const questions = await readUnanswered({ since: clock() - days * DAY_MS, limit });
        if (format === 'json') return sendJson(response, 200, { questions });
        sendCsv(response, 'unanswered.csv', csvOf(questions));
      }),
    ),
  );
}
