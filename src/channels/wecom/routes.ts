import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Next, Request, Response, Server } from 'restify';
import { AppError } from '../../errors';
import { readBody } from '../../http/read-body';
import { route } from '../../http/server';
import { findAccount, type KnownAccounts } from '../accounts/find-account';
import { REFUSALS, readQuery } from '../wechat/routes';
import { XML_LIMIT } from '../wechat/xml';
import type { WecomAccount } from './account';
import { answerVerification, type Notice, openCallback } from './callback';

export interface WecomRoutesDependencies extends KnownAccounts<WecomAccount> {
  /** Returns once it is durable that there is something to fetch. */
  notice: (account: WecomAccount, notice: Notice) => Promise<void>;
  clock: () => number;
  log: Logger;
}

/** Registers `GET` and `POST /wecom/<account>`. */
export function registerWecom(server: Server, deps: WecomRoutesDependencies): void {
  const { log, clock } = deps;
  const accountOf = async (request: Request): Promise<WecomAccount> => {
    const account = await findAccount(deps, String(request.params.account));
    if (account) return account;
    throw new AppError('not-found', 'No WeCom account of this name is served here.');
  };

  server.get(
    '/wecom/:account',
    route(log, async (request, response) => {
      send(response, 200, answerVerification(await accountOf(request), readQuery(request), clock()));
    }),
  );

  server.post('/wecom/:account', (request: Request, response: Response, next: Next) => {
    take(request, response)
      .catch((error: unknown) => fail(request, response, error))
      .finally(() => next(false));
  });

  async function take(request: Request, response: Response): Promise<void> {
    const account = await accountOf(request);
    const body = (await readBody(request, XML_LIMIT)).toString('utf8');
    const notice = openCallback(account, readQuery(request), body, clock());
    if (notice) await deps.notice(account, notice);
    send(response, 200, 'success');
  }

  /** Refusals are answered; when nothing was kept there is no answer at all, so that WeCom calls again. */
  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const status = error instanceof AppError ? REFUSALS[error.code] : undefined;
    if (status !== undefined && error instanceof AppError && !response.headersSent) {
      return send(response, status, error.message);
    }
    log.warn({ err: error }, 'a call of WeCom failed; it is not answered, so that it comes again');
    request.socket.destroy();
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(text);
}
