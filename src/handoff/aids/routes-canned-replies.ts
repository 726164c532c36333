import type { Server } from 'restify';
import { z } from 'zod';
import { may, type Worker } from '../../accounts/permissions';
import { cannedReplyTextSchema } from '../../contract/canned-replies';
import { AppError } from '../../errors';
import { parseBody } from '../../http/parse-body';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import type { AidDependencies } from './aids';

const BODY_LIMIT = 16 * 1024;
const whichSchema = z.object({ team: z.enum(['true', 'false']) });

/** What everybody uses is changed by who leads. */
function checkMayWrite(worker: Worker, isTeam: boolean): void {
  if (!isTeam || may(worker, 'replies.team')) return;
  throw new AppError(
    'forbidden',
    'Replies of the team are changed by supervisors. Nothing was changed: make one of your own.',
  );
}

/** `GET` and `POST /agent/canned-replies`; `POST` and `DELETE /agent/canned-replies/:id?team=true|false`. */
export function registerCannedReplies(server: Server, deps: AidDependencies): void {
  const { cannedReplies, requirePermission, log } = deps;
  const path = '/agent/canned-replies';
  const actors = requirePermission('conversations.work');
  const readers = requirePermission('conversations.read');
  const write = (idOf: (params: Record<string, string> | undefined) => string | null) =>
    route(
      log,
      actors(async ({ account, request, response }) => {
        const body = parseBody(cannedReplyTextSchema, await readJson(request, BODY_LIMIT));
        checkMayWrite(account, body.isTeam);
        const id = await cannedReplies.write({ ...body, id: idOf(request.params) }, account.id);
        sendJson(response, 200, { id, replies: await cannedReplies.read(account.id) });
      }),
    );
  server.get(
    path,
    route(
      log,
      readers(async ({ account, response }) =>
        sendJson(response, 200, { replies: await cannedReplies.read(account.id) }),
      ),
    ),
  );
  server.post(
    path,
    write(() => null),
  );
  server.post(
    `${path}/:id`,
    write((params) => params?.id ?? ''),
  );
  server.del(
    `${path}/:id`,
    route(
      log,
      actors(async ({ account, request, response }) => {
        const query = Object.fromEntries(new URLSearchParams(request.getQuery()));
        const isTeam = parseBody(whichSchema, query).team === 'true';
        checkMayWrite(account, isTeam);
        await cannedReplies.remove({ id: request.params?.id ?? '', isTeam, accountId: account.id });
        sendJson(response, 200, { replies: await cannedReplies.read(account.id) });
      }),
    ),
  );
}
