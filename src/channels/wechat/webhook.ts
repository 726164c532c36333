import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Entry } from '../../contract/conversation';
import { AppError } from '../../errors';
import type { TurnEngine } from '../../turns/engine';
import { turnIdOf } from '../../turns/keys';
import type { TurnStore } from '../../turns/turn-store';
import { upcastState } from '../../turns/upcast';
import { userIdOf, type WechatAccount } from './account';
import { type AnswerHints, LOOK_MS } from './answers';
import type { WechatApi } from './api';
import type { Confirm } from './confirm';
import type { WechatDeliveryStore } from './delivery-store';
import { openEnvelope, sealEnvelope, type WebhookQuery } from './envelope';
import { dedupeKeyOf, type Inbound, readInbound, type WechatEvent } from './inbound-message';
import { transferXml } from './reply-parts';
import {
  type TranslateDependencies,
  type Translated,
  translateEvent,
  translateLeave,
  translateMessage,
} from './to-activity';

/**
 * What comes in from WeChat: committed durably, then answered. The answer is decided once and stored; a retry waits
 * for it or gets the same bytes, and never runs the turn again.
 */
export interface WebhookDependencies extends TranslateDependencies {
  engine: Pick<TurnEngine, 'accept' | 'outcome'>;
  store: Pick<TurnStore, 'channelOf' | 'outcome' | 'readState'>;
  deliveries: WechatDeliveryStore;
  api: WechatApi;
  hints: AnswerHints;
  templateFailed: Confirm['templateFailed'];
  /** How long an answer waits for the replies of its turn, from the arrival of the request. */
  budgetMs: number;
  log: Logger;
}

/** `turn` is set when the answer may carry a reply: whoever wrote it whole reports it as finished. */
export interface Answer {
  body: string;
  turn: { conversationId: string; turnId: string } | null;
}

/** Ends the retries; shows the customer nothing. */
export const SUCCESS = 'success';
/** WeChat sends up to three times; at the last one a message goes on without its picture. */
const LAST_TRY = 3;

export const conversationIdOf = (account: string, openId: string): string =>
  createHash('sha256')
    .update('wechat')
    .update('\0')
    .update(account)
    .update('\0')
    .update(openId)
    .digest('hex');

type Known = Extract<Inbound, { type: 'message' | 'event' }>;

interface Call {
  account: WechatAccount;
  inbound: Known;
  openId: string;
  accountId: string;
  isEncrypted: boolean;
  conversationId: string;
  turnId: string;
  key: string;
  arrivedAt: number;
}

/** With what waited for the customer when the call came. */
type Received = Call & { waiting: number };

