import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequireRole } from '../accounts/guard';
import { type OrderStatus, orderStatusSchema } from '../contract/operations';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { hideSealed, maskPersonal } from './mask-personal';
import { type Audit, revealReason } from './reveal';

/** What agents do with work orders; `work-orders/` does it. */
export interface OrderDesk {
  /** The order with its history; null when there is none of this number. */
  readOrder(number: string): Promise<unknown | null>;
  /** The orders that a conversation made, newest first. */
  ordersOf(conversationId: string): Promise<unknown[]>;
  /** Moves an order on, if it is still at `version`. `by` is `agent:<account id>`. */
  transitionOrder(transition: {
    number: string;
    to: OrderStatus;
    version: number;
    by: string;
    note: string | null;
  }): Promise<
    | { status: 'changed'; order: unknown }
    | { status: 'conflict' }
    | { status: 'not-allowed' }
    | { status: 'not-found' }
  >;
}

export interface OrderRoutesDependencies {
  orders: OrderDesk;
  /** Guards of the agents' routes: who may read, who may act. */
  readers: ReturnType<RequireRole>;
  actors: ReturnType<RequireRole>;
  mask: (text: string) => string;
  audit: Audit;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

const transitionSchema = z.strictObject({
  to: orderStatusSchema,
  version: z.number().int().min(0),
  note: z.string().max(1000).nullish(),
});

const noOrder = () => new AppError('not-found', 'There is no work order of this number.');

const refusals = {
  conflict: 'The order was changed by somebody else meanwhile. Nothing was changed: read it again.',
  'not-allowed': 'The order cannot go from where it is to this status. Nothing was changed.',
} as const;

/** `GET /agent/orders/:number` and `POST /agent/orders/:number/transition`. */
export function registerOrders(server: Server, deps: OrderRoutesDependencies): void {
  const { orders, readers, actors, audit, log } = deps;
  server.get(
    '/agent/orders/:number',
    route(
      log,
      readers(async ({ request, response, account }) => {
        const number = String(request.params?.number ?? '');
        const reason = revealReason(request, new URLSearchParams(request.getQuery()));
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
        sendJson(response, 200, { order: reason === null ? maskPersonal(order) : hideSealed(order) });
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
        if (result.status === 'not-found') throw noOrder();
        if (result.status !== 'changed') throw new AppError('conflict', refusals[result.status]);
        await audit({
          accountId: account.id,
          action: 'work-order.transition',
          subject: `work-order:${number}`,
          note: to,
        });
        sendJson(response, 200, { status: 'changed', order: maskPersonal(result.order) });
      }),
    ),
  );
}
