import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import type { Publication } from '../contract/content-editing';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { differencesBetween } from './changes';
import type { ContentFiles } from './content';
import type { ServingState } from './serving/serving-state';
import { versionStateOf } from './serving/version-state';
import type { VersionStore } from './version-store';

export interface VersionRoutesDependencies {
  store: Pick<VersionStore, 'get' | 'list'>;
  readPublications: (versions: string[]) => Promise<Map<string, Publication[]>>;
  /** What this node serves by. */
  state: () => ServingState;
  requirePermission: RequirePermission;
  log: Logger;
}

const PATH = '/admin/content/versions';
const listSchema = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
const oneSchema = z.object({ diff: z.string().max(64).optional() });

const queryOf = (request: { getQuery(): string }) =>
  Object.fromEntries(new URLSearchParams(request.getQuery()));

/** `GET /admin/content/versions?limit=100` and `GET …/:id?diff=<id of another>`. */
export function registerVersions(server: Server, deps: VersionRoutesDependencies): void {
  const { store, readPublications, state, requirePermission, log } = deps;
  const readers = requirePermission('content.read');

  async function filesOf(id: string): Promise<ContentFiles> {
    const files = await store.get(id);
    if (files) return files;
    throw new AppError('not-found', 'There is no such version. Open the list of versions again.');
  }

  server.get(
    PATH,
    route(
      log,
      readers(async ({ request, response }) => {
        const { limit } = parseBody(listSchema, queryOf(request));
        const listed = await store.list(limit);
        const publications = await readPublications(listed.map(({ id }) => id));
        const serving = state();
        const versions = listed.map((version) => ({
          ...version,
          state: versionStateOf(version.id, serving),
          publications: publications.get(version.id) ?? [],
        }));
        sendJson(response, 200, { versions });
      }),
    ),
  );
  server.get(
    `${PATH}/:id`,
    route(
      log,
      readers(async ({ request, response }) => {
        const { diff } = parseBody(oneSchema, queryOf(request));
        const files = await filesOf(String(request.params?.id ?? ''));
        if (diff === undefined) return sendJson(response, 200, { files });
        sendJson(response, 200, { files: differencesBetween(await filesOf(diff), files) });
      }),
    ),
  );
}
