import type { Server } from 'restify';
import { z } from 'zod';
import { may, type Worker } from '../accounts/permissions';
import type { Asker, ConversationState } from '../contract/conversation';
import { prioritySchema } from '../contract/conversation';
import { orderKindSchema } from '../contract/orders';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Desk } from './desk';
import { maskPersonal } from './mask-personal';
import { noOrder, type OrderRoutesDependencies } from './routes-orders';

const BODY_LIMIT = 16 * 1024;
const clientId = z.string().min(1).max(100);

const newOrderSchema = z.strictObject({
  /** The page's own id: sent twice it is one order. */
  clientId,
  kind: orderKindSchema,
  summary: z.string().trim().min(1).max(300),
  /** Left out, it is the phone that the customer has proven. */
  phone: z.string().trim().min(5).max(30).nullish(),
  address: z.string().trim().min(1).max(200).nullish(),
  priority: prioritySchema.default('normal'),
});

const commentSchema = z.strictObject({ clientId, note: z.string().trim().min(1).max(1000) });

/** What the conversation knows of its customer, as the commands of its own turns carry it. */
const askerOf = ({ user, customer }: ConversationState): Asker => ({
  userId: user.id,
  phone: customer?.phone ?? null,
  accounts: customer?.accounts ?? [],
  proof: customer?.proof,
  helpedPhone: customer?.helpedPhone,
});

/** An order is made by whoever has the conversation, or leads. */
function checkMayOrder(worker: Worker, { ownership }: ConversationState): void {
  if (may(worker, 'orders.lead') || ownership.agentId === worker.id) return;
  throw new AppError(
    'forbidden',
    'This conversation is not yours now, so no order was made. Claim it first.',
  );
}

/** Where the fault is, as far as the conversation found out. */
const placeSchema = z.object({ text: z.string().optional(), area: z.string().nullish() });

function areaOf({ dialog }: ConversationState): string | null {
  const values = [dialog?.shared ?? {}, ...(dialog?.frames ?? []).map(({ slots }) => slots)];
  const places = values.flatMap(({ address }) => placeSchema.safeParse(address).data ?? []);
  return places.findLast(({ area }) => area)?.area ?? null;
}

/** `POST /agent/conversations/:id/orders` makes one; `POST /agent/orders/:number/comments` adds a word to one. */
export function registerOrderWork(
  server: Server,
  deps: OrderRoutesDependencies & { desk: Pick<Desk, 'read'> },
): void {
  const { orders, actors, mask, audit, log } = deps;
  server.post(
    '/agent/conversations/:id/orders',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const body = parseBody(newOrderSchema, await readJson(request, BODY_LIMIT));
        const state = await deps.desk.read(String(request.params?.id ?? ''));
        checkMayOrder(account, state);
        const { conversationId, channel } = state;
        const { clientId: own, summary, kind, phone, address, priority } = body;
        const order = await orders.createOrder({
          id: `desk:${account.id}:${own}`,
          conversationId,
          channel,
          asker: askerOf(state),
          by: `agent:${account.id}`,
          args: {
            kind,
            phone,
            priority,
            summary: mask(summary),
            address: address ? mask(address) : null,
            area: areaOf(state),
            details: {},
          },
        });
        await audit({
          accountId: account.id,
          action: 'work-order.create',
          subject: `work-order:${order.number}`,
          note: kind,
        });
        sendJson(response, 201, { order: maskPersonal(order) });
      }),
    ),
  );
  server.post(
    '/agent/orders/:number/comments',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const number = String(request.params?.number ?? '');
        const { clientId: own, note } = parseBody(commentSchema, await readJson(request, BODY_LIMIT));
        const by = `agent:${account.id}`;
        const result = await orders.commentOrder({ number, by, note: mask(note), key: `${by}:${own}` });
        if (result.status !== 'changed') throw noOrder();
        await audit({
          accountId: account.id,
          action: 'work-order.transition',
          subject: `work-order:${number}`,
          note: 'comment',
        });
        sendJson(response, 200, { status: 'changed', order: maskPersonal(result.order) });
      }),
    ),
  );
}
