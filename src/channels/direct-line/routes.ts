import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Next, Request, RequestHandler, Response, Server } from 'restify';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import type { FileStore } from '../../records/files';
import type { DirectLine } from './conversations';
import { DirectLineError, toDirectLineError } from './errors';
import { parseInbound } from './inbound';
import { channelOfSecret, type Principal, type Tokens } from './tokens';
import { keepFiles, readUpload } from './uploads';

export interface DirectLineRoutesDependencies {
  directLine: DirectLine;
  tokens: Tokens;
  secrets: { web: string | undefined; app: string | undefined };
  files: FileStore;
  isAllowedOrigin: (origin: string, principal: Principal | null) => boolean;
  /** Of a conversation that waits for a human: its position counted from 1 and minutes, each null when not known. */
  placeInLine: (conversationId: string) => Promise<{ position: number | null; waitMinutes: number | null }>;
  log: Logger;
}

const PREFIX = '/v3/directline';
/** Bytes of a JSON body. */
const BODY_LIMIT = 256 * 1024;

interface Call {
  principal: Principal;
  request: Request;
  conversationId: string;
  watermark: string | undefined;
}

/** Runs one after the other: a decoded picture takes hundreds of megabytes. */
function createLine(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Direct Line 3.0 over HTTP: every call of the protocol below /v3/directline, for the web and the app channel. */
export function registerDirectLine(server: Server, deps: DirectLineRoutesDependencies): void {
  const { directLine } = deps;
  const inTurn = createLine();

  async function authenticate(
    request: IncomingMessage,
  ): Promise<{ principal: Principal; isSecret: boolean }> {
    const [scheme, credentials = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || credentials === '') {
      throw new DirectLineError(
        401,
        'Unauthorized',
        'Send "Authorization: Bearer" with a token or a secret.',
      );
    }
    const channel = channelOfSecret(credentials, deps.secrets);
    if (!channel) return { principal: await deps.tokens.verify(credentials), isSecret: false };
    const anyone = {
      conversationId: null,
      userId: null,
      userName: null,
      customer: null,
      origins: [],
      locale: null,
    };
    return { principal: { channel, ...anyone }, isSecret: true };
  }

  /** Origins that a page of ours, or one that the token names, may call from. */
  function cors(request: IncomingMessage, response: ServerResponse, principal: Principal | null): void {
    const { origin } = request.headers;
    if (origin === undefined || !deps.isAllowedOrigin(origin, principal)) return;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After, Date');
    response.setHeader('Vary', 'Origin');
  }

  function route(work: (call: Call, response: Response) => Promise<void>, needs?: 'secret'): RequestHandler {
    return (request: Request, response: Response, next: Next) => {
      const run = async () => {
        // First for the refusal of a token: a page of another origin must be able to read it, and ask for a new one.
        cors(request, response, null);
        const { principal, isSecret } = await authenticate(request);
        cors(request, response, principal);
        if (needs === 'secret' && !isSecret) {
          throw new DirectLineError(403, 'BadArgument', 'This call needs the secret of the channel.');
        }
        const query = new URLSearchParams(request.getQuery());
        const call = {
          principal,
          request,
          conversationId: request.params?.conversationId ?? '',
          watermark: query.get('watermark') ?? undefined,
        };
        await work(call, response);
      };
      run()
        .catch((error) => {
          const { status, code, message, retryAfterSeconds } = toDirectLineError(error);
          if (status >= 500) deps.log.error({ err: error }, 'direct line call failed');
          cors(request, response, null);
          const headers: Record<string, string> = retryAfterSeconds
            ? { 'Retry-After': String(retryAfterSeconds) }
            : {};
          if (!response.headersSent) sendJson(response, status, { error: { code, message } }, headers);
        })
        .finally(() => next(false));
    };
  }

  server.opts(`${PREFIX}/*`, (request: Request, response: Response, next: Next) => {
    cors(request, response, null);
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
    response.setHeader(
      'Access-Control-Allow-Headers',
      'Authorization, Content-Type, x-ms-bot-agent, x-requested-with',
    );
    response.setHeader('Access-Control-Max-Age', '600');
    response.writeHead(204);
    response.end();
    next(false);
  });

  server.post(
    `${PREFIX}/tokens/generate`,
    route(async ({ principal, request }, response) => {
      sendJson(response, 200, await directLine.generateToken(principal, await readJson(request, BODY_LIMIT)));
    }, 'secret'),
  );
  server.post(
    `${PREFIX}/tokens/refresh`,
    route(async ({ principal }, response) =>
      sendJson(response, 200, await directLine.refreshToken(principal)),
    ),
  );
  server.get(`${PREFIX}/session/getsessionid`, (request: Request, response: Response, next: Next) => {
    cors(request, response, null);
    sendJson(response, 200, { sessionId: request.id() });
    next(false);
  });
  server.post(
    `${PREFIX}/conversations`,
    route(async ({ principal }, response) => {
      const { isNew, conversation } = await directLine.start(principal);
      sendJson(response, isNew ? 201 : 200, conversation);
    }),
  );
  server.get(
    `${PREFIX}/conversations/:conversationId`,
    route(async ({ principal, conversationId, watermark }, response) => {
      sendJson(response, 200, await directLine.reconnect(principal, conversationId, watermark));
    }),
  );
  server.get(
    `${PREFIX}/conversations/:conversationId/activities`,
    route(async ({ principal, conversationId, watermark }, response) => {
      sendJson(response, 200, await directLine.activities(principal, conversationId, watermark));
    }),
  );
  // Not of the protocol: how far the line for a human has moved.
  server.get(
    `${PREFIX}/conversations/:conversationId/queue`,
    route(async ({ principal, conversationId }, response) => {
      await directLine.enter(principal, conversationId);
      sendJson(response, 200, await deps.placeInLine(conversationId));
    }),
  );
  server.post(
    `${PREFIX}/conversations/:conversationId/activities`,
    route(async ({ principal, request, conversationId }, response) => {
      const body = await readJson(request, BODY_LIMIT);
      sendJson(response, 200, await directLine.post(principal, conversationId, body));
    }),
  );
  server.post(
    `${PREFIX}/conversations/:conversationId/upload`,
    route(async ({ principal, request, conversationId }, response) => {
      await directLine.enter(principal, conversationId);
      const { activity, files } = await readUpload(request);
      // Refused before its files are kept.
      parseInbound(activity);
      const attachments = await inTurn(() => keepFiles(deps.files, files));
      sendJson(response, 200, await directLine.post(principal, conversationId, activity, attachments));
    }),
  );
}
