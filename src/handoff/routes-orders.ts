import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Account } from '../accounts/account';
import type { Call, RequirePermission } from '../accounts/guard';
import type { Activity } from '../contract/activity';
import type { Command } from '../contract/conversation';
import type { OperationArgs } from '../contract/operations';
import { type OrderStatus, orderStatusSchema } from '../contract/orders';
import { type PauseReason, pauseReasonSchema } from '../contract/sla';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { refusalWords } from '../work-orders/refusal-words';
import { hideSealed, maskPersonal } from './mask-personal';
import { type Audit, revealReason } from './reveal';

type Acted =
  | { status: 'changed'; order: unknown }
  | {
      status:
        | 'conflict'
        | 'not-allowed'
        | 'not-found'
        | 'too-late'
        | 'reply-not-approved'
        | 'own-reply'
        | 'no-reply';
    };

/** Who changes an order: if it is still at `version`. `by` is `agent:<account id>`. */
interface Act {
  number: string;
  version: number;
  by: string;
  note: string | null;
}

/** What agents do with work orders; `work-orders/` does it. */
export interface OrderDesk {
  /** The order with its history; null when there is none of this number. */
  readOrder(number: string): Promise<unknown | null>;
  /** The orders that a conversation made, newest first. */
  ordersOf(conversationId: string): Promise<{ number: string }[]>;
  transitionOrder(transition: Act & { to: OrderStatus }): Promise<Acted>;
  /** Makes one for the customer of a conversation; the same id again makes no second one. */
  createOrder(
    order: Pick<Command, 'id' | 'conversationId' | 'channel' | 'asker'> & {
      by: string;
      args: OperationArgs<'work-order.create'>;
    },
  ): Promise<{ number: string }>;
  /** A word for whoever works on it; the same key again adds nothing. */
  commentOrder(comment: { number: string; by: string; note: string; key: string }): Promise<Acted>;
  /** Lets it stand still for a reason, and go on. */
  pauseOrder(act: Act & { reason: PauseReason }): Promise<Acted>;
  resumeOrder(act: Act): Promise<Acted>;
  /** Decides on a pause that the customer disputes. */
  ruleOnPause(act: Act & { isUpheld: boolean }): Promise<Acted>;
  /** Keeps the answer to a case of the authority until it is ruled on. */
  draftReply(act: Act & { text: string }): Promise<Acted>;
  /** Approves it, which sends it, or gives it back. */
  ruleOnReply(act: Act & { isApproved: boolean }): Promise<Acted>;
  /** What the customer has sent about a complaint, with files whose addresses are not signed. */
  readEvidence(number: string): Promise<Activity[]>;
  /** Its deadlines, explained line by line. */
  explainClocks(number: string): Promise<unknown[]>;
}

