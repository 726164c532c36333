import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Call, RequirePermission } from '../accounts/guard';
import { areaSchema, incidentTextSchema, symptomSchema } from '../contract/incidents';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Act, IncidentResult } from './change-incident';
import type { IncidentDesk } from './incident-desk';

export interface IncidentRoutesDependencies {
  incidents: IncidentDesk;
  requirePermission: RequirePermission;
  /** Takes ID cards, bank cards, passwords and codes out of what a supervisor types. */
  mask: (text: string) => string;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;
/** A time further ahead is no news but a guess. */
const FURTHEST_MS = 7 * 24 * 3600_000;
/** An outage that is declared may have begun so long ago. */
const EARLIEST_MS = 24 * 3600_000;

const symptoms = z.array(symptomSchema).min(1).max(10);
const told = { text: incidentTextSchema, expectedAt: z.number().int() };
const version = z.number().int().min(1);
const bodies = {
  declare: z.strictObject({ area: areaSchema, symptoms, ...told, beganAt: z.number().int().optional() }),
  confirm: z.strictObject({ version, ...told, symptoms: symptoms.optional() }),
  update: z.strictObject({ version, ...told }),
  dismiss: z.strictObject({ version, reason: z.string().trim().min(1).max(300) }),
  recover: z.strictObject({ version }),
};

const querySchema = z.object({
  all: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const refusals = {
  stale: 'The incident was changed by somebody else meanwhile. Nothing was changed: read it again.',
  'not-allowed': 'The incident cannot go from where it is to this. Nothing was changed: read it again.',
  overlaps:
    'There is an open incident of this area and symptom already. Nothing was changed: confirm or update that one.',
} as const;

/**
 * `GET /agent/incidents` and `/agent/incidents/:id` for all who read the desk; `POST /agent/incidents` declares one, and
 * `…/:id/confirm`, `update`, `dismiss` and `recover` decide on one, for supervisors. Each names the version that it was
 * decided on: of two at once one wins.
 */
export function registerIncidents(server: Server, deps: IncidentRoutesDependencies): void {
  const { incidents, requirePermission, clock, log, mask } = deps;
  const readers = requirePermission('conversations.read');
  const leaders = requirePermission('incidents.decide');
  server.get(
    '/agent/incidents',
    route(
      log,
      readers(async ({ request, response }) => {
        const query = Object.fromEntries(new URLSearchParams(request.getQuery()));
        const { all, limit } = parseBody(querySchema, query);
        sendJson(response, 200, { incidents: await incidents.list({ isAll: all === 'true', limit }) });
      }),
    ),
  );
  server.get(
    '/agent/incidents/:id',
    route(
      log,
      readers(async ({ request, response }) => {
        const incident = await incidents.read(idOf(request));
        if (!incident) throw noIncident();
        sendJson(response, 200, { incident });
      }),
    ),
  );
  server.post(
    '/agent/incidents',
    route(
      log,
      leaders(async (call) => {
        const body = parseBody(bodies.declare, await readJson(call.request, BODY_LIMIT));
        const at = clock();
        const beganAt = body.beganAt ?? at;
        checkTime(body.expectedAt, at);
        if (beganAt > at || beganAt < at - EARLIEST_MS)
          throw new AppError(
            'bad-request',
            'Nothing was changed. To mend: beganAt: within the last 24 hours, in milliseconds since 1970.',
          );
        await answer(
          incidents,
          call,
          await incidents.declare({ accountId: call.account.id, at }, { ...body, beganAt }),
        );
      }),
    ),
  );
  const step = <S extends z.ZodType<{ version: number; expectedAt?: number }>>(
    path: string,
    schema: S,
    carryOut: (act: Act, body: z.infer<S>) => Promise<IncidentResult>,
  ) =>
    server.post(
      `/agent/incidents/:id/${path}`,
      route(
        log,
        leaders(async (call) => {
          const body = parseBody(schema, await readJson(call.request, BODY_LIMIT));
          const at = clock();
          if (body.expectedAt !== undefined) checkTime(body.expectedAt, at);
          const act = { id: idOf(call.request), version: body.version, accountId: call.account.id, at };
          await answer(incidents, call, await carryOut(act, body));
        }),
      ),
    );
  step('confirm', bodies.confirm, incidents.confirm);
  step('update', bodies.update, incidents.update);
  step('dismiss', bodies.dismiss, (act, { reason }) => incidents.dismiss(act, mask(reason)));
  step('recover', bodies.recover, incidents.recover);
}

const idOf = (request: Request): string => String(request.params?.id ?? '');

const noIncident = () => new AppError('not-found', 'There is no such incident. Read the list again.');

function checkTime(expectedAt: number, now: number): void {
  if (expectedAt > now && expectedAt <= now + FURTHEST_MS) return;
  throw new AppError(
    'bad-request',
    'Nothing was changed. To mend: expectedAt: ahead, within seven days, in milliseconds since 1970.',
  );
}

async function answer(
  incidents: IncidentDesk,
  { response }: Call<Request>,
  result: IncidentResult,
): Promise<void> {
  if (result.status === 'not-found') throw noIncident();
  if (result.status !== 'changed') throw new AppError('conflict', refusals[result.status]);
  sendJson(response, 200, { status: 'changed', incident: await incidents.read(result.incident.id) });
}
