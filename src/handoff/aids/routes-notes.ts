import { randomUUID } from 'node:crypto';
import type { Server } from 'restify';
import { z } from 'zod';
import { parseBody } from '../../http/parse-body';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import { maskPersonal } from '../mask-personal';
import type { AidDependencies } from './aids';

const BODY_LIMIT = 16 * 1024;
const bodySchema = z.strictObject({
  clientId: z.string().min(1).max(100).optional(),
  text: z.string().trim().min(1).max(2000),
  /** Ids of the accounts that it names. */
  mentions: z.array(z.uuid()).max(10).default([]),
});

/**
 * `GET` and `POST /agent/conversations/:id/notes`: words among colleagues, never sent to the customer. `GET
 * /agent/mentions`: notes that name whoever asks.
 */
export function registerNotes(server: Server, deps: AidDependencies): void {
  const { notes, requirePermission, log } = deps;
  const path = '/agent/conversations/:id/notes';
  const readers = requirePermission('conversations.read');
  const actors = requirePermission('conversations.work');
  server.get(
    path,
    route(
      log,
      readers(async ({ account, request, response }) => {
        const { conversationId } = await deps.desk.readFor(account, String(request.params?.id ?? ''));
        sendJson(response, 200, { notes: maskPersonal(await notes.read(conversationId)) });
      }),
    ),
  );
  server.post(
    path,
    route(
      log,
      actors(async ({ account, request, response }) => {
        const { conversationId } = await deps.desk.readFor(account, String(request.params?.id ?? ''));
        const { clientId, text, mentions } = parseBody(bodySchema, await readJson(request, BODY_LIMIT));
        const isNew = await notes.add({
          id: `${account.id}:${clientId ?? randomUUID()}`,
          conversationId,
          at: deps.clock(),
          accountId: account.id,
          text: deps.mask(text),
          mentions,
        });
        if (isNew) notes.tell({ conversationId, mentions, by: account.name });
        sendJson(response, 200, { notes: maskPersonal(await notes.read(conversationId)) });
      }),
    ),
  );
  server.get(
    '/agent/mentions',
    route(
      log,
      readers(async ({ account, response }) => {
        const found = await notes.mentionsOf(account.id);
        sendJson(response, 200, { notes: maskPersonal(found) });
      }),
    ),
  );
}
