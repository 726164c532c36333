import type { Logger } from 'pino';
import { z } from 'zod';
import { activitySchema } from '../../contract/activity';
import type { FileStore } from '../../records/files';
import type { CommandHandlers } from '../../turns/commands';
import { findAccount, type KnownAccounts } from '../accounts/find-account';
import { type DeliveryItem, newItem } from '../delivery/delivery-item';
import type { StepOptions } from '../delivery/delivery-store';
import { afterDoubt, afterFailure } from '../delivery/repeat';
import { readUserId, type WechatAccount } from './account';
import type { WechatApi } from './api';
import type { WechatDeliveryStore } from './delivery-store';
import { sealEnvelope } from './envelope';
import { type Move, nextMove } from './next-move';
import { type OtherWays, otherWay } from './other-way';
import { type Part, partsOf, passiveXml, sendBody } from './reply-parts';
import { type Verdict, verdictOf } from './verdict';

/**
 * Sends what turns have committed. Each conversation has a queue that only the lane of its commands moves, so that
 * messages go out in order. Before a call `sending` is recorded; after it, what it came to. What is found `sending` was
 * interrupted, and is uncertain.
 */
export interface DeliveryDependencies extends OtherWays, KnownAccounts<WechatAccount> {
  store: WechatDeliveryStore;
  api: WechatApi;
  files: FileStore;
  /** Told when a passive reply is stored, for whoever holds the request. */
  onAnswered: (turnId: string) => void;
  clock: () => number;
  log: Logger;
  /** Where a test lets the process die. */
  probe?: (point: DeliveryPoint) => void;
}

export const DELIVERY_POINTS = ['wechat-recorded', 'wechat-called', 'wechat-claimed'] as const;
export type DeliveryPoint = (typeof DELIVERY_POINTS)[number];

/** A response that did not finish may still be fetched by a retry of WeChat's. */
export const PASSIVE_WAIT_MS = 20_000;
const PAUSE_MS = 10 * 60_000;
const PAGE_LIMIT = 10_000;

const argsSchema = z.object({ activity: activitySchema, mayRepeat: z.boolean(), isNotice: z.boolean() });

/** What becomes of an item that may not be sent and has no other way. */
const WITHOUT_WAY = {
  quota: { state: 'held', reason: 'quota' },
  window: { state: 'not-delivered', reason: 'window' },
} as const;

type Item = DeliveryItem<Part>;
type After = Partial<Item> & Pick<Item, 'state'>;

