import type { Logger } from 'pino';
import type { Server } from 'restify';
import { AppError } from '../../errors';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import type { Answer } from './webhook';

/** Bytes of one activity: what the Bot Connector takes itself. */
const BODY_LIMIT = 256 * 1024;

export const NOT_IMPLEMENTED = {
  error: { code: 'NotImplemented', message: 'This bot answers messages; it has nothing to invoke.' },
};

/** Registers `POST /api/messages`. */
export function registerBotFramework(
  server: Server,
  deps: {
    receive: (header: string, body: unknown) => Promise<Answer>;
    /** False only where nobody is authenticated: then the header may be missing. */
    needsToken: boolean;
    log: Logger;
  },
): void {
  server.post(
    '/api/messages',
    route(deps.log, async (request, response) => {
      const header = request.headers.authorization ?? '';
      if (deps.needsToken && !/^Bearer \S+$/.test(header)) {
        throw new AppError('unauthenticated', 'Send "Authorization: Bearer" with a token of the channel.');
      }
      const body = await readJson(request, BODY_LIMIT);
      const { status } = await deps.receive(header, body).catch((error: unknown) => {
        throw asOutage(error);
      });
      sendJson(response, status, status === 501 ? NOT_IMPLEMENTED : {});
    }),
  );
}

/** What is none of ours comes from a store that is away: the channel is to send it again. */
const asOutage = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('unavailable', 'Nothing was kept just now. Please send it again.', {
        cause: error,
        retryAfterSeconds: 2,
      });
