import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Next, Request, Response, Server } from 'restify';
import { z } from 'zod';
import { AppError } from '../../errors';
import { readBody } from '../../http/read-body';
import { route } from '../../http/server';
import { findAccount, type KnownAccounts } from '../accounts/find-account';
import type { WechatAccount } from './account';
import { answerVerification, type WebhookQuery } from './envelope';
import { type Answer, SUCCESS } from './webhook';
import { XML_LIMIT } from './xml';

export interface WechatRoutesDependencies extends KnownAccounts<WechatAccount> {
  take: (account: WechatAccount, query: WebhookQuery, body: string) => Promise<Answer>;
  /** A stored answer was written whole. */
  finished: (conversationId: string, turnId: string) => Promise<void>;
  clock: () => number;
  log: Logger;
}

const one = z.string().max(1000).optional();
const querySchema = z.object({
  signature: one,
  timestamp: one,
  nonce: one,
  echostr: one,
  encrypt_type: one,
  msg_signature: one,
});

export function readQuery(request: Request): WebhookQuery {
  const parsed = querySchema.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery() ?? '')));
  if (parsed.success) return parsed.data;
  throw new AppError('bad-request', 'The address is not one that WeChat calls.');
}

/** Registers `GET` and `POST /wechat/<account>`. */
export function registerWechat(server: Server, deps: WechatRoutesDependencies): void {
  const { log } = deps;
  const accountOf = async (request: Request): Promise<WechatAccount> => {
    const account = await findAccount(deps, String(request.params.account));
    if (account) return account;
    throw new AppError('not-found', 'No WeChat account of this name is served here.');
  };

  server.get(
    '/wechat/:account',
    route(log, async (request, response) => {
      send(response, answerVerification(await accountOf(request), readQuery(request), deps.clock()));
    }),
  );

  server.post('/wechat/:account', (request: Request, response: Response, next: Next) => {
    take(request, response)
      .catch((error: unknown) => fail(request, response, error))
      .finally(() => next(false));
  });

  async function take(request: Request, response: Response): Promise<void> {
    const account = await accountOf(request);
    const query = readQuery(request);
    const body = (await readBody(request, XML_LIMIT)).toString('utf8');
    const { body: text, turn } = await deps.take(account, query, body);
    const isWhole = await send(response, text);
    if (isWhole && turn) await deps.finished(turn.conversationId, turn.turnId);
  }

  /** Refusals are answered; when nothing was kept there is no answer at all, which makes WeChat send it again. */
  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const isRefusal = error instanceof AppError && REFUSALS[error.code] !== undefined;
    if (isRefusal && !response.headersSent) {
      response.writeHead(REFUSALS[error.code] ?? 400, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(error.message);
      return;
    }
    log.warn({ err: error }, 'a call of WeChat failed; it is not answered, so that it comes again');
    request.socket.destroy();
  }
}

/** What another try would not mend, and the status that says so. */
export const REFUSALS: Partial<Record<AppError['code'], number>> = {
  'bad-request': 400,
  forbidden: 403,
  'not-found': 404,
  'too-large': 413,
  'unsupported-media': 415,
};

/** Answers whether the whole response was handed on to a connection that was still open. */
function send(response: ServerResponse, text: string): Promise<boolean> {
  const isOpen = !response.destroyed && response.socket?.destroyed === false;
  return new Promise((resolve) => {
    response.once('finish', () => resolve(isOpen));
    response.once('close', () => resolve(false));
    response.writeHead(200, {
      'Content-Type': `${text.startsWith('<xml>') ? 'application/xml' : 'text/plain'}; charset=utf-8`,
      'Content-Length': Buffer.byteLength(text === '' ? SUCCESS : text),
      'Cache-Control': 'no-store',
    });
    response.end(text === '' ? SUCCESS : text);
  });
}
