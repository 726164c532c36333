import type { Logger } from 'pino';
import { z } from 'zod';
import { activitySchema } from '../../contract/activity';
import type { FileStore } from '../../records/files';
import type { CommandHandlers } from '../../turns/commands';
import { findAccount, type KnownAccounts } from '../accounts/find-account';
import { newItem } from '../delivery/delivery-item';
import type { Grant, StepOptions } from '../delivery/delivery-store';
import { afterDoubt, afterFailure } from '../delivery/repeat';
import type { Item } from '../wechat/next-move';
import { type Part, partsOf } from '../wechat/reply-parts';
import { readUserId, type WecomAccount } from './account';
import type { WecomApi } from './api';
import { messageIdOf } from './confirm';
import type { WecomDeliveryStore } from './delivery-store';
import type { HandOver } from './hand-over';
import { type Move, nextMove } from './next-move';
import { sendBody, withoutMenu } from './send-body';
import { type Verdict, verdictOf } from './verdict';
import { FIRST_MESSAGE, withoutSend } from './without-send';

/**
 * Sends what turns have committed, in order. Each message has an id that follows from its reply; after an outcome that
 * nobody knows it is sent again with the same id, and WeCom shows it once.
 */
export interface DeliveryDependencies extends KnownAccounts<WecomAccount> {
  deliveries: WecomDeliveryStore;
  api: WecomApi;
  files: FileStore;
  /** Sends a text message by the operator; the same key sends once. */
  sendText: (message: { phone: string; text: string }, key: string) => Promise<void>;
  handOver: HandOver;
  clock: () => number;
  log: Logger;
  /** Where a test lets the process die. */
  probe?: (point: DeliveryPoint) => void;
}

export const DELIVERY_POINTS = ['wecom-recorded', 'wecom-called'] as const;
export type DeliveryPoint = (typeof DELIVERY_POINTS)[number];

/** WeCom drops doubles: it is tried for some minutes before an outcome stays unknown. */
const REPEATS = 8;
const PAUSE_MS = 10 * 60_000;
const PAGE_LIMIT = 10_000;
/** States of a session in which a human of WeCom's has it, or is to get it. */
const HUMAN_STATES: readonly unknown[] = [2, 3];
const ENDED_STATE = 4;

const argsSchema = z.object({ activity: activitySchema, mayRepeat: z.boolean(), isNotice: z.boolean() });

type After = Partial<Item> & Pick<Item, 'state'>;

