import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { technicianSchema } from '../contract/field';
import { callRequestSchema, fieldRequestSchema } from '../contract/field-job';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readBody, readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { cleanFile } from '../records/clean-file';
import type { FileStore } from '../records/files';
import { refusalWords } from '../work-orders/refusal-words';
import type { FieldDesk, Refused } from './field-desk';
import type { FieldClaims, FieldLinks } from './links';

/** Who was sent, by whom. */
export interface SentAudit {
  accountId: string;
  action: 'work-order.technician';
  subject: string;
  note: string;
}

export interface FieldRoutesDependencies {
  desk: FieldDesk;
  links: FieldLinks;
  files: FileStore;
  requirePermission: RequirePermission;
  audit: (entry: SentAudit) => Promise<void>;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;
/** Bytes of one photo. */
const PHOTO_LIMIT = 10 * 1024 * 1024;

const sendSchema = z.strictObject({ version: z.number().int().min(1), technician: technicianSchema });

const statuses: Record<Refused['reason'], number> = {
  'not-found': 404,
  'no-number': 404,
  stale: 409,
  'not-allowed': 409,
  'too-late': 409,
  reassigned: 403,
  'not-arrived': 409,
  'no-call': 409,
  'no-identity': 409,
  'bad-reading': 422,
  'bad-visit': 422,
  'reply-not-approved': 409,
  'own-reply': 409,
  'no-reply': 409,
};
const words = { ...refusalWords, 'no-number': 'The customer left no number.' };

function refuse(response: ServerResponse, { reason }: Refused): void {
  sendJson(response, statuses[reason], { error: { code: reason, message: words[reason] } });
}

const bearerOf = (request: Request): string =>
  /^Bearer (\S{1,2000})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

/**
 * The API of the technicians' page: `GET /field/job`, `POST /field/acts`, `/field/calls`, `/field/photos` with the token
 * of a link; and `POST /agent/orders/:number/technician`, by which agents send somebody.
 */
export function registerField(server: Server, deps: FieldRoutesDependencies): void {
  const { desk, links, files, log } = deps;
  const withLink = (
    work: (request: Request, response: ServerResponse, claims: FieldClaims) => Promise<void>,
  ) => route(log, async (request, response) => work(request, response, await links.read(bearerOf(request))));

  server.get(
    '/field/job',
    withLink(async (_request, response, claims) => {
      const result = await desk.read(claims);
      if (result.status === 'refused') return refuse(response, result);
      sendJson(response, 200, { job: result.job });
    }),
  );
  server.post(
    '/field/acts',
    withLink(async (request, response, claims) => {
      const body = parseBody(fieldRequestSchema, await readJson(request, BODY_LIMIT));
      // What an order stands still for is shown to the customer: it has to be seen as well as said.
      if (body.act.type === 'suspend' && !body.act.photo) {
        throw new AppError('bad-request', 'A photo of the reason is needed. Nothing was changed.');
      }
      const result = await desk.act(claims, body);
      if (result.status === 'refused') return refuse(response, result);
      sendJson(response, 200, { job: result.job });
    }),
  );
  server.post(
    '/field/calls',
    withLink(async (request, response, claims) => {
      const { key } = parseBody(callRequestSchema, await readJson(request, BODY_LIMIT));
      const result = await desk.call(claims, key);
      if (result.status === 'refused') return refuse(response, result);
      sendJson(response, 200, result.number);
    }),
  );
  server.post(
    '/field/photos',
    withLink(async (request, response, claims) => {
      const held = await desk.read(claims);
      if (held.status === 'refused') return refuse(response, held);
      const cleaned = await cleanFile(await readBody(request, PHOTO_LIMIT));
      if (cleaned.extension === 'pdf') {
        throw new AppError('unsupported-media', 'A photo is needed: JPEG, PNG or WebP.');
      }
      sendJson(response, 201, { photo: await files.put(cleaned.bytes, cleaned.extension) });
    }),
  );
  registerSending(server, deps);
}

function registerSending(
  server: Server,
  { desk, requirePermission, audit, log }: FieldRoutesDependencies,
): void {
  server.post(
    '/agent/orders/:number/technician',
    route(
      log,
      requirePermission('orders.work')(async ({ request, response, account }) => {
        const number = String(request.params?.number ?? '');
        const { version, technician } = parseBody(sendSchema, await readJson(request, BODY_LIMIT));
        const result = await desk.send({ number, version, technician, by: `agent:${account.id}` });
        if (result.status === 'refused') return refuse(response, result);
        await audit({
          accountId: account.id,
          action: 'work-order.technician',
          subject: `work-order:${number}`,
          note: technician.id,
        });
        const { url, expiresAt, isTexted } = result;
        sendJson(response, 200, { url, expiresAt, isTexted });
      }),
    ),
  );
}
