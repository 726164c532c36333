import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import type { DialogSet } from '../dialogs/schema';
import { parseBody } from '../http/parse-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { CountedPlace } from '../turns/places';
import type { CountedWay } from '../turns/ways';
import type { ContentChecker } from './check/checker';
import type { Drafts } from './drafts/drafts';
import { listLiveSessions } from './publishing/live-sessions';
import type { VersionStore } from './version-store';
import type { ContentVersions } from './versions';

export interface SessionRoutesDependencies {
  countPlaces: () => Promise<CountedPlace[]>;
  /** The ways that a dialog took in so many days. */
  countWays: (dialog: string, days: number) => Promise<CountedWay[]>;
  store: Pick<VersionStore, 'list'>;
  versions: Pick<ContentVersions, 'load'>;
  drafts: Pick<Drafts, 'read'>;
  checker: Pick<ContentChecker, 'read'>;
  requirePermission: RequirePermission;
  log: Logger;
}

/** Today and the six days before. */
const DAYS = 7;
const dialogSchema = z.object({ dialog: z.string().min(1).max(100) });

const querySchema = z.object({ draft: z.enum(['0', '1']).default('0') });
/** Versions that conversations can still be on. */
const NUMBERED = 500;

/** How many conversations stand at which step of a dialog, on any version. */
function standingIn(dialog: string, counted: CountedPlace[]): Record<string, number> {
  const standing = new Map<string, number>();
  for (const { places, count } of counted)
    for (const place of places)
      if (place.dialog === dialog) standing.set(place.step, (standing.get(place.step) ?? 0) + count);
  return Object.fromEntries(standing);
}

/**
 * `GET /admin/content/sessions?draft=1`: where running conversations stand, and how each place fits one's draft.
 * `GET /admin/content/ways/:dialog`: how often a dialog went which way in seven days, and where it stands now.
 */
export function registerSessions(server: Server, deps: SessionRoutesDependencies): void {
  const { countPlaces, countWays, store, versions, drafts, checker, requirePermission, log } = deps;

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

  server.get(
    '/admin/content/ways/:dialog',
    route(
      log,
      requirePermission('content.read')(async ({ request, response }) => {
        const { dialog } = parseBody(dialogSchema, request.params);
        const [ways, counted] = await Promise.all([countWays(dialog, DAYS), countPlaces()]);
        sendJson(response, 200, {
          days: DAYS,
          ways: ways.map(({ from, to, count }) => ({ from, to, count })),
          standing: standingIn(dialog, counted),
        });
      }),
    ),
  );
}
