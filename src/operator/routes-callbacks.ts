import type { Logger } from 'pino';
import type { Server } from 'restify';
import { type Callback, callbackSchema } from '../contract/operator-orders';
import { AppError, type ErrorCode } from '../errors';
import { parseBody } from '../http/parse-body';
import { parseJson } from '../http/parse-json';
import { readBody } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { ChangeResult, Refusal } from '../work-orders/clocks/change-order';
import { refusalWords } from '../work-orders/refusal-words';
import { isSignedCall } from './http/sign-call';

export const CALLBACKS_PATH = '/operator/callbacks';
const BODY_LIMIT = 16 * 1024;

/** Only `stale` is worth sending again. */
const codes: Record<Refusal, ErrorCode> = {
  'not-found': 'not-found',
  stale: 'unavailable',
  'not-allowed': 'conflict',
  'too-late': 'conflict',
  reassigned: 'conflict',
  'not-arrived': 'conflict',
  'no-call': 'conflict',
  'no-identity': 'conflict',
  'bad-reading': 'bad-content',
  'bad-visit': 'bad-content',
  'reply-not-approved': 'conflict',
  'own-reply': 'conflict',
  'no-reply': 'conflict',
};

/** The error that says why nothing was changed. */
export const refusalOf = (reason: Refusal): AppError => new AppError(codes[reason], refusalWords[reason]);

/**
 * `POST /operator/callbacks`: what the operator's systems tell of a work order. Signed like our calls, over the path of
 * this address; answered 200 only once it is durable, and the same id is answered the same again.
 */
export function registerCallbacks(
  server: Server,
  deps: {
    apply: (callback: Callback) => Promise<ChangeResult>;
    /** Told when an order was changed, to wake the events relay. */
    onEvent: () => void;
    secrets: string[];
    clock: () => number;
    log: Logger;
  },
): void {
  server.post(
    CALLBACKS_PATH,
    route(deps.log, async (request, response) => {
      const raw = await readBody(request, BODY_LIMIT);
      const call = { path: CALLBACKS_PATH, key: null, body: raw.toString('utf8') };
      if (!isSignedCall(call, (name) => request.header(name), deps.secrets, deps.clock())) {
        throw new AppError('unauthenticated', 'The signature is not by OPERATOR_SECRET, or too old.');
      }
      const callback = parseBody(callbackSchema, parseJson(raw));
      if ('photo' in callback.act && callback.act.photo) {
        throw new AppError('bad-request', 'Photos are taken by the field page only. Nothing was changed.');
      }
      const result = await deps.apply(callback);
      if (result.status === 'refused') throw refusalOf(result.reason);
      deps.onEvent();
      const { number, version, status } = result.order;
      sendJson(response, 200, { number, version, status });
    }),
  );
}
