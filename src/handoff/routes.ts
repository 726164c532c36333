import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Account } from '../accounts/account';
import type { Call, RequirePermission } from '../accounts/guard';
import type { ConversationState } from '../contract/conversation';
import { type TransferTo, transferToSchema } from '../contract/desk';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { TurnStore } from '../turns/turn-store';
import type { AgentQueue } from './agent-queue';
import type { ActResult, Desk } from './desk';
import { checkDisposition, type Dispositions } from './dispositions';
import { maskPhones } from './mask-personal';
import { type ReadConversationDependencies, readConversation } from './read-conversation';
import { registerOrderWork } from './routes-order-work';
import { type OrderDesk, registerOrders } from './routes-orders';
import { withSignOfLife } from './sign-of-life';
import { type DueOf, summaryOf } from './summaries';

export interface AgentRoutesDependencies extends ReadConversationDependencies {
  desk: Desk;
  queue: AgentQueue;
  store: Pick<TurnStore, 'readLog' | 'lastPosition' | 'lastPositions'>;
  requirePermission: RequirePermission;
  /** Throws `conflict` when a colleague or group is not there to take a conversation, `bad-request` for an unknown one. */
  checkTransfer: (to: TransferTo, from: string) => Promise<void>;
  /**
   * Whether taking it goes beyond the agent's capacity. Throws `reason-needed` where the policy asks for a reason, and `conflict`
   * where it refuses.
   */
  checkPick: (agentId: string, conversationId: string, reason: string | null) => Promise<boolean>;
  orders: OrderDesk;
  /** What a conversation may be filed under when it is closed. */
  dispositions: Dispositions;
  /** A clock of a conversation with its deadline, explained line by line. */
  explainClock: DueOf;
  /** Takes ID cards, bank cards, passwords and codes out of what an agent types. */
  mask: (text: string) => string;
  log: Logger;
}

const BODY_LIMIT = 64 * 1024;
const QUEUE_LIMIT = 200;

const clientId = z.string().min(1).max(200).optional();
const bodies = {
  /** `reason`: why one more than one's own number. */
  claim: z.strictObject({ clientId, reason: z.string().trim().min(1).max(200).optional() }),
  messages: z.strictObject({ clientId, text: z.string().trim().min(1).max(4000) }),
  transfer: z.strictObject({
    clientId,
    note: z.string().max(500).default(''),
    to: transferToSchema.optional(),
  }),
  release: z.strictObject({ clientId, resumeAt: z.string().max(200).nullable().default(null) }),
  close: z.strictObject({
    clientId,
    note: z.string().max(2000).default(''),
    disposition: z.string().max(100).nullable().default(null),
  }),
  finish: z.strictObject({ clientId }),
};

/** The id under which a request acts once, however often it is sent; null: each time anew. */
function requestIdOf(request: Request, body: { clientId?: string }): string | null {
  const header = request.headers['idempotency-key'];
  const id = body.clientId ?? (typeof header === 'string' ? header.trim() : '');
  if (id.length > 200) throw new AppError('bad-request', 'Idempotency-Key: at most 200 characters.');
  return id === '' ? null : id;
}

