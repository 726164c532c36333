import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { publishSchema, rollBackSchema, stopSchema, widenSchema } from '../contract/content-editing';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Drafts } from './drafts/drafts';
import type { Publisher, PublishResult } from './publishing/publisher';
import type { ServingState } from './serving/serving-state';

export interface PublishRoutesDependencies {
  publisher: Publisher;
  drafts: Pick<Drafts, 'take'>;
  state: () => ServingState;
  requirePermission: RequirePermission;
  log: Logger;
}

/** A map of steps is the largest part of it. */
const BODY_LIMIT = 256 * 1024;
const PATH = '/admin/content';

/** 422 with everything that keeps it from being published. */
export const answerOf = (result: PublishResult): [status: number, body: unknown] => {
  if (result.status === 'published') return [200, result.published];
  const [first] = result.blockers;
  const message = `Nothing was published. ${first?.message ?? ''}`;
  return [422, { error: { code: 'bad-content', message }, blockers: result.blockers }];
};

/** Publishing, scheduling, a share first, going back, stopping; what the files of a release offer is taken over. */
export function registerPublish(server: Server, deps: PublishRoutesDependencies): void {
  const { publisher, drafts, state, requirePermission, log } = deps;
  const publishers = requirePermission('content.publish');

  /** A POST whose body fits a schema. */
  function post<S extends z.ZodType>(
    path: string,
    schema: S,
    work: (by: { accountId: string }, body: z.infer<S>) => Promise<[status: number, body: unknown]>,
  ): void {
    server.post(
      `${PATH}/${path}`,
      route(
        log,
        publishers(async ({ request, response, account }) => {
          const body = parseBody(schema, await readJson(request, BODY_LIMIT));
          const [status, answer] = await work({ accountId: account.id }, body);
          sendJson(response, status, answer);
        }),
      ),
    );
  }

  post('publish', publishSchema, async (by, wanted) => answerOf(await publisher.publish(by, wanted)));
  post('roll-back', rollBackSchema, async (by, wanted) => [200, await publisher.rollBack(by, wanted)]);
  post('roll-out', widenSchema, async (by, wanted) => [200, await publisher.widen(by, wanted)]);
  post('stop', stopSchema, async (by, wanted) => [200, await publisher.stop(by, wanted)]);
  server.del(
    `${PATH}/schedule`,
    route(
      log,
      publishers(async ({ response, account }) => {
        await publisher.unschedule({ accountId: account.id });
        sendJson(response, 200, {});
      }),
    ),
  );
  server.post(
    `${PATH}/offered/take`,
    route(
      log,
      requirePermission('content.edit')(async ({ response, account }) => {
        const { offered } = state();
        if (!offered) throw new AppError('not-found', 'No new files wait to be taken over.');
        const draft = await drafts.take(account.id, offered.base, offered.version);
        if (!draft)
          throw new AppError(
            'conflict',
            'Your draft has changes of its own. Nothing was changed: publish or discard them first.',
          );
        sendJson(response, 200, draft);
      }),
    ),
  );
}