export interface OrderRoutesDependencies {
  orders: OrderDesk;
  /** Guards of the agents' routes: who may read, who may act. */
  readers: ReturnType<RequirePermission>;
  actors: ReturnType<RequirePermission>;
  /** Who rules on what agents and customers disagree about. */
  leaders: ReturnType<RequirePermission>;
  mask: (text: string) => string;
  /** Addresses of files, signed for a while. */
  signFiles: (activity: Activity) => Activity;
  audit: Audit;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

const transitionSchema = z.strictObject({
  to: orderStatusSchema,
  version: z.number().int().min(0),
  note: z.string().max(1000).nullish(),
});

const act = { version: z.number().int().min(0), note: z.string().max(1000).nullish() };
const bodies = {
  pause: z.strictObject({ ...act, reason: pauseReasonSchema }),
  resume: z.strictObject(act),
  'pause-ruling': z.strictObject({ ...act, isUpheld: z.boolean() }),
  reply: z.strictObject({ ...act, text: z.string().trim().min(1).max(1000) }),
  'reply-ruling': z.strictObject({ ...act, isApproved: z.boolean() }),
};

export const noOrder = () => new AppError('not-found', 'There is no work order of this number.');

const refusals = { ...refusalWords, conflict: refusalWords.stale };

/** `GET /agent/orders/:number` and `POST /agent/orders/:number/transition`. */
export function registerOrders(server: Server, deps: OrderRoutesDependencies): void {
  const { orders, readers, actors, audit, log } = deps;
  server.get(
    '/agent/orders/:number',
    route(
      log,
      readers(async ({ request, response, account }) => {
        const number = String(request.params?.number ?? '');
        const reason = revealReason(request, new URLSearchParams(request.getQuery()), account);
        const order = await orders.readOrder(number);
        if (order === null) throw noOrder();
        if (reason !== null) {
          const note = deps.mask(reason);
          await audit({
            accountId: account.id,
            action: 'work-order.reveal',
            subject: `work-order:${number}`,
            note,
          });
        }
        const evidence = (await orders.readEvidence(number)).map((sent) => {
          const { timestamp, attachments } = deps.signFiles(sent);
          return { at: timestamp, attachments };
        });
        const shown = reason === null ? maskPersonal(order) : hideSealed(order);
        sendJson(response, 200, { order: shown, evidence });
      }),
    ),
  );
  server.post(
    '/agent/orders/:number/transition',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const number = String(request.params?.number ?? '');
        const { to, version, note } = parseBody(transitionSchema, await readJson(request, BODY_LIMIT));
        const result = await orders.transitionOrder({
          number,
          to,
          version,
          by: `agent:${account.id}`,
          note: note ? deps.mask(note) : null,
        });
        await answer(deps, { response, account, number, result, note: to });
      }),
    ),
  );
  registerClocks(server, deps);
}

/** `GET …/deadline`, `POST …/pause`, `…/resume`, `…/reply` and, for supervisors, `…/pause-ruling` and `…/reply-ruling`. */
function registerClocks(server: Server, deps: OrderRoutesDependencies): void {
  const { orders, readers, actors, leaders, log } = deps;
  server.get(
    '/agent/orders/:number/deadline',
    route(
      log,
      readers(async ({ request, response }) => {
        const number = String(request.params?.number ?? '');
        if ((await orders.readOrder(number)) === null) throw noOrder();
        sendJson(response, 200, { number, clocks: await orders.explainClocks(number) });
      }),
    ),
  );
  const step = <S extends z.ZodType<{ version: number; note?: string | null }>>(
    path: string,
    schema: S,
    guard: ReturnType<RequirePermission>,
    carryOut: (act: Act, body: z.infer<S>) => Promise<Acted>,
  ) => {
    const work = async ({ request, response, account }: Call<Request>) => {
      const number = String(request.params?.number ?? '');
      const body = parseBody(schema, await readJson(request, BODY_LIMIT));
      const note = body.note ? deps.mask(body.note) : null;
      const result = await carryOut({ number, version: body.version, by: `agent:${account.id}`, note }, body);
      await answer(deps, { response, account, number, result, note: path });
    };
    server.post(`/agent/orders/:number/${path}`, route(log, guard(work)));
  };
  step('pause', bodies.pause, actors, (who, { reason }) => orders.pauseOrder({ ...who, reason }));
  step('resume', bodies.resume, actors, (who) => orders.resumeOrder(who));
  step('pause-ruling', bodies['pause-ruling'], leaders, (who, { isUpheld }) =>
    orders.ruleOnPause({ ...who, isUpheld }),
  );
  step('reply', bodies.reply, actors, (who, { text }) =>
    orders.draftReply({ ...who, text: deps.mask(text) }),
  );
  step('reply-ruling', bodies['reply-ruling'], leaders, (who, { isApproved }) =>
    orders.ruleOnReply({ ...who, isApproved }),
  );
}

/** Notes what was done to an order, and says it; throws for what was refused. */
async function answer(
  { audit }: OrderRoutesDependencies,
  done: { response: ServerResponse; account: Account; number: string; result: Acted; note: string },
): Promise<void> {
  const { response, account, number, result, note } = done;
  if (result.status === 'not-found') throw noOrder();
  if (result.status !== 'changed') throw new AppError('conflict', refusals[result.status]);
  await audit({
    accountId: account.id,
    action: 'work-order.transition',
    subject: `work-order:${number}`,
    note,
  });
  sendJson(response, 200, { status: 'changed', order: maskPersonal(result.order) });
}
