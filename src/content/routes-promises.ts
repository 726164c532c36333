import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { foretellSchema, monthRequestSchema } from '../contract/content-promises';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { ContentChecker } from './check/checker';
import type { ContentFiles } from './content';
import type { Drafts } from './drafts/drafts';
import { POLICY_FOLDER } from './policy-names';

export interface PromiseRoutesDependencies {
  drafts: Pick<Drafts, 'read'>;
  checker: Pick<ContentChecker, 'foretell' | 'month'>;
  requirePermission: RequirePermission;
  timeZone: string;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

/**
 * `POST /admin/content/promises/deadline`: when something would be due under one's draft, and why.
 * `POST /admin/content/promises/month`: a month of one of its calendars.
 */
export function registerPromises(server: Server, deps: PromiseRoutesDependencies): void {
  const { drafts, checker, requirePermission, timeZone, log } = deps;

  /** The files of a draft whose promises can be read. */
  async function filesOf(accountId: string): Promise<ContentFiles> {
    const { files, problems } = await drafts.read(accountId);
    const problem = problems.find(({ file }) => file.startsWith(`${POLICY_FOLDER}/`));
    if (!problem) return files;
    const { file, line, message, remedy } = problem;
    throw new AppError('bad-content', `Mend the promises first: ${file}:${line} ${message} (${remedy}).`);
  }
  server.post(
    '/admin/content/promises/deadline',
    route(
      log,
      requirePermission('content.edit')(async ({ request, response, account }) => {
        const asked = parseBody(foretellSchema, await readJson(request, BODY_LIMIT));
        const files = await filesOf(account.id);
        sendJson(response, 200, await checker.foretell(files, asked, timeZone));
      }),
    ),
  );
  server.post(
    '/admin/content/promises/month',
    route(
      log,
      requirePermission('content.edit')(async ({ request, response, account }) => {
        const asked = parseBody(monthRequestSchema, await readJson(request, BODY_LIMIT));
        const month = await checker.month(await filesOf(account.id), asked, timeZone);
        if (!month) throw new AppError('not-found', `The draft has no calendar "${asked.calendar}".`);
        sendJson(response, 200, month);
      }),
    ),
  );
}
