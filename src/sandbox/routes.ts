import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Call, RequirePermission } from '../accounts/guard';
import {
  newPracticeSchema,
  type PracticeCard,
  practiceEndSchema,
  practiceMessageSchema,
  practiceTaskSchema,
} from '../contract/practice';
import { AppError } from '../errors';
import { checkDisposition, type Dispositions } from '../handoff/dispositions';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { JudgeRules } from '../quality/judge/judge-stretch';
import type { Database } from '../records/database';
import { addRunTask, type By, beginRun, endRun, readRun, readRuns, sayInRun } from './runs';
import type { Scenario } from './scenario';

export interface PracticeRoutesDependencies {
  db: Database;
  scenarios: Scenario[];
  dispositions: Dispositions;
  rules: JudgeRules;
  mask: (text: string) => string;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

const cardOf = ({ id, name, card, minutes }: Scenario): PracticeCard => ({ id, name, card, minutes });

/** Practice for whoever works with customers; the results of all for whoever reads quality. */
export function registerPractice(server: Server, deps: PracticeRoutesDependencies): void {
  const { db, scenarios, requirePermission, mask, clock, log } = deps;
  const trainees = requirePermission('conversations.work');
  const scenarioOf = (id: string): Scenario => {
    const found = scenarios.find((scenario) => scenario.id === id);
    if (!found) throw new AppError('not-found', 'This scenario is gone. Nothing was changed: begin another.');
    return found;
  };
  server.get(
    '/practice',
    route(
      log,
      trainees(async ({ response, account }) =>
        sendJson(response, 200, { scenarios: scenarios.map(cardOf), runs: await readRuns(db, account.id) }),
      ),
    ),
  );
  server.get(
    '/practice/results',
    route(
      log,
      requirePermission('quality.read')(async ({ response }) =>
        sendJson(response, 200, { runs: await readRuns(db, null) }),
      ),
    ),
  );
  server.post(
    '/practice',
    route(
      log,
      trainees(async ({ request, response, account }) => {
        const { id, scenario, locale } = parseBody(newPracticeSchema, await readJson(request, BODY_LIMIT));
        const by = { accountId: account.id, at: clock() };
        await beginRun(db, { id, scenario: scenarioOf(scenario), locale }, by);
        sendJson(response, 201, { run: await readRun(db, id, account.id) });
      }),
    ),
  );
  const step = <S extends z.ZodType>(
    path: string,
    schema: S,
    act: (id: string, body: z.infer<S>, by: By) => Promise<void>,
  ) => {
    const work = async ({ request, response, account }: Call<Request>) => {
      const id = z.uuid().safeParse(request.params?.id);
      if (!id.success) throw new AppError('not-found', 'There is no such practice. Nothing was changed.');
      const body = parseBody(schema, await readJson(request, BODY_LIMIT));
      await act(id.data, body, { accountId: account.id, at: clock() });
      sendJson(response, 200, { run: await readRun(db, id.data, account.id) });
    };
    server.post(`/practice/:id/${path}`, route(log, trainees(work)));
  };
  step('messages', practiceMessageSchema, (id, { text }, by) =>
    sayInRun(db, { id, text: mask(text), scenarioOf }, by),
  );
  step('tasks', practiceTaskSchema, (id, { minutes }, by) => addRunTask(db, { id, minutes }, by));
  step('end', practiceEndSchema, (id, { disposition }, by) => {
    checkDisposition(deps.dispositions, disposition);
    return endRun(db, { id, disposition, rules: deps.rules, scenarioOf }, by);
  });
}
