import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { Account } from '../accounts/account';
import type { RequirePermission } from '../accounts/guard';
import { may, type Worker } from '../accounts/permissions';
import {
  newAppealSchema,
  newReviewSchema,
  type QualityResults,
  type QualityRow,
  qualityViewSchema,
} from '../contract/quality';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Database } from '../records/database';
import { readItem, readItems, readOwnItems } from '../records/quality/read-items';
import { readPairs, readWeeks } from '../records/quality/read-results';
import { agreement } from './review/agreement';
import { addAppeal } from './review/appeals';
import { type CaseRules, readCase } from './review/read-case';
import { noSuchStretch, writeReview } from './review/reviews';

export interface QualityRoutesDependencies extends CaseRules {
  db: Database;
  timeZone: string;
  /** Takes ID cards, bank cards, passwords and codes out of what is typed. */
  mask: (text: string) => string;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 64 * 1024;
const DAY_MS = 24 * 3600_000;
const listSchema = z.object({ view: qualityViewSchema.default('to-review'), agent: z.uuid().optional() });
const rangeSchema = z.object({
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
});

const idIn = (params: Record<string, string> | undefined): string => String(params?.id ?? '').slice(0, 400);
const queryOf = (request: { getQuery(): string }) =>
  Object.fromEntries(new URLSearchParams(request.getQuery()));

/** People who judge: supervisors and admins write sheets, auditors read; agents see what was said of their own work. */
export function registerQuality(server: Server, deps: QualityRoutesDependencies): void {
  const { db, policy, timeZone, requirePermission, mask, clock, log } = deps;
  const readers = requirePermission('quality.read');
  const reviewers = requirePermission('quality.review');

  const find = async (id: string): Promise<QualityRow> => {
    const item = await readItem(db, id);
    if (!item) throw noSuchStretch();
    return item;
  };
  const show = async (id: string, worker: Worker) => {
    const item = await find(id);
    // Of their own work somebody sees what an agent sees.
    const isOwn = item.agentId === worker.id;
    const isReviewer = may(worker, 'quality.review');
    return readCase(db, item, deps, { id: worker.id, isReviewer, seesAll: !isReviewer && !isOwn });
  };

  server.get(
    '/quality/items',
    route(
      log,
      readers(async ({ request, response, account }) => {
        const { view, agent = null } = parseBody(listSchema, queryOf(request));
        sendJson(response, 200, {
          items: await readItems(db, { view, agentId: agent, accountId: account.id }),
        });
      }),
    ),
  );
  server.get(
    '/quality/items/:id',
    route(
      log,
      readers(async ({ request, response, account }) =>
        sendJson(response, 200, await show(idIn(request.params), account)),
      ),
    ),
  );
  server.post(
    '/quality/items/:id/reviews',
    route(
      log,
      reviewers(async ({ request, response, account }) => {
        const given = parseBody(newReviewSchema, await readJson(request, BODY_LIMIT));
        const itemId = idIn(request.params);
        const review = { ...given, comment: mask(given.comment) };
        await writeReview(db, policy, { itemId, review }, { accountId: account.id, at: clock() });
        sendJson(response, 200, await show(itemId, account));
      }),
    ),
  );
  server.get(
    '/quality/sheet',
    route(
      log,
      readers(async ({ response }) => sendJson(response, 200, { sheet: policy.sheet, zero: policy.zero })),
    ),
  );
  server.get(
    '/quality/results',
    route(
      log,
      readers(async ({ request, response }) => {
        const { from, to } = parseBody(rangeSchema, queryOf(request));
        const range = { from: from ?? clock() - 28 * DAY_MS, to: to ?? clock() };
        const [weeks, pairs] = await Promise.all([
          readWeeks(db, { ...range, timeZone }),
          readPairs(db, range),
        ]);
        const ids = policy.sheet.map(({ id }) => id);
        sendJson(response, 200, { weeks, agreement: agreement(pairs, ids) } satisfies QualityResults);
      }),
    ),
  );
  registerOwn(server, deps, find);
}

/** What an agent sees of their own work: results only, once they are whole. */
function registerOwn(
  server: Server,
  deps: QualityRoutesDependencies,
  find: (id: string) => Promise<QualityRow>,
): void {
  const { db, requirePermission, mask, clock, log } = deps;
  const everyone = requirePermission('conversations.work');
  const show = async (id: string, account: Account) => {
    const item = await find(id);
    if (item.agentId !== account.id || item.result === null) throw noSuchStretch();
    return readCase(db, item, deps, { id: account.id, isReviewer: false, seesAll: false });
  };
  server.get(
    '/agent/quality',
    route(
      log,
      everyone(async ({ response, account }) =>
        sendJson(response, 200, { items: await readOwnItems(db, account.id) }),
      ),
    ),
  );
  server.get(
    '/agent/quality/:id',
    route(
      log,
      everyone(async ({ request, response, account }) =>
        sendJson(response, 200, await show(idIn(request.params), account)),
      ),
    ),
  );
  server.post(
    '/agent/quality/:id/appeal',
    route(
      log,
      everyone(async ({ request, response, account }) => {
        const { reason } = parseBody(newAppealSchema, await readJson(request, BODY_LIMIT));
        const itemId = idIn(request.params);
        const by = { accountId: account.id, at: clock() };
        await addAppeal(db, deps.appealRule, { itemId, reason: mask(reason) }, by);
        sendJson(response, 200, await show(itemId, account));
      }),
    ),
  );
}
