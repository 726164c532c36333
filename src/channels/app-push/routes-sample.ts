import type { Logger } from 'pino';
import type { Server } from 'restify';
import { type AppPush, appPushSchema } from '../../contract/app-push';
import { AppError } from '../../errors';
import { parseBody } from '../../http/parse-body';
import { parseJson } from '../../http/parse-json';
import { readBody } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import { isSigned } from '../../http/signature';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from './wire/signature';

const ADDRESS = '/samples/app/push';
const BODY_LIMIT = 16 * 1024;
/** Users and keys that are remembered; what is older is only a sample. */
const KEPT = 1000;

/**
 * Development only: plays the operator's server, with the customers' phones behind it. Point `APP_PUSH_URL` at
 * `/samples/app/push` of this server, and `/samples/app.html?push` shows what it was sent.
 */
export function registerSamplePushes(
  server: Server,
  deps: { secret: string; clock: () => number; log: Logger },
): void {
  const seen = new Map<string, true>();
  /** What each phone shows, by user. */
  const phones = new Map<string, Map<string, AppPush>>();

  function take(push: AppPush): void {
    if (seen.has(push.key)) return;
    remember(seen, push.key, true);
    const phone = phones.get(push.userId) ?? new Map<string, AppPush>();
    remember(phones, push.userId, phone);
    const before = phone.get(push.collapseKey);
    if (before === undefined || before.sequence < push.sequence) phone.set(push.collapseKey, push);
  }

  server.post(
    ADDRESS,
    route(deps.log, async (request, response) => {
      const body = await readBody(request, BODY_LIMIT);
      const signed = {
        timestamp: request.header(TIMESTAMP_HEADER),
        signature: request.header(SIGNATURE_HEADER),
        body: body.toString(),
      };
      if (!isSigned(signed, deps.secret, deps.clock())) {
        throw new AppError('unauthenticated', 'The signature is not by APP_PUSH_SECRET, or too old.');
      }
      take(parseBody(appPushSchema, parseJson(body)));
      sendJson(response, 200, {});
    }),
  );
  server.get(
    ADDRESS,
    route(deps.log, async (request, response) => {
      const user = new URLSearchParams(request.getQuery()).get('user') ?? '';
      const shown = [...(phones.get(user)?.values() ?? [])].filter(({ event }) => event === 'message');
      sendJson(response, 200, { notifications: shown });
    }),
  );
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}
