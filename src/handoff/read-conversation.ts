import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Worker } from '../accounts/permissions';
import type { Activity } from '../contract/activity';
import type { BulletinForAgent } from '../contract/bulletins';
import type { ConversationState } from '../contract/conversation';
import type { BotPart, SendWindow } from '../contract/handoff';
import { parseBody } from '../http/parse-body';
import type { LogEntry, TurnStore } from '../turns/turn-store';
import type { AgentQueue } from './agent-queue';
import { type Deliveries, PAGE, viewOf } from './conversation-view';
import type { Desk } from './desk';
import { hideSealed, maskPersonal } from './mask-personal';
import { type Audit, revealReason } from './reveal';

export interface ReadConversationDependencies {
  desk: Pick<Desk, 'readFor'>;
  queue: Pick<AgentQueue, 'position'>;
  store: Pick<TurnStore, 'readLog' | 'lastPosition'>;
  orders: { ordersOf(conversationId: string): Promise<unknown> };
  /** Gives uploaded files the addresses under which they can be opened. */
  signFiles: (activity: Activity) => Activity;
  /** What became of the replies of a conversation whose channel must send them; empty on others. */
  deliveriesOf: (conversationId: string) => Promise<Deliveries>;
  /** How many messages its channel takes until the customer writes again, and until when; null where nothing limits it. */
  sendWindowOf: (state: ConversationState) => Promise<SendWindow | null>;
  /** The emergency bulletins that concern its customer. */
  bulletinsOf: (state: ConversationState) => Promise<BulletinForAgent[]>;
  /** Where the bot stood, in words. */
  describeBot: (state: ConversationState) => BotPart;
  mask: (text: string) => string;
  audit: Audit;
}

const position = z.coerce.number().int().min(0);
const querySchema = z.object({
  /** Reads on from there. */
  after: position.default(0),
  /** Reads the page that ends before it. */
  before: position.optional(),
  /** `1`: the newest page. */
  latest: z.enum(['0', '1']).default('0'),
});

/** A page of the log: what follows a position, what precedes one, or the newest. */
async function readPage(
  store: ReadConversationDependencies['store'],
  conversationId: string,
  { after, before, latest }: z.infer<typeof querySchema>,
): Promise<LogEntry[]> {
  const end = latest === '1' ? (await store.lastPosition(conversationId)) + 1 : before;
  if (end === undefined) return store.readLog(conversationId, after, PAGE);
  const from = Math.max(0, end - 1 - PAGE);
  return end <= 1 ? [] : store.readLog(conversationId, from, end - 1 - from);
}

/**
 * A conversation as its agent sees it; `?reveal=1` shows numbers, and is written down with its reason. Throws
 * `forbidden` to whom it is not shown, `not-found`, and `bad-request`.
 */
export async function readConversation(
  deps: ReadConversationDependencies,
  request: IncomingMessage,
  { account, conversationId, query }: { account: Worker; conversationId: string; query: URLSearchParams },
) {
  const wanted = parseBody(querySchema, Object.fromEntries(query));
  const reason = revealReason(request, query, account);
  const state = await deps.desk.readFor(account, conversationId);
  if (reason !== null) {
    const subject = `conversation:${conversationId}`;
    const note = deps.mask(reason);
    await deps.audit({ accountId: account.id, action: 'conversation.reveal', subject, note });
  }
  const [log, orders, queuePosition, deliveries, sendWindow, bulletins] = await Promise.all([
    readPage(deps.store, conversationId, wanted),
    deps.orders.ordersOf(conversationId),
    deps.queue.position(conversationId),
    deps.deliveriesOf(conversationId),
    deps.sendWindowOf(state),
    deps.bulletinsOf(state),
  ]);
  const isRevealed = reason !== null;
  const view = viewOf({ state, log, orders, deliveries, isRevealed, signFiles: deps.signFiles });
  const show = isRevealed ? hideSealed : maskPersonal;
  return { ...view, bot: show(deps.describeBot(state)), queuePosition, sendWindow, bulletins, isRevealed };
}
