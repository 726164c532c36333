import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../../accounts/guard';
import type { Worker } from '../../accounts/permissions';
import type { Attachment } from '../../contract/activity';
import type { ConversationState } from '../../contract/conversation';
import { AppError } from '../../errors';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import type { Desk } from '../desk';

export interface FileRoutesDependencies {
  desk: Pick<Desk, 'act' | 'readFor'>;
  /** Reads the file of an upload, judges it by its content and keeps it, if it is of these kinds. Throws what is wrong with it. */
  takeFile: (request: IncomingMessage, types: readonly string[]) => Promise<Attachment>;
  /** Content types of files that reach this customer; none where the channel shows words only. */
  filesOf: (state: ConversationState) => Promise<readonly string[]>;
  requirePermission: RequirePermission;
  log: Logger;
}

/** Throws `forbidden` for whom the conversation is not to be written to: before a file is read. */
export function checkMayWrite({ ownership, guests = [] }: ConversationState, worker: Worker): void {
  const isGuest = guests.some(({ agentId, mayWrite }) => agentId === worker.id && mayWrite);
  if (ownership.owner === 'human' && (ownership.agentId === worker.id || isGuest)) return;
  throw new AppError('forbidden', 'This conversation is not yours now, so nothing was sent or changed.');
}

/**
 * `POST /agent/conversations/:id/files`: one file to the customer, as one message of the agent; multipart or the bytes
 * themselves. The header Idempotency-Key makes it once. A file that the channel cannot carry is refused, not left out.
 */
export function registerFiles(
  server: Server,
  { desk, takeFile, filesOf, requirePermission, log }: FileRoutesDependencies,
) {
  server.post(
    '/agent/conversations/:id/files',
    route(
      log,
      requirePermission('conversations.work')(async ({ request, response, account }) => {
        const conversationId = String(request.params?.id ?? '');
        const state = await desk.readFor(account, conversationId);
        checkMayWrite(state, account);
        const files = await filesOf(state);
        if (files.length === 0)
          throw new AppError(
            'unsupported-media',
            'This channel carries no files from the desk. Nothing was sent.',
          );
        const attachment = await takeFile(request, files);
        const key = request.headers['idempotency-key'];
        const result = await desk.act(account, {
          conversationId,
          requestId: typeof key === 'string' && key !== '' ? key.slice(0, 200) : null,
          name: 'agent.message',
          words: { text: '', attachments: [attachment] },
        });
        sendJson(response, result.status === 'pending' ? 202 : 200, result);
      }),
    ),
  );
}
