import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Next, Request, Response, Server } from 'restify';
import { z } from 'zod';
import { AppError } from '../../errors';
import { registerPages } from '../../http/pages';
import { parseBody } from '../../http/parse-body';
import { parseJson } from '../../http/parse-json';
import { readBody, readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import type { SimulatedCustomers } from './simulator/customers';
import { type FaultQueue, faultSchema } from './simulator/faults';
import type { ApiAnswer, ApiRequest, ServerApi } from './simulator/server-api';
import { actionSchema, type SimulatedWechat } from './simulator/simulated-wechat';

export interface SimulatorDependencies {
  wechat: SimulatedWechat;
  faults: FaultQueue;
  log: Logger;
}

export const SIMULATOR_PATH = '/simulator/wechat';
/** Where the channel finds the simulated servers, below the server's own address. */
export const SIMULATOR_API = `${SIMULATOR_PATH}/api`;

const BODY_LIMIT = 12 * 1024 * 1024;
const userSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, _ and -');
const faultsSchema = z.object({ fault: faultSchema, count: z.int().min(1).max(50) });

/**
 * The phone-like page, what it asks for, and the simulated `/cgi-bin/*`. For development only: it shows everything to
 * whoever opens it.
 */
export function registerWechatSimulator(server: Server, deps: SimulatorDependencies): void {
  const { wechat, faults, log } = deps;
  registerPages(server, SIMULATOR_PATH, join(__dirname, '../../web/wechat-simulator'));
  registerPhone(server, SIMULATOR_PATH, { simulated: wechat, actionSchema, faults, log });
}

/** What the page shows of a simulated account, below a path, and the calls of the account's servers below `/api`. */
export function registerPhone<Action>(
  server: Server,
  path: string,
  deps: {
    simulated: {
      customers: Pick<SimulatedCustomers, 'find'>;
      api: Pick<ServerApi, 'media' | 'handle'>;
      act(user: string, action: Action): Promise<void>;
    };
    actionSchema: z.ZodType<Action>;
    faults: FaultQueue;
    log: Logger;
  },
): void {
  const { simulated, faults, log } = deps;
  const actSchema = z.object({ user: userSchema, action: deps.actionSchema });

  server.get(
    `${path}/state`,
    route(log, async (request, response) => {
      const user = userSchema.safeParse(new URLSearchParams(request.getQuery() ?? '').get('user'));
      if (!user.success) throw new AppError('bad-request', 'user: letters, digits, _ and -.');
      const { lines, grants, isTyping } = simulated.customers.find(user.data);
      sendJson(response, 200, { lines, grants, isTyping, faults: faults.left() });
    }),
  );

  server.post(
    `${path}/act`,
    route(log, async (request, response) => {
      const { user, action } = parseBody(actSchema, await readJson(request, BODY_LIMIT));
      simulated
        .act(user, action)
        .catch((error: unknown) => log.warn({ err: error }, 'the simulated servers failed'));
      sendJson(response, 202, {});
    }),
  );

  server.post(
    `${path}/faults`,
    route(log, async (request, response) => {
      const { fault, count } = parseBody(faultsSchema, await readJson(request, 1024));
      faults.add(fault, count);
      sendJson(response, 200, { faults: faults.left() });
    }),
  );

  server.get(
    `${path}/media/:id`,
    route(log, async (request, response) => {
      const found = simulated.api.media(String(request.params.id));
      if (!found) throw new AppError('not-found', 'There is no such media.');
      response.writeHead(200, { 'Content-Type': found.contentType });
      response.end(found.bytes);
    }),
  );

  registerServerApi(server, `${path}/api`, simulated);
}

/** The simulated `/cgi-bin/*` below a path; WeCom's has the same form. */
export function registerServerApi(
  server: Server,
  base: string,
  simulated: { api: { handle(request: ApiRequest): ApiAnswer } },
): void {
  const take = (request: Request, response: Response, next: Next): void => {
    handle(request, response)
      .catch(() => request.socket.destroy())
      .finally(() => {
        // Told that it is over, restify answers in our place: a call that is met with silence stays open.
        if (response.headersSent || request.socket.destroyed) next(false);
      });
  };
  const prefix = `${base}/cgi-bin/`;

  async function handle(request: Request, response: Response): Promise<void> {
    const query = new URLSearchParams(request.getQuery() ?? '');
    const path = request.getPath().slice(prefix.length);
    answer(request, response, simulated.api.handle({ path, query, ...(await bodyOf(request)) }));
  }

  server.post(`${prefix}*`, take);
  server.get(`${prefix}*`, take);
}

async function bodyOf(request: Request): Promise<Pick<ApiRequest, 'body' | 'file'>> {
  if (request.method === 'GET') return { body: null, file: null };
  const bytes = await readBody(request, BODY_LIMIT);
  const isForm = (request.headers['content-type'] ?? '').startsWith('multipart/');
  return isForm ? { body: null, file: fileIn(bytes) } : { body: parseJson(bytes), file: null };
}

/** The bytes of the one file that an upload brings. */
function fileIn(form: Buffer): Buffer {
  const from = form.indexOf('\r\n\r\n') + 4;
  const boundary = form.subarray(0, form.indexOf('\r\n'));
  return form.subarray(from, form.indexOf(boundary, from) - 2);
}

function answer(request: Request, response: Response, given: ApiAnswer): void {
  switch (given.type) {
    case 'json':
      return sendJson(response, 200, given.value);
    case 'bytes':
      response.writeHead(200, { 'Content-Type': given.contentType });
      response.end(given.bytes);
      return;
    case 'silence':
      // Without an answer the caller gives up by its own clock.
      if (given.isReset) request.socket.destroy();
  }
}
