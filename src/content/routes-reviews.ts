import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { approveSchema, type DraftOf } from '../contract/content-editing';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { applyChanges, changedPaths } from './changes';
import { versionOf } from './content';
import type { DraftStore } from './drafts/draft-store';
import type { Drafts } from './drafts/drafts';
import type { Reviews } from './publishing/reviews';
import { conflictOf } from './routes-draft';
import type { VersionStore } from './version-store';

export interface ReviewRoutesDependencies {
  drafts: Pick<Drafts, 'read'>;
  draftStore: Pick<DraftStore, 'list'>;
  store: Pick<VersionStore, 'get'>;
  reviews: Reviews;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 1024;
const PATH = '/admin/content/drafts';

/** `GET /admin/content/drafts`, `GET …/:id` and `POST …/:id/approve`: what colleagues write, read by a second person. */
export function registerReviews(server: Server, deps: ReviewRoutesDependencies): void {
  const { drafts, draftStore, store, reviews, requirePermission, clock, log } = deps;
  const editors = requirePermission('content.edit');

  async function list(): Promise<DraftOf[]> {
    const found = await draftStore.list();
    return Promise.all(
      found.map(async ({ accountId, name, at, draft }) => {
        const base = (await store.get(draft.base)) ?? {};
        const files = applyChanges(base, draft.changes);
        return {
          accountId,
          name,
          updatedAt: new Date(at).toISOString(),
          revision: draft.revision,
          changed: changedPaths(base, files),
          approvedBy: await reviews.approversOf(versionOf(files)),
        };
      }),
    );
  }
  /** Only of an account that has one: nothing is told of other ids. */
  async function idOf(params: Record<string, string> | undefined): Promise<string> {
    const found = (await draftStore.list()).find(({ accountId }) => accountId === params?.id);
    if (found) return found.accountId;
    throw new AppError('not-found', 'There is no draft of this account. Open the list of drafts again.');
  }

  server.get(
    PATH,
    route(
      log,
      editors(async ({ response }) => sendJson(response, 200, { drafts: await list() })),
    ),
  );
  server.get(
    `${PATH}/:id`,
    route(
      log,
      editors(async ({ request, response }) =>
        sendJson(response, 200, await drafts.read(await idOf(request.params))),
      ),
    ),
  );
  server.post(
    `${PATH}/:id/approve`,
    route(
      log,
      requirePermission('content.publish')(async ({ request, response, account }) => {
        const { revision } = parseBody(approveSchema, await readJson(request, BODY_LIMIT));
        const accountId = await idOf(request.params);
        if (accountId === account.id)
          throw new AppError('forbidden', 'Nothing was changed: a second person has to read your own draft.');
        const draft = await drafts.read(accountId);
        if (draft.revision !== revision) return sendJson(response, 409, conflictOf(draft));
        const version = versionOf(draft.files);
        await reviews.approve(version, { accountId: account.id, at: clock() });
        sendJson(response, 200, { approvedBy: await reviews.approversOf(version) });
      }),
    ),
  );
}