/** The handlers of the commands that send; `wecom.deliver` is given with each reply. */
export function createDelivery(deps: DeliveryDependencies): CommandHandlers {
  const { deliveries, api, files, clock, log, probe = () => undefined } = deps;

  const step = (conversationId: string, items: Item[], after: After, options: StepOptions = {}) => {
    const sentWith = items[0]?.id ?? null;
    const changes = items.map((before) => ({ before, after: { ...before, sentWith, ...after } }));
    return deliveries.step(conversationId, changes, clock(), options);
  };
  const settle = { settle: true, isRecorded: true };

  async function doubt(account: WecomAccount, conversationId: string, items: Item[], reason: string) {
    const isOnce = account.dropsDoubles;
    const sends = isOnce ? items.map((item) => ({ ...item, mayRepeat: true })) : items;
    const { after, dueAt } = afterDoubt(sends, reason, clock(), isOnce ? REPEATS : undefined);
    await step(conversationId, items, after, dueAt === null ? settle : { dueAt, isRecorded: true });
  }

  async function mediaOf(account: WecomAccount, part: Part): Promise<string | null | Verdict> {
    if (part.type !== 'image') return null;
    const outcome = await api.uploadImage(account, await files.get(part.file));
    if (outcome.type === 'ok') return String(outcome.value.media_id);
    if (outcome.type === 'refused') return { type: 'final', reason: `picture-refused-${outcome.code}` };
    return { type: 'later', reason: outcome.reason };
  }

  /** The code that a welcome goes with: of an event that is still open, or the one that it was sent with before. */
  async function codeFor(conversationId: string, { items, part, isAgain }: Send): Promise<string | null> {
    if (isAgain) return items[0]?.route === 'welcome' ? deliveries.usedCode(conversationId) : null;
    return part.type === 'image' ? null : deliveries.welcomeCode(conversationId, clock());
  }

  type Send = Extract<Move, { type: 'send' }>;

  async function send(conversationId: string, move: Send, account: WecomAccount): Promise<boolean> {
    const { items, part, isAgain } = move;
    const mediaId = await mediaOf(account, part);
    if (mediaId !== null && typeof mediaId !== 'string') {
      return follow({ conversationId, items, account, grant: null, isAgain }, mediaId);
    }
    const code = await codeFor(conversationId, move);
    const grant: Grant = code === null ? 'message' : 'event';
    // Whether it arrived or not, the first time has used up the send.
    const take = isAgain && account.dropsDoubles ? {} : { take: grant };
    const after: After = { state: 'sending', route: code === null ? 'api' : 'welcome' };
    const begun = await step(conversationId, items, after, take);
    if (begun.type === 'quota' || begun.type === 'window') {
      return settleWithoutSend(conversationId, begun.type);
    }
    if (begun.type !== 'ok') return true;
    probe('wecom-recorded');
    const outcome = await call(account, items, sendBody(part, { ...account, mediaId }), code);
    probe('wecom-called');
    const ids = items.map(({ id }) => id);
    const current = await deliveries.read(conversationId, ids);
    // Somebody took it for interrupted meanwhile: it has been dealt with.
    if (current.some(({ state }) => state !== 'sending')) return true;
    const sent = { conversationId, items: current, account, grant: begun.grant, isAgain };
    return follow(sent, verdictOf(account, outcome));
  }

  function call(account: WecomAccount, items: Item[], body: Record<string, unknown>, code: string | null) {
    const { id = '', userId = '' } = items[0] ?? {};
    const msgid = messageIdOf(id);
    if (code !== null) return api.sendOnEvent(account, { code, msgid, ...body });
    const { openKfId, externalUserId } = readUserId(userId);
    return api.send(account, { touser: externalUserId, open_kfid: openKfId, msgid, ...body });
  }

  interface Sent {
    conversationId: string;
    items: Item[];
    account: WecomAccount;
    /** What the send has used up. */
    grant: Grant | null;
    isAgain: boolean;
  }

  /** Records what a send came to. Answers whether to look at the queue again at once. */
  async function follow(sent: Sent, verdict: Verdict): Promise<boolean> {
    const { conversationId, items, account, grant, isAgain } = sent;
    const refund = grant ? { refund: grant } : {};
    const requeue = (options: StepOptions) => step(conversationId, items, { state: 'queued' }, options);
    switch (verdict.type) {
      case 'sent': {
        const known = account.dropsDoubles ? { uncertainSends: 0 } : {};
        await step(conversationId, items, { state: 'sent', reason: null, ...known }, settle);
        return true;
      }
      case 'uncertain':
        await doubt(account, conversationId, items, verdict.reason);
        return true;
      case 'pause':
        log.error({ account: account.name }, 'The API quota of this WeCom account is used up; it rests');
        await deliveries.pauseAccount(account.name, PAUSE_MS);
        await requeue(refund);
        return true;
      case 'later':
        await later(sent, verdict.reason);
        return true;
      case 'final':
        log.error({ account: account.name, reason: verdict.reason }, 'WeCom refuses to send');
        return isAgain ? stayUncertain(sent, verdict.reason) : give(sent, verdict.reason);
      case 'ask-state':
        return followState(sent);
      case 'as-text':
        // By the same id: if the menu had arrived after all, the text is the double.
        return sendAsText(sent);
      case 'hold':
      case 'other-way':
        break;
    }
    // The first try may have used up the last send: whether it arrived, nobody says.
    if (isAgain) return stayUncertain(sent, verdict.type === 'hold' ? 'quota' : 'window');
    if (items[0]?.route === 'welcome') return holdWelcome(sent);
    await requeue(verdict.type === 'hold' ? { empty: true } : { shut: true });
    return true;
  }

  async function give({ conversationId, items, grant }: Sent, reason: string): Promise<boolean> {
    if (items[0]?.route === 'welcome') return holdWelcome({ conversationId, items });
    const refund = grant ? { refund: grant } : {};
    await step(conversationId, items, { state: 'not-delivered', reason }, { ...settle, ...refund });
    return true;
  }

  async function stayUncertain({ conversationId, items }: Sent, reason: string): Promise<boolean> {
    await step(conversationId, items, { state: 'uncertain', reason }, settle);
    return true;
  }

  /** A welcome whose code came too late is the first thing that the customer reads when they write. */
  async function holdWelcome({ conversationId, items }: Pick<Sent, 'conversationId' | 'items'>) {
    const after: After = { state: 'held', reason: FIRST_MESSAGE };
    await step(conversationId, items, after, { isRecorded: true });
    return true;
  }

  async function sendAsText({ conversationId, items, account, grant }: Sent): Promise<boolean> {
    const changes = items.map((before) => ({
      before,
      after: { ...before, part: withoutMenu(before.part), state: 'queued' as const },
    }));
    log.warn({ account: account.name }, 'WeCom refuses a menu; it goes as text');
    await deliveries.step(conversationId, changes, clock(), grant ? { refund: grant } : {});
    return true;
  }

  async function followState(sent: Sent): Promise<boolean> {
    const { openKfId, externalUserId } = readUserId(sent.items[0]?.userId ?? '');
    const asked = await api.serviceState(sent.account, {
      open_kfid: openKfId,
      external_userid: externalUserId,
    });
    const state = asked.type === 'ok' ? asked.value.service_state : null;
    if (HUMAN_STATES.includes(state)) {
      return sent.isAgain ? stayUncertain(sent, 'served-by-human') : give(sent, 'served-by-human');
    }
    if (state === ENDED_STATE) return follow(sent, { type: 'other-way' });
    return follow(sent, { type: 'later', reason: 'session-state' });
  }

  async function later({ conversationId, items, grant }: Sent, reason: string): Promise<void> {
    const { after, dueAt } = afterFailure(items, reason, clock());
    log.warn({ reason, failures: after.failures }, 'WeCom was not reached; the message waits');
    await step(conversationId, items, after, { ...(grant ? { refund: grant } : {}), dueAt });
  }

  /** Nothing may be sent now. Answers wait for the customer's next message; what cannot wait takes another way. */
  async function settleWithoutSend(conversationId: string, why: 'quota' | 'window'): Promise<boolean> {
    const { items, endsAt } = await deliveries.waiting(conversationId, clock());
    let settled = 0;
    for (const item of items) {
      const after = await withoutSend(item, why, deps.sendText);
      const isHeld = after.state === 'held';
      const isNew = item.state !== 'held' || item.reason !== after.reason;
      if (isNew) await step(conversationId, [item], after, isHeld ? { isRecorded: true } : settle);
      if (!isHeld) settled += 1;
    }
    // At the end of the window what is held takes another way.
    if (settled < items.length && why === 'quota') {
      await deliveries.step(conversationId, [], clock(), { dueAt: endsAt });
    }
    return settled > 0;
  }

  async function rest(conversationId: string, items: Item[], ms: number): Promise<false> {
    const dueAt = clock() + ms;
    await step(
      conversationId,
      items,
      { state: 'held', reason: 'account-paused' },
      { dueAt, isRecorded: true },
    );
    return false;
  }

  /** One move; answers whether there may be another. */
  async function advance(conversationId: string): Promise<boolean> {
    const waiting = await deliveries.waiting(conversationId, clock());
    const move = nextMove(waiting, clock());
    if (move.type === 'rest') return false;
    const account = await findAccount(deps, readUserId(move.items[0]?.userId ?? '').account);
    if (!account) {
      await step(conversationId, move.items, { state: 'not-delivered', reason: 'no-account' }, settle);
      return true;
    }
    if (move.type === 'doubt') {
      await doubt(account, conversationId, move.items, move.reason);
      return true;
    }
    const pausedMs = await deliveries.pausedFor(account.name);
    return pausedMs > 0 ? rest(conversationId, move.items, pausedMs) : send(conversationId, move, account);
  }

  async function drain(conversationId: string): Promise<void> {
    for (let moves = 0; moves < PAGE_LIMIT && (await advance(conversationId)); moves += 1);
  }

  const done = { type: 'ok', value: null } as const;
  return {
    'wecom.deliver': {
      mustComplete: true,
      lane: 'wecom',
      run: async ({ id, conversationId, args, asker, at }) => {
        const { activity, ...rules } = argsSchema.parse(args);
        const items = partsOf(activity).map((part, n) =>
          newItem({ id: `${id}#${n}`, userId: asker.userId, phone: asker.phone, part, at, ...rules }),
        );
        await deliveries.enqueue(conversationId, items);
        await drain(conversationId);
        await deps.handOver(conversationId, asker.userId);
        return done;
      },
    },
    'wecom.release': {
      mustComplete: true,
      lane: 'wecom',
      run: async ({ conversationId }) => {
        await drain(conversationId);
        return done;
      },
    },
  };
}
