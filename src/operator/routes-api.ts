import type { Logger } from 'pino';
import type { Server } from 'restify';
import { type ApiName, apiNames, operatorApi } from '../contract/operator-api';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { parseJson } from '../http/parse-json';
import { readBody } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { OperatorServer } from './http/serve-operator';
import { isSignedCall, KEY_HEADER } from './http/sign-call';

const BODY_LIMIT = 64 * 1024;

export interface ApiDependencies {
  /** Below which address; empty for the root. */
  base: string;
  answers: OperatorServer;
  secrets: string[];
  clock: () => number;
  log: Logger;
}

/** Answers the calls of docs/openapi/operator.yaml as an operator's server would: signatures checked, answers as JSON. */
export function registerOperatorApi(server: Server, deps: ApiDependencies): void {
  for (const name of apiNames) registerCall(server, name, deps);
}

function registerCall<N extends ApiName>(server: Server, name: N, deps: ApiDependencies): void {
  const { path, request: schema, isAct } = operatorApi[name];
  server.post(
    deps.base + path,
    route(deps.log, async (request, response) => {
      const raw = await readBody(request, BODY_LIMIT);
      const key = request.header(KEY_HEADER) ?? null;
      const call = { path, key, body: raw.toString('utf8') };
      if (!isSignedCall(call, (header) => request.header(header), deps.secrets, deps.clock())) {
        throw new AppError('unauthenticated', 'The signature is not by one of the secrets, or too old.');
      }
      if (isAct && !key) throw new AppError('bad-request', `${name} needs the header ${KEY_HEADER}.`);
      // Parsed by the schema of this very call.
      const wanted = parseBody(schema, parseJson(raw)) as Parameters<OperatorServer[N]>[0];
      sendJson(response, 200, await deps.answers[name](wanted, key ?? ''));
    }),
  );
}
