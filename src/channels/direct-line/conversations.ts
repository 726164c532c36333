import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Activity, Attachment } from '../../contract/activity';
import type { Entry } from '../../contract/conversation';
import { customerSnapshotSchema } from '../../contract/dialog';
import {
  type ActivitySet,
  type ConversationToken,
  type StartedConversation,
  tokenRequestSchema,
} from '../../contract/direct-line';
import { AppError } from '../../errors';
import type { TurnEngine } from '../../turns/engine';
import { turnIdOf } from '../../turns/keys';
import type { LogEntry, TurnStore } from '../../turns/turn-store';
import { DirectLineError } from './errors';
import { clientIdOf, maskChannelData, maskWithin, parseBody, parseInbound } from './inbound';
import type { ReaderWatch } from './reader-watch';
import { withoutRecalled } from './recalled';
import { type Principal, TOKEN_SECONDS, type Tokens } from './tokens';

/**
 * The calls of Direct Line 3.0 without their transport. They translate and authenticate and decide nothing: every
 * activity goes through `accept`, everything shown comes from the conversation's log.
 */
export interface DirectLine {
  generateToken(principal: Principal, body: unknown): Promise<ConversationToken>;
  refreshToken(principal: Principal): Promise<ConversationToken>;
  /** Starts the token's conversation, or one of its own for a secret; `isNew` false when it was there. */
  start(principal: Principal): Promise<{ isNew: boolean; conversation: StartedConversation }>;
  reconnect(
    principal: Principal,
    conversationId: string,
    watermark: string | undefined,
  ): Promise<StartedConversation>;
  activities(
    principal: Principal,
    conversationId: string,
    watermark: string | undefined,
  ): Promise<ActivitySet>;
  /** `stored`: files that an upload has kept; an activity cannot bring attachments of its own. */
  post(
    principal: Principal,
    conversationId: string,
    body: unknown,
    stored?: Attachment[],
  ): Promise<{ id: string }>;
  /** Refuses a conversation that the principal may not see or that does not exist. */
  enter(principal: Principal, conversationId: string): Promise<void>;
  readSet(conversationId: string, after: number): Promise<ActivitySet>;
  /** Lines of the log as clients see them. */
  present(conversationId: string, lines: LogEntry[], after: number): ActivitySet;
  checkWatermark(conversationId: string, watermark: string | undefined): Promise<number>;
}

export interface DirectLineDependencies {
  engine: TurnEngine;
  store: TurnStore;
  tokens: Tokens;
  clock: () => number;
  /** Replaces what must never be stored (ID cards, bank cards, passwords, codes); seals what a dialog needs. */
  mask: (text: string) => { text: string; sealed: Entry['sealed'] };
  /** Makes stored files readable for a while. */
  signFiles: (activity: Activity) => Activity;
  /** `ws://host:port` or `wss://…`, without a path. */
  socketUrl: () => string;
  /** Told of what clients of the app have read; null when nobody needs to know. */
  readers?: ReaderWatch | null;
  /** Told that a customer is writing; nothing of it is kept. */
  onTyping?: (conversationId: string) => void;
}

/** Activities of one answer or frame. */
export const PAGE = 100;
const CHANNELS_LIMIT = 50_000;

export const newConversationId = (): string => `dl-${randomBytes(16).toString('base64url')}`;
export const newUserId = (): string => `dl_${randomBytes(16).toString('base64url')}`;

/** The app vouches for its customer; only its secret can. */
function customerOf(body: z.infer<typeof tokenRequestSchema>, channel: 'web' | 'app', userId: string) {
  if (!body.customer) return null;
  if (channel !== 'app') {
    throw new DirectLineError(403, 'BadArgument', 'Only the app secret may say who the customer is.');
  }
  const { phone, accounts, name } = body.customer;
  return customerSnapshotSchema.parse({ id: userId, name: name ?? body.user?.name ?? null, phone, accounts });
}

