import type { Logger } from 'pino';
import type { Activity } from '../../contract/activity';
import type { Entry } from '../../contract/conversation';
import { AppError } from '../../errors';
import type { TurnEngine } from '../../turns/engine';
import { turnIdOf } from '../../turns/keys';
import type { BusyReason, TurnStore } from '../../turns/turn-store';
import { conversationIdOf, userIdOf, type WecomAccount } from './account';
import type { Confirm } from './confirm';
import type { WecomDeliveryStore } from './delivery-store';
import type { KfInbound } from './kf-message';
import { agentSteps, type TranslateDependencies, type Translated, translateMessage } from './to-activity';

/**
 * Takes in what was fetched: each message is accepted by its id, so that a page that is fetched again changes nothing.
 */
export interface TakeInDependencies extends TranslateDependencies {
  engine: Pick<TurnEngine, 'accept'>;
  store: Pick<TurnStore, 'channelOf' | 'outcome'>;
  deliveries: Pick<WecomDeliveryStore, 'grant' | 'release'>;
  sendFailed: Confirm['sendFailed'];
  log: Logger;
}

/** `later`: this customer has written too much for now; nothing of it is lost. */
export type TakenIn = 'taken' | 'later';

/** Limits of one customer, which must hold up no other. */
const OF_ONE: readonly BusyReason[] = ['inbox', 'rate'];

/** Throws `too-many-requests` when nobody's messages can be taken now. */
export type TakeIn = (account: WecomAccount, inbound: KfInbound) => Promise<TakenIn>;

export function createTakeIn(deps: TakeInDependencies): TakeIn {
  const { engine, store, deliveries, clock, log } = deps;

  const entryOf = (conversationId: string, key: string, { activity, sealed }: Translated): Entry => ({
    turnId: turnIdOf(conversationId, key),
    key,
    at: clock(),
    channel: activity.from.id === 'service' ? null : 'wecom',
    customer: null,
    isStaffed: false,
    sealed,
    activity,
  });

  /** The sends that a contact allows, before its turn can use them. */
  async function grant(account: WecomAccount, inbound: KfInbound, contact: Contact): Promise<void> {
    const { kind, code } = contact;
    const { sends, windowSeconds } = kind === 'event' ? account.welcome : account.message;
    const conversationId = conversationOf(account, inbound);
    const turnId = turnIdOf(conversationId, keyOf(inbound));
    const untilAt = (inbound.sentAt + windowSeconds) * 1000;
    const waiting = await deliveries.grant(conversationId, { turnId, kind, sends, untilAt, code });
    if (waiting > 0) await deliveries.release(conversationId, clock());
  }

  async function greet(account: WecomAccount, inbound: KfInbound, key: string, channelData?: unknown) {
    const from = { id: userIdOf({ ...inbound, account: account.name }), role: 'user' as const };
    const activity: Activity = { type: 'conversationUpdate', channelId: 'wecom', from, channelData };
    const conversationId = conversationOf(account, inbound);
    await engine.accept(conversationId, entryOf(conversationId, key, { activity, sealed: {} }));
  }

  async function takeMessage(
    account: WecomAccount,
    inbound: Extract<KfInbound, { type: 'message' | 'other' }>,
  ): Promise<TakenIn> {
    const conversationId = conversationOf(account, inbound);
    const key = keyOf(inbound);
    if ((await store.outcome(conversationId, turnIdOf(conversationId, key))) !== null) return 'taken';
    const translated = await translateMessage(deps, account, inbound);
    await grant(account, inbound, { kind: 'message', code: '' });
    if ((await store.channelOf(conversationId)) === null) await greet(account, inbound, 'start');
    const entry = entryOf(conversationId, key, translated);
    const accepted = await engine.accept(conversationId, entry, { isLogged: true, isLimited: true });
    if (accepted.status !== 'busy') return 'taken';
    log.warn({ account: account.name, reason: accepted.reason }, 'messages of WeCom wait');
    if (OF_ONE.includes(accepted.reason)) return 'later';
    throw new AppError('too-many-requests', `Nothing was taken in: ${accepted.reason}.`);
  }

  async function takeEvent(
    account: WecomAccount,
    inbound: Extract<KfInbound, { type: 'event' }>,
  ): Promise<TakenIn> {
    const { event } = inbound;
    switch (event.event_type) {
      case 'enter_session': {
        const code = event.welcome_code;
        if (code !== '') await grant(account, inbound, { kind: 'event', code });
        const scene = event.scene_param || event.scene;
        await greet(account, inbound, keyOf(inbound), scene === '' ? undefined : { scene });
        return 'taken';
      }
      case 'msg_send_fail':
        await deps.sendFailed(conversationOf(account, inbound), event.fail_msgid, event.fail_type);
        return 'taken';
      case 'session_status_change':
        await takeAgentSteps(account, inbound);
        return 'taken';
    }
  }

  async function takeAgentSteps(
    account: WecomAccount,
    inbound: Extract<KfInbound, { type: 'event' }>,
  ): Promise<void> {
    const conversationId = conversationOf(account, inbound);
    for (const [i, step] of agentSteps(inbound).entries()) {
      const activity: Activity = { type: 'event', ...step, from: { id: 'service' } };
      const entry = entryOf(conversationId, `${keyOf(inbound)}:${i}`, { activity, sealed: {} });
      await engine.accept(conversationId, entry);
    }
  }

  return (account, inbound) =>
    inbound.type === 'event' ? takeEvent(account, inbound) : takeMessage(account, inbound);
}

interface Contact {
  kind: 'event' | 'message';
  code: string;
}

const keyOf = ({ msgId }: KfInbound): string => `msg:${msgId}`;

const conversationOf = ({ name }: WecomAccount, inbound: KfInbound): string =>
  conversationIdOf({ ...inbound, account: name });