/** The agents' HTTP API. Auditors read; every other role of the desk acts too. */
export function registerAgents(server: Server, deps: AgentRoutesDependencies): void {
  const { desk, queue, log, explainClock } = deps;
  const requirePermission = withSignOfLife(deps.requirePermission, queue);
  const readers = requirePermission('conversations.read');
  const actors = requirePermission('conversations.work');

  server.get(
    '/agent/queue',
    route(
      log,
      readers(async ({ response }) => {
        const [items, online] = await Promise.all([queue.list(QUEUE_LIMIT), queue.onlineAgents()]);
        const shown = items.map((item) => ({ ...item, lastText: maskPhones(item.lastText) }));
        sendJson(response, 200, { items: shown, agentsOnline: online.length });
      }),
    ),
  );
  server.get(
    '/agent/conversations',
    route(
      log,
      readers(async ({ response, account }) => {
        const [own, invited] = await Promise.all([
          desk.conversationsOf(account.id),
          desk.invitedTo(account.id),
        ]);
        const states = [...own, ...invited];
        const ids = states.map(({ conversationId }) => conversationId);
        const positions = await deps.store.lastPositions(ids);
        const rows = states.map((state, i) => summaryOf(state, positions[i] ?? 0, explainClock));
        sendJson(response, 200, {
          conversations: rows.slice(0, own.length),
          invited: rows.slice(own.length),
        });
      }),
    ),
  );
  server.get(
    '/agent/conversations/:id',
    route(
      log,
      readers(async ({ request, response, account }) => {
        const conversationId = String(request.params?.id ?? '');
        const query = new URLSearchParams(request.getQuery());
        sendJson(response, 200, await readConversation(deps, request, { account, conversationId, query }));
      }),
    ),
  );
  server.get(
    '/agent/conversations/:id/deadlines',
    route(
      log,
      readers(async ({ request, response, account }) => {
        const state = await desk.readFor(account, String(request.params?.id ?? ''));
        sendJson(response, 200, await readDeadlines(deps, state));
      }),
    ),
  );
  registerSteps(server, deps, actors);
  const leaders = requirePermission('orders.lead');
  const workers = requirePermission('orders.work');
  const guards = { readers, actors: workers, leaders };
  registerOrders(server, { ...deps, ...guards });
  registerOrderWork(server, { ...deps, ...guards });
}

/** What runs in a conversation, and the clocks of its orders. */
async function readDeadlines(
  { orders, explainClock }: AgentRoutesDependencies,
  { conversationId, clocks }: ConversationState,
) {
  const numbers = (await orders.ordersOf(conversationId)).map(({ number }) => number);
  const explained = await Promise.all(
    numbers.map(async (number) => ({ number, clocks: await orders.explainClocks(number) })),
  );
  return { conversationId, clocks: clocks.map(explainClock), orders: explained };
}

/** What agents do in a conversation: each is an event that the conversation's own turn decides. */
function registerSteps(
  server: Server,
  deps: AgentRoutesDependencies,
  actors: ReturnType<RequirePermission>,
): void {
  const { desk, mask } = deps;
  const step = <S extends z.ZodType<{ clientId?: string }>>(
    path: string,
    schema: S,
    act: (step: {
      agent: Account;
      conversationId: string;
      requestId: string | null;
      body: z.infer<S>;
    }) => Promise<ActResult>,
  ) => {
    const work = async ({ request, response, account }: Call<Request>) => {
      const body = parseBody(schema, await readJson(request, BODY_LIMIT));
      const conversationId = String(request.params?.id ?? '');
      const requestId = requestIdOf(request, body);
      const result = await act({ agent: account, conversationId, requestId, body });
      sendJson(response, result.status === 'pending' ? 202 : 200, result);
    };
    server.post(`/agent/conversations/:id/${path}`, route(deps.log, actors(work)));
  };
  step('claim', bodies.claim, async ({ agent, body: { reason }, ...rest }) => {
    const { conversationId } = rest;
    const isBeyond = await deps.checkPick(agent.id, conversationId, reason ?? null);
    const result = await desk.claim(agent, rest);
    if (isBeyond && result.status === 'changed') {
      const subject = `conversation:${conversationId}`;
      const note = mask(reason ?? '');
      await deps.audit({ accountId: agent.id, action: 'conversation.beyond-capacity', subject, note });
    }
    return result;
  });
  step('messages', bodies.messages, ({ agent, body, ...rest }) =>
    desk.act(agent, { ...rest, name: 'agent.message', words: { text: mask(body.text) } }),
  );
  step('transfer', bodies.transfer, async ({ agent, body, ...rest }) => {
    const to = body.to ?? null;
    if (to) await deps.checkTransfer(to, agent.id);
    const note = mask(body.note);
    return desk.act(agent, { ...rest, name: 'agent.transfer', words: { note, to } });
  });
  step('release', bodies.release, ({ agent, body, ...rest }) =>
    desk.act(agent, { ...rest, name: 'agent.release', words: { resumeAt: body.resumeAt } }),
  );
  step('close', bodies.close, ({ agent, body: { note, disposition }, ...rest }) => {
    checkDisposition(deps.dispositions, disposition);
    return desk.act(agent, { ...rest, name: 'agent.close', words: { note: mask(note), disposition } });
  });
  step('finish', bodies.finish, ({ agent, body: _body, ...rest }) =>
    desk.act(agent, { ...rest, name: 'agent.finish', words: {} }),
  );
}
