import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { Logger } from 'pino';
import { createServer, type Next, type Request, type Response, type Server } from 'restify';
import { AppError, type ErrorCode } from '../errors';
import { sendJson } from './send';

/** The HTTP server: thin routes over what the other folders can do. */
const statuses: Record<ErrorCode, number> = {
  'bad-settings': 500,
  'bad-request': 400,
  'bad-content': 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'reason-needed': 409,
  'too-large': 413,
  'too-many-requests': 429,
  'unsupported-media': 415,
  unavailable: 503,
  timeout: 504,
  'lost-lease': 503,
  internal: 500,
};

export function createHttpServer(): Server {
  const server = createServer({ name: 'bot', ignoreTrailingSlash: true, handleUncaughtExceptions: false });
  server.pre((request: Request, response: Response, next: Next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    // restify reads the address outside of any handler: what it cannot read would end the process.
    if (hasAddress(request)) return next();
    sendRefusal(response, BAD_ADDRESS);
    next(false);
  });
  // The callback of this event is not called: restify would then send an answer of its own after ours, and throw.
  server.on('restifyError', (_request: Request, response: Response, error: { statusCode?: number }) => {
    if (!response.headersSent) sendRefusal(response, refusals[error.statusCode ?? 400] ?? BAD_ADDRESS);
  });
  return server;
}

type Refusal = [status: number, code: string, message: string];
const BAD_ADDRESS: Refusal = [400, 'BadArgument', 'The address of the request cannot be read.'];
/** What the router refuses by itself. */
const refusals: Partial<Record<number, Refusal>> = {
  404: [404, 'NotFound', 'There is nothing at this address.'],
  405: [405, 'MethodNotAllowed', 'This address does not take that method.'],
};

const sendRefusal = (response: Response, [status, code, message]: Refusal): void =>
  sendJson(response, status, { error: { code, message } });

/** Whether the target and the Host header make an address. */
function hasAddress(request: Request): boolean {
  try {
    return request.getUrl() !== undefined;
  } catch {
    return false;
  }
}

/** Wraps a route: an AppError becomes its status, anything else a 500 that says nothing of the inside. */
export function route(log: Logger, work: (request: Request, response: Response) => Promise<void>) {
  return (request: Request, response: Response, next: Next): void => {
    work(request, response)
      .catch((error: unknown) => {
        const known = error instanceof AppError ? error : null;
        const status = known ? statuses[known.code] : 500;
        if (status >= 500) log.error({ err: error }, 'request failed');
        const message =
          known && status !== 500 ? known.message : 'Something went wrong here. Please try again.';
        const seconds = known?.retryAfterSeconds;
        const headers: Record<string, string> = seconds ? { 'Retry-After': String(seconds) } : {};
        if (!response.headersSent)
          sendJson(response, status, { error: { code: known?.code ?? 'internal', message } }, headers);
      })
      .finally(() => next(false));
  };
}

const portTaken = (host: string, port: number, cause: unknown) =>
  new AppError('bad-settings', `Port ${port} on ${host} cannot be used: stop what has it, or set PORT.`, {
    cause,
  });

/** Says at once what `listen` would say after seconds of starting. Throws `bad-settings` when the port is taken. */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createTcpServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw portTaken(host, port, error);
  }
  probe.close();
  await once(probe, 'close');
}

/** Listens; throws `bad-settings` when the port is taken. Answers the port. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    // restify passes the events of its server on, errors included.
    await once(server, 'listening');
  } catch (error) {
    throw portTaken(host, port, error);
  }
  // A listening TCP server has an address object.
  return (server.server.address() as AddressInfo).port;
}
