import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import type { DialogSet } from '../dialogs/schema';
import { parseBody } from '../http/parse-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { CountedPlace } from '../turns/places';
import type { ContentChecker } from './check/checker';
import type { Drafts } from './drafts/drafts';
import { listLiveSessions } from './publishing/live-sessions';
import type { VersionStore } from './version-store';
import type { ContentVersions } from './versions';

export interface SessionRoutesDependencies {
  countPlaces: () => Promise<CountedPlace[]>;
  store: Pick<VersionStore, 'list'>;
  versions: Pick<ContentVersions, 'load'>;
  drafts: Pick<Drafts, 'read'>;
  checker: Pick<ContentChecker, 'read'>;
  requirePermission: RequirePermission;
  log: Logger;
}

const querySchema = z.object({ draft: z.enum(['0', '1']).default('0') });
/** Versions that conversations can still be on. */
const NUMBERED = 500;

/** `GET /admin/content/sessions?draft=1`: where running conversations stand, and how each place fits one's draft. */
export function registerSessions(server: Server, deps: SessionRoutesDependencies): void {
  const { countPlaces, store, versions, drafts, checker, requirePermission, log } = deps;

  async function draftOf(accountId: string): Promise<DialogSet | null> {
    const { files } = await drafts.read(accountId);
    return (await checker.read(files)).parsed?.dialogs ?? null;
  }
  /** A version that this release cannot read goes over to the current one anyway. */
  const dialogsOf = (version: string): Promise<DialogSet | null> =>
    versions.load(version).then(
      ({ dialogs }) => dialogs,
      () => null,
    );

  server.get(
    '/admin/content/sessions',
    route(
      log,
      requirePermission('content.read')(async ({ request, response, account }) => {
        const query = Object.fromEntries(new URLSearchParams(request.getQuery()));
        const isCompared = parseBody(querySchema, query).draft === '1';
        const numbers = new Map((await store.list(NUMBERED)).map(({ id, number }) => [id, number]));
        const draft = isCompared ? await draftOf(account.id) : null;
        const counted = await countPlaces();
        sendJson(response, 200, { sessions: await listLiveSessions({ counted, numbers, dialogsOf, draft }) });
      }),
    ),
  );
}
