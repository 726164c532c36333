import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiName } from '../../../src/contract/operator-api';
import { createHttpServer, listen } from '../../../src/http/server';
import { type CallDependencies, createOperatorCalls } from '../../../src/operator/http/call';
import { createHttpOperator } from '../../../src/operator/http/http-operator';
import type { OperatorServer } from '../../../src/operator/http/serve-operator';
import { registerOperatorApi } from '../../../src/operator/routes-api';
import { silent } from '../../support/turns';

export const SECRET = 'secret-of-the-operator';

/** Calls as a test makes them: pauses are noted instead of waited for. */
export function createTestCalls(
  url: string,
  changed: Partial<CallDependencies> & {
    secrets?: string[];
    timeouts?: Partial<Record<ApiName, number>>;
  } = {},
) {
  const pauses: number[] = [];
  const { secrets = [SECRET], timeouts = {}, ...rest } = changed;
  const calls = createOperatorCalls({
    fetch,
    settings: { url, secrets, timeoutMs: (name) => timeouts[name] ?? 5000 },
    clock: Date.now,
    random: () => 1,
    pause: async (ms) => {
      pauses.push(ms);
    },
    log: silent,
    ...rest,
  });
  return { ...calls, operator: createHttpOperator(calls), pauses };
}

/** A server of the operator's API; its clock is that of the calls. */
export async function openApi(answers: OperatorServer, secrets = [SECRET], clock = Date.now) {
  const server = createHttpServer();
  registerOperatorApi(server, { base: '/bot', answers, secrets, clock, log: silent });
  const url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}/bot`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.server.closeAllConnections();
    });
  return { url, close };
}

export interface Heard {
  url: string | undefined;
  key: string | string[] | undefined;
  headers: IncomingMessage['headers'];
}

/** A server that answers whatever the test wants, the nth request by `answer(n)`. */
export async function openOddServer(answer: (n: number, response: ServerResponse) => void) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const { url, headers } = request;
    heard.push({ url, key: headers['idempotency-key'], headers });
    request.resume().on('end', () => answer(heard.length, response));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, heard, close };
}

export const answerJson = (response: ServerResponse, status: number, body: unknown): void => {
  // restify changes what `writeHead` returns.
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
};