export function createWebhook(deps: WebhookDependencies) {
  const { engine, store, deliveries, hints, clock, log } = deps;

  function readCall(account: WechatAccount, query: WebhookQuery, body: string): Call | null {
    const arrivedAt = clock();
    const { fields, isEncrypted } = openEnvelope(account, query, body, arrivedAt);
    let inbound: Inbound;
    try {
      inbound = readInbound(fields);
    } catch (error) {
      // It will not be readable the next time either, and WeChat would tell the customer that we are down.
      log.warn({ err: error, account: account.name }, 'a message of WeChat cannot be read');
      return null;
    }
    if (inbound.type === 'unknown') return null;
    const { FromUserName: openId, ToUserName: accountId } =
      inbound.type === 'message' ? inbound.message : inbound.event;
    const conversationId = conversationIdOf(account.name, openId);
    const key = dedupeKeyOf(inbound);
    const turnId = turnIdOf(conversationId, key);
    return { account, inbound, openId, accountId, isEncrypted, conversationId, turnId, key, arrivedAt };
  }

  /** The sends that WeChat allows after this; null when it allows none. */
  function grantOf({ account, inbound, arrivedAt }: Call) {
    const isContact =
      inbound.type === 'message' || ['subscribe', 'SCAN', 'CLICK'].includes(inbound.event.Event);
    if (!isContact) return null;
    const kind = inbound.type === 'message' ? ('message' as const) : ('event' as const);
    const { sends, windowSeconds } = account[kind];
    return { kind, sends, untilAt: arrivedAt + windowSeconds * 1000 };
  }

  const entryOf = (call: Call, key: string, { activity, sealed }: Translated): Entry => ({
    turnId: turnIdOf(call.conversationId, key),
    key,
    at: clock(),
    channel: activity.from.id === 'service' ? null : 'wechat',
    customer: null,
    isStaffed: false,
    sealed,
    activity,
  });

  /** The first contact is greeted, whether or not WeChat told of the customer's following the account. */
  async function greetFirst(call: Call): Promise<void> {
    if ((await store.channelOf(call.conversationId)) !== null) return;
    const from = { id: userIdOf(call.account.name, call.openId), role: 'user' as const };
    const start = entryOf(call, 'start', { sealed: {}, activity: { type: 'conversationUpdate', from } });
    await engine.accept(call.conversationId, start);
  }

  /** An agent of WeChat's who passes a customer on lets go before the other one takes over. */
  async function leaveFirst(call: Call, event: WechatEvent): Promise<void> {
    const leave = translateLeave(event);
    if (leave) await engine.accept(call.conversationId, entryOf(call, `${call.key}:leave`, leave));
  }

  /** Returns once the activity is durable. Throws when it is not; the request then fails, and WeChat retries. */
  async function acceptOnce(call: Call, tries: number): Promise<void> {
    const { account, inbound, conversationId, key, turnId } = call;
    const isKnown = tries > 1 && (await store.outcome(conversationId, turnId)) !== null;
    if (isKnown) return;
    const translated =
      inbound.type === 'message'
        ? await translateMessage(deps, account, inbound.message, tries >= LAST_TRY)
        : translateEvent(account, inbound.event, deps.mask);
    if (translated === null) return;
    const isMessage = translated.activity.type === 'message';
    if (isMessage) await greetFirst(call);
    if (inbound.type === 'event') await leaveFirst(call, inbound.event);
    const entry = entryOf(call, key, translated);
    const accepted = await engine.accept(conversationId, entry, {
      isLogged: isMessage,
      isLimited: isMessage,
    });
    if (accepted.status === 'busy') {
      throw new AppError('too-many-requests', `The message was not taken: ${accepted.reason}.`);
    }
  }

  /** What ends the wait early: a turn that says nothing, or a human of WeChat's own who is to take over. */
  async function earlyAnswer(call: Received): Promise<string | null> {
    const result = await engine.outcome(call.conversationId, call.turnId, leftOf(call));
    if (result === null) return null;
    if (call.account.handoff === 'wechat' && call.inbound.type === 'message') {
      const state = upcastState(await store.readState(call.conversationId));
      const owner = state?.ownership.owner;
      if (owner === 'queued' || owner === 'human') return seal(call, transferXml({ ...call, now: clock() }));
    }
    // What was held goes out with this answer, whether or not the turn has something to say.
    return result.isSilent === true && call.waiting === 0 ? SUCCESS : null;
  }

  const seal = ({ account, isEncrypted }: Call, xml: string): string =>
    isEncrypted ? sealEnvelope(account, xml, clock()) : xml;
  const leftOf = ({ arrivedAt }: Call): number => Math.max(0, arrivedAt + deps.budgetMs - clock());

  /** Waits for the answer within the budget; at its end `success` stands, unless a reply has claimed it. */
  async function answerOf(call: Received): Promise<string> {
    const { conversationId, turnId } = call;
    let early: string | null = null;
    const wait = new AbortController();
    const watching = earlyAnswer(call).then((answer) => {
      early = answer;
      if (answer !== null) wait.abort();
    });
    watching.catch(() => undefined);
    while (leftOf(call) > 0 && early === null) {
      const answer = await deliveries.answerOf(conversationId, turnId);
      if (answer !== null) return answer;
      await Promise.race([hints.next(turnId, Math.min(LOOK_MS, leftOf(call) + 1)), aborted(wait.signal)]);
    }
    const answer = await deliveries.close(conversationId, turnId, early ?? SUCCESS);
    if (answer === SUCCESS && early === null) showTyping(call);
    return answer;
  }

  /** The customer sees that somebody is at it, while the answer takes its time. */
  function showTyping({ account, openId }: Call): void {
    deps.api.typing(account, openId, true).catch((error: unknown) => {
      log.warn({ err: error, account: account.name }, 'typing was not shown');
    });
  }

  /**
   * Takes one call of WeChat's. Throws `forbidden` or `bad-request` for one that is not WeChat's, and anything else
   * when nothing was kept: then no answer may be given, so that WeChat sends it again.
   */
  return async function take(account: WechatAccount, query: WebhookQuery, body: string): Promise<Answer> {
    const call = readCall(account, query, body);
    if (call === null) return { body: SUCCESS, turn: null };
    const { conversationId, turnId, isEncrypted, accountId, arrivedAt } = call;
    if (call.inbound.type === 'event' && call.inbound.event.Event === 'TEMPLATESENDJOBFINISH') {
      const { MsgID, Status } = call.inbound.event;
      if (Status !== 'success') await deps.templateFailed(account.name, MsgID);
      return { body: SUCCESS, turn: null };
    }
    const nonce = `${query.nonce ?? ''}:${query.timestamp ?? ''}`;
    if (!(await deliveries.bindNonce(account.name, nonce, turnId))) {
      throw new AppError('forbidden', 'This call was signed for another message.');
    }
    const isTurn = call.inbound.type === 'message' || isAnswered(call, deps);
    const received = await deliveries.receive(conversationId, {
      turnId,
      isEncrypted,
      accountId,
      now: arrivedAt,
      grant: grantOf(call),
      // Without a budget nothing goes as a passive reply.
      endsAt: isTurn && deps.budgetMs > 0 ? arrivedAt + deps.budgetMs : 0,
    });
    if (received.waiting > 0 && isTurn) await deliveries.release(conversationId, clock());
    await acceptOnce(call, received.tries);
    if (!isTurn) return { body: SUCCESS, turn: null };
    const { answer, waiting } = received;
    return { body: answer ?? (await answerOf({ ...call, waiting })), turn: { conversationId, turnId } };
  };
}

/** Events that make a turn with something to say. */
function isAnswered({ account, inbound }: Call, { mask }: WebhookDependencies): boolean {
  if (inbound.type !== 'event' || inbound.event.Event === 'unsubscribe') return false;
  return translateEvent(account, inbound.event, mask) !== null;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
