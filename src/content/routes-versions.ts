import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { differencesBetween } from './changes';
import type { ContentFiles } from './content';
import type { VersionStore } from './version-store';

export interface VersionRoutesDependencies {
  store: Pick<VersionStore, 'get' | 'list'>;
  /** The id of the version that new sessions get. */
  current: () => string;
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
  const { store, current, requirePermission, log } = deps;
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
        const id = current();
        const versions = (await store.list(limit)).map((version) => ({
          ...version,
          state: { type: version.id === id ? 'current' : 'past' },
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