export function createDirectLine(deps: DirectLineDependencies): DirectLine {
  const { engine, store, tokens, clock } = deps;
  const maskText = (text: string) => deps.mask(text).text;
  /** A conversation keeps the channel that it began in: it is asked for once. */
  const channels = new Map<string, string>();
  const rememberChannel = (conversationId: string, channel: string): void => {
    channels.set(conversationId, channel);
    const [oldest] = channels.keys();
    if (channels.size > CHANNELS_LIMIT && oldest !== undefined) channels.delete(oldest);
  };

  const tokenFor = async (principal: Principal, conversationId: string): Promise<ConversationToken> => ({
    conversationId,
    token: await tokens.sign({ ...principal, conversationId }),
    expires_in: TOKEN_SECONDS,
  });

  const started = async (principal: Principal, conversationId: string, watermark: number) => {
    const token = await tokenFor(principal, conversationId);
    const stream = await tokens.signStream({ ...principal, conversationId });
    const query = new URLSearchParams({
      ...(watermark > 0 ? { watermark: String(watermark) } : {}),
      t: stream,
    });
    const path = `/v3/directline/conversations/${conversationId}/stream`;
    return { ...token, streamUrl: `${deps.socketUrl()}${path}?${query}` };
  };

  function entryOf(
    principal: Principal,
    conversationId: string,
    key: string,
    activity: Activity,
    sealed: Entry['sealed'] = {},
  ): Entry {
    const { channel, customer } = principal;
    const turnId = turnIdOf(conversationId, key);
    return { turnId, key, at: clock(), channel, customer, isStaffed: false, sealed, activity };
  }

  async function enter(principal: Principal, conversationId: string): Promise<void> {
    if (principal.conversationId !== null && principal.conversationId !== conversationId) {
      throw new DirectLineError(403, 'BadArgument', 'The token is for another conversation.');
    }
    const channel = channels.get(conversationId) ?? (await store.channelOf(conversationId));
    if (channel === null) throw new DirectLineError(404, 'BadArgument', 'There is no such conversation.');
    if (channel !== principal.channel) {
      throw new DirectLineError(403, 'BadArgument', 'The conversation belongs to another channel.');
    }
    rememberChannel(conversationId, channel);
  }

  async function checkWatermark(conversationId: string, watermark: string | undefined): Promise<number> {
    if (watermark === undefined || watermark === '') return 0;
    const position = /^\d{1,12}$/.test(watermark) ? Number(watermark) : Number.NaN;
    if (Number.isNaN(position) || position > (await store.lastPosition(conversationId))) {
      throw new DirectLineError(400, 'BadArgument', 'The watermark is not one that this service gave out.');
    }
    return position;
  }

  const present = (conversationId: string, lines: LogEntry[], after: number): ActivitySet => ({
    activities: lines.map(({ position, activity }) =>
      deps.signFiles({
        ...activity,
        id: `${conversationId}|${position}`,
        conversation: { id: conversationId },
      }),
    ),
    watermark: String(lines.at(-1)?.position ?? after),
  });

  const readSet = async (conversationId: string, after: number): Promise<ActivitySet> => {
    const lines = await store.readLog(conversationId, after, PAGE);
    return present(conversationId, await withoutRecalled(store, conversationId, lines), after);
  };

  return {
    enter,
    checkWatermark,
    readSet,
    present,

    async generateToken(principal, body) {
      const request = parseBody(tokenRequestSchema, body);
      const userId = request.user?.id ?? newUserId();
      if (principal.channel === 'web' && !userId.startsWith('dl_')) {
        throw new DirectLineError(400, 'BadArgument', 'user.id must start with "dl_".');
      }
      if (request.resume && (principal.channel !== 'app' || !request.user)) {
        throw new DirectLineError(400, 'BadArgument', '"resume" needs the app secret and a user.id.');
      }
      return tokenFor(
        {
          channel: principal.channel,
          conversationId: null,
          userId,
          userName: request.user?.name ?? null,
          customer: customerOf(request, principal.channel, userId),
          origins: request.trustedOrigins ?? [],
          locale: request.locale ?? null,
        },
        request.resume ? tokens.standingConversation(principal.channel, userId) : newConversationId(),
      );
    },

    async refreshToken(principal) {
      if (principal.conversationId === null) {
        throw new DirectLineError(403, 'BadArgument', 'Only a token can be refreshed, not a secret.');
      }
      return tokenFor(principal, principal.conversationId);
    },

    async start(principal) {
      const conversationId = principal.conversationId ?? newConversationId();
      const who = { ...principal, userId: principal.userId ?? newUserId() };
      const activity: Activity = {
        type: 'conversationUpdate',
        locale: who.locale ?? undefined,
        from: { id: who.userId, name: who.userName ?? undefined, role: 'user' },
      };
      const accepted = await engine.accept(conversationId, entryOf(who, conversationId, 'start', activity));
      if (accepted.status === 'busy') throw busy(accepted.retryAfterSeconds);
      return {
        isNew: accepted.status === 'accepted',
        conversation: await started(who, conversationId, 0),
      };
    },

    async reconnect(principal, conversationId, watermark) {
      await enter(principal, conversationId);
      return started(principal, conversationId, await checkWatermark(conversationId, watermark));
    },

    async activities(principal, conversationId, watermark) {
      await enter(principal, conversationId);
      const set = await readSet(conversationId, await checkWatermark(conversationId, watermark));
      if (principal.channel === 'app') deps.readers?.noteRead(conversationId, Number(set.watermark));
      return set;
    },

    async post(principal, conversationId, body, stored = []) {
      const inbound = parseInbound(body);
      await enter(principal, conversationId);
      const userId = principal.userId ?? inbound.from.id;
      if (userId === '') throw new DirectLineError(400, 'BadArgument', 'from.id: say who is speaking.');
      if (inbound.type === 'typing' || inbound.type === 'trace' || inbound.type === 'conversationUpdate') {
        if (inbound.type === 'typing') deps.onTyping?.(conversationId);
        return { id: `${conversationId}|0` };
      }
      const masked = inbound.text === undefined ? null : deps.mask(inbound.text);
      const activity: Activity = {
        ...inbound,
        text: masked?.text,
        value: maskWithin(inbound.value, maskText),
        channelData: maskChannelData(inbound.channelData, maskText),
        attachments: stored.length > 0 ? stored : undefined,
        timestamp: new Date(clock()).toISOString(),
        channelId: 'directline',
        from: { id: userId, name: principal.userName ?? inbound.from.name, role: 'user' },
      };
      const clientId = clientIdOf(inbound);
      const key = clientId ? `c:${hash(`${userId}\0${clientId}`)}` : `s:${randomUUID()}`;
      const accepted = await engine.accept(
        conversationId,
        entryOf(principal, conversationId, key, activity, masked?.sealed),
        {
          isLimited: true,
          isLogged: true,
        },
      );
      if (accepted.status === 'busy') throw busy(accepted.retryAfterSeconds);
      return { id: `${conversationId}|${accepted.position}` };
    },
  };
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

const busy = (retryAfterSeconds: number) =>
  new AppError(
    'too-many-requests',
    'Too many messages at once. Nothing was kept; please send it again shortly.',
    {
      retryAfterSeconds,
    },
  );