/** The handlers of the commands that send; `wechat.deliver` is given with each reply. */
export function createDelivery(deps: DeliveryDependencies): CommandHandlers {
  const { store, api, files, clock, log, probe = () => undefined } = deps;

  const step = (conversationId: string, items: Item[], after: After, options: StepOptions = {}) => {
    const sentWith = items[0]?.id ?? null;
    const changes = items.map((before) => ({ before, after: { ...before, sentWith, ...after } }));
    return store.step(conversationId, changes, clock(), options);
  };
  const settle = { settle: true, isRecorded: true };
  const accountOf = ({ userId }: Item) => findAccount(deps, readUserId(userId).account);

  /** Takes the items as they are now stored, for the next step on them. */
  const refresh = (conversationId: string, items: Item[]) =>
    store.read(
      conversationId,
      items.map(({ id }) => id),
    );

  async function doubt(conversationId: string, items: Item[], reason: string): Promise<void> {
    const { after, dueAt } = afterDoubt(items, reason, clock());
    await step(conversationId, items, after, dueAt === null ? settle : { dueAt, isRecorded: true });
  }

  async function offerPassive(
    conversationId: string,
    { items, part, slot }: Extract<Move, { type: 'passive' }>,
    account: WechatAccount,
  ): Promise<boolean> {
    const now = clock();
    const { openId } = readUserId(items[0]?.userId ?? '');
    const xml = passiveXml(part, { openId, accountId: slot.accountId, now });
    if (xml === null) return false;
    const answer = slot.isEncrypted ? sealEnvelope(account, xml, now) : xml;
    const dueAt = now + PASSIVE_WAIT_MS;
    const claim = { turnId: slot.turnId, answer };
    const after: After = { state: 'passive', route: 'passive', reason: null, dueAt };
    const { type } = await step(conversationId, items, after, { claim, dueAt });
    if (type !== 'ok') return true;
    probe('wechat-claimed');
    deps.onAnswered(slot.turnId);
    // What is behind it goes out when the response has been written.
    return false;
  }

  async function mediaOf(account: WechatAccount, part: Part): Promise<string | null | Verdict> {
    if (part.type !== 'image') return null;
    const outcome = await api.uploadImage(account, await files.get(part.file));
    if (outcome.type === 'ok') return String(outcome.value.media_id);
    if (outcome.type === 'refused') return { type: 'final', reason: `picture-refused-${outcome.code}` };
    // A picture that was uploaded in vain reaches nobody: it is simply uploaded again.
    return { type: 'later', reason: outcome.reason };
  }

  async function send(
    conversationId: string,
    { items, part }: Extract<Move, { type: 'send' }>,
    account: WechatAccount,
  ): Promise<boolean> {
    const mediaId = await mediaOf(account, part);
    if (mediaId !== null && typeof mediaId !== 'string') {
      return follow({ conversationId, items, account, refund: {} }, mediaId);
    }
    const begun = await step(conversationId, items, { state: 'sending', route: 'api' }, { take: true });
    if (begun.type === 'quota' || begun.type === 'window') {
      return withoutSend(conversationId, account, begun.type);
    }
    if (begun.type !== 'ok') return true;
    probe('wechat-recorded');
    const { openId } = readUserId(items[0]?.userId ?? '');
    const canShowMenu = account.canShowMenu && !(await store.hasNoMenu(account.name));
    const outcome = await api.send(account, sendBody(part, { openId, canShowMenu, mediaId }));
    probe('wechat-called');
    const refund = begun.grant ? { refund: begun.grant } : {};
    const current = await refresh(conversationId, items);
    // Somebody took it for interrupted meanwhile: it has been dealt with.
    if (current.some(({ state }) => state !== 'sending')) return true;
    return follow({ conversationId, items: current, account, refund }, verdictOf(outcome));
  }

  interface Sent {
    conversationId: string;
    items: Item[];
    account: WechatAccount;
    refund: Pick<StepOptions, 'refund'>;
  }

  /** Records what a send came to. Answers whether to look at the queue again at once. */
  async function follow(sent: Sent, verdict: Verdict): Promise<boolean> {
    const { conversationId, items, account, refund } = sent;
    switch (verdict.type) {
      case 'sent':
        await step(conversationId, items, { state: 'sent', reason: null }, settle);
        return true;
      case 'uncertain':
        await doubt(conversationId, items, verdict.reason);
        return true;
      case 'final':
        log.error(
          { account: account.name, reason: verdict.reason },
          'WeChat refuses to send for this account',
        );
        await step(
          conversationId,
          items,
          { state: 'not-delivered', reason: verdict.reason },
          { ...settle, ...refund },
        );
        return true;
      case 'as-text':
        await store.noteNoMenu(account.name);
        await step(conversationId, items, { state: 'queued' }, refund);
        return true;
      case 'hold':
        await step(conversationId, items, { state: 'queued' }, { empty: true });
        return true;
      case 'other-way':
        await step(conversationId, items, { state: 'queued' }, { shut: true });
        return true;
      case 'pause':
        log.error({ account: account.name }, 'The API quota of this WeChat account is used up; it rests');
        await store.pauseAccount(account.name, PAUSE_MS);
        await step(conversationId, items, { state: 'queued' }, refund);
        return true;
      case 'later':
        await later(sent, verdict.reason);
        return true;
    }
  }

  async function later({ conversationId, items, refund }: Sent, reason: string): Promise<void> {
    const { after, dueAt } = afterFailure(items, reason, clock());
    log.warn({ reason, failures: after.failures }, 'WeChat was not reached; the message waits');
    await step(conversationId, items, after, { ...refund, dueAt });
  }

  /** Nothing may be sent now. Answers wait for the customer's next message; what cannot wait takes another way. */
  async function withoutSend(
    conversationId: string,
    account: WechatAccount,
    why: 'quota' | 'window',
  ): Promise<boolean> {
    const { items, endsAt } = await store.waiting(conversationId, clock());
    let settled = 0;
    for (const item of items) {
      // What waits for the customer's next message goes on waiting, until the window shuts.
      if (why === 'quota' && item.state === 'held' && item.reason === 'quota') continue;
      const way =
        why === 'window' || item.isNotice ? await otherWay(deps, account, { ...item, conversationId }) : null;
      const after = way ?? WITHOUT_WAY[why];
      const isHeld = after.state === 'held';
      await step(conversationId, [item], after, isHeld ? { isRecorded: true } : settle);
      if (!isHeld) settled += 1;
    }
    if (why === 'quota' && settled < items.length) {
      await store.step(conversationId, [], clock(), { dueAt: endsAt });
    }
    return settled > 0;
  }

  async function rest(conversationId: string, items: Item[], ms: number): Promise<false> {
    const dueAt = clock() + ms;
    const after: After = { state: 'held', reason: 'account-paused' };
    await step(conversationId, items, after, { dueAt, isRecorded: true });
    return false;
  }

  /** One move; answers whether there may be another. */
  async function advance(conversationId: string): Promise<boolean> {
    const waiting = await store.waiting(conversationId, clock());
    const move = nextMove(waiting, clock());
    if (move.type === 'rest') return false;
    const [head] = move.items;
    const account = head && (await accountOf(head));
    if (!account) {
      await step(conversationId, move.items, { state: 'not-delivered', reason: 'no-account' }, settle);
      return true;
    }
    if (move.type === 'doubt') {
      await doubt(conversationId, move.items, move.reason);
      return true;
    }
    if (move.type === 'passive') return offerPassive(conversationId, move, account);
    const pausedMs = await store.pausedFor(account.name);
    return pausedMs > 0 ? rest(conversationId, waiting.items, pausedMs) : send(conversationId, move, account);
  }

  async function drain(conversationId: string): Promise<void> {
    for (let moves = 0; moves < PAGE_LIMIT && (await advance(conversationId)); moves += 1);
  }

  const done = { type: 'ok', value: null } as const;
  return {
    'wechat.deliver': {
      mustComplete: true,
      lane: 'wechat',
      run: async ({ id, conversationId, args, asker, at }) => {
        const { activity, ...rules } = argsSchema.parse(args);
        const items = partsOf(activity).map((part, n) =>
          newItem({ id: `${id}#${n}`, userId: asker.userId, phone: asker.phone, part, at, ...rules }),
        );
        await store.enqueue(conversationId, items);
        await drain(conversationId);
        return done;
      },
    },
    'wechat.release': {
      mustComplete: true,
      lane: 'wechat',
      run: async ({ conversationId }) => {
        await drain(conversationId);
        return done;
      },
    },
  };
}
