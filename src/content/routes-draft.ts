import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { type Draft, rebaseSchema, saveDraftSchema } from '../contract/content-editing';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Drafts } from './drafts/drafts';

export interface DraftRoutesDependencies {
  drafts: Drafts;
  requirePermission: RequirePermission;
  log: Logger;
}

/** A save may carry every file that content may have. */
export const CONTENT_BODY_LIMIT = 32 * 1024 * 1024;
const PATH = '/admin/content/draft';

/** 409 with what is there: the page shows it instead of losing either. */
export const conflictOf = (draft: Draft) => ({
  error: {
    code: 'conflict',
    message:
      'The draft was changed elsewhere, or another version was published. Nothing was changed: look at what is there and save again.',
  },
  draft,
});

/** `GET`, `PUT`, `DELETE /admin/content/draft` and `POST …/rebase`: one's own draft, nobody else's. */
export function registerDraft(
  server: Server,
  { drafts, requirePermission, log }: DraftRoutesDependencies,
): void {
  const editors = requirePermission('content.edit');
  server.get(
    PATH,
    route(
      log,
      editors(async ({ response, account }) => sendJson(response, 200, await drafts.read(account.id))),
    ),
  );
  server.put(
    PATH,
    route(
      log,
      editors(async ({ request, response, account }) => {
        const save = parseBody(saveDraftSchema, await readJson(request, CONTENT_BODY_LIMIT));
        const { status, draft } = await drafts.save(account.id, save);
        if (status === 'saved') sendJson(response, 200, draft);
        else sendJson(response, 409, conflictOf(draft));
      }),
    ),
  );
  server.del(
    PATH,
    route(
      log,
      editors(async ({ response, account }) => sendJson(response, 200, await drafts.discard(account.id))),
    ),
  );
  server.post(
    `${PATH}/rebase`,
    route(
      log,
      editors(async ({ request, response, account }) => {
        const rebase = parseBody(rebaseSchema, await readJson(request, CONTENT_BODY_LIMIT));
        const done = await drafts.rebase(account.id, rebase);
        if (done.status === 'done') sendJson(response, 200, done.rebased);
        else sendJson(response, 409, conflictOf(done.draft));
      }),
    ),
  );
}
