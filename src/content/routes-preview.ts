import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { previewRequestSchema } from '../contract/content-preview';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { ContentChecker } from './check/checker';

export interface PreviewRoutesDependencies {
  checker: Pick<ContentChecker, 'preview'>;
  requirePermission: RequirePermission;
  timeZone: string;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 2 * 1024 * 1024;

/** `POST /admin/content/preview`: a step as customers of each channel would see it. */
export function registerPreview(server: Server, deps: PreviewRoutesDependencies): void {
  const { checker, requirePermission, timeZone, clock, log } = deps;
  server.post(
    '/admin/content/preview',
    route(
      log,
      requirePermission('content.edit')(async ({ request, response }) => {
        const asked = parseBody(previewRequestSchema, await readJson(request, BODY_LIMIT));
        sendJson(response, 200, await checker.preview({ ...asked, now: clock(), timeZone }));
      }),
    ),
  );
}
