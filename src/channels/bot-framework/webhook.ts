import { randomUUID } from 'node:crypto';
import type { Entry } from '../../contract/conversation';
import { AppError } from '../../errors';
import type { TurnEngine } from '../../turns/engine';
import { turnIdOf } from '../../turns/keys';
import type { TurnStore } from '../../turns/turn-store';
import type { Authenticate } from './authenticate';
import { type InboundActivity, readClaimed, readInboundActivity } from './inbound-activity';
import { conversationIdOf, type References, referenceOf } from './references';
import { isTrustedService } from './service-url';
import type { BotSettings } from './settings';
import { classify, fromOf, type TranslateDependencies, type Translated, translate } from './to-activity';

/**
 * What comes in from the channel: authenticated, then committed durably, then answered. Replies never go in the
 * answer: the outbox sends them.
 */
export interface WebhookDependencies extends TranslateDependencies {
  settings: BotSettings;
  authenticate: Authenticate;
  engine: Pick<TurnEngine, 'accept'>;
  store: Pick<TurnStore, 'channelOf'>;
  references: References;
}

/** The status of the answer to a request that was taken; what was refused is thrown. */
export type Answer = { status: 200 | 501 };

/** Marks the greeting of a conversation. */
const START = 'start';

export function createWebhook(deps: WebhookDependencies) {
  const { engine, store, references, settings } = deps;

  const entryOf = (conversationId: string, key: string, { activity, sealed }: Translated): Entry => ({
    turnId: turnIdOf(conversationId, key),
    key,
    at: deps.clock(),
    channel: activity.from.id === 'service' ? null : 'bot-framework',
    customer: null,
    isStaffed: false,
    sealed,
    activity,
  });

  async function accept(conversationId: string, entry: Entry, isLogged: boolean): Promise<void> {
    // Everything that a customer can send is limited, and our own steps are not.
    const accepted = await engine.accept(conversationId, entry, {
      isLogged,
      isLimited: entry.channel !== null,
    });
    if (accepted.status !== 'busy') return;
    throw new AppError(
      'too-many-requests',
      'Too many messages at once. Nothing was kept; send it again shortly.',
      {
        retryAfterSeconds: accepted.retryAfterSeconds,
      },
    );
  }

  function greet(conversationId: string, inbound: InboundActivity, user: InboundActivity['from']) {
    const from = fromOf(inbound, user);
    const activity = { type: 'conversationUpdate' as const, from, locale: inbound.locale ?? undefined };
    return accept(conversationId, entryOf(conversationId, START, { sealed: {}, activity }), false);
  }

  async function take(inbound: InboundActivity): Promise<Answer> {
    const what = classify(inbound, settings.handoff);
    if (what.type === 'invoke') return { status: 501 };
    if (what.type === 'ignored') return { status: 200 };
    const conversationId = conversationIdOf(inbound.channelId, inbound.conversation.id);
    // The channel's own id of the activity; without one each sending is a message of its own.
    const key = inbound.id ? `a:${inbound.id}` : `s:${randomUUID()}`;
    if (what.type === 'step') {
      const { name, value } = what;
      if ((await store.channelOf(conversationId)) === null) return { status: 200 };
      const activity = { type: 'event' as const, name, value, from: { id: 'service' } };
      await accept(conversationId, entryOf(conversationId, key, { sealed: {}, activity }), false);
      return { status: 200 };
    }
    await references.keep(conversationId, referenceOf(inbound, what.user));
    if (what.type === 'start') {
      await greet(conversationId, inbound, what.user);
      return { status: 200 };
    }
    // Who writes first, without having been announced, is greeted all the same.
    const isNew = what.isLogged && (await store.channelOf(conversationId)) === null;
    if (isNew) await greet(conversationId, inbound, what.user);
    const translated = await translate(deps, inbound, what.user);
    await accept(conversationId, entryOf(conversationId, key, translated), what.isLogged);
    return { status: 200 };
  }

  /**
   * Takes one request. Throws `unauthenticated`, `forbidden` or `bad-request` for what is not the channel's or does not
   * fit, and `too-many-requests` or `unavailable` when nothing was kept and the channel should send it again.
   */
  return async function receive(header: string, body: unknown): Promise<Answer> {
    await deps.authenticate(header, readClaimed(body));
    const inbound = readInboundActivity(body);
    if (!isTrustedService(inbound.serviceUrl, settings)) {
      throw new AppError(
        'forbidden',
        'Nothing was kept: serviceUrl is none that this bot answers to (see BOT_SERVICE_HOSTS).',
      );
    }
    return take(inbound);
  };
}
