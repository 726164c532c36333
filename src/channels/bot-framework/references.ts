import { createHash } from 'node:crypto';
import { z } from 'zod';
import { shardOf } from '../../turns/keys';
import type { RedisClient } from '../../turns/redis';
import type { InboundActivity } from './inbound-activity';

/**
 * How a conversation is reached: kept for replies that nobody asked for (news of an order, an agent's words) as well
 * as for answers, and renewed by everything that comes from the customer, since services move.
 */
const account = z.object({ id: z.string(), name: z.string().nullish() });
export const referenceSchema = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.object({
    id: z.string(),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
  }),
  bot: account,
  user: account,
});
export type Reference = z.infer<typeof referenceSchema>;

/** Begins the ids of this channel's conversations. */
const PREFIX = 'bf-';

/**
 * The protocol's id within its channel, hashed: theirs hold any character, be of any length, and on some channels are
 * the customer's phone number, which must not stand in logs.
 */
export const conversationIdOf = (channelId: string, conversationId: string): string => {
  const hash = createHash('sha256').update('bot-framework').update('\0').update(channelId).update('\0');
  return PREFIX + hash.update(conversationId).digest('hex').slice(0, 48);
};

export const isBotFramework = (conversationId: string): boolean => conversationId.startsWith(PREFIX);

/** `<channel>/<user>`: what the turn engine knows a customer of this channel by. */
export const userIdOf = (channelId: string, userId: string): string => `${channelId}/${userId}`;

export const referenceOf = (inbound: InboundActivity, user: Reference['user']): Reference =>
  referenceSchema.parse({
    channelId: inbound.channelId,
    serviceUrl: inbound.serviceUrl,
    conversation: inbound.conversation,
    bot: inbound.recipient,
    user,
  });

export interface References {
  /** Durable once it returns. */
  keep(conversationId: string, reference: Reference): Promise<void>;
  read(conversationId: string): Promise<Reference | null>;
  forget(conversationId: string): Promise<void>;
  /** True once in so many milliseconds over all nodes: what is shown for a while need not be sent by each. */
  mayShowTyping(conversationId: string, everyMs: number): Promise<boolean>;
}

export function createReferences(redis: RedisClient, shards: number): References {
  const keyOf = (conversationId: string, name: string) =>
    `{s${shardOf(conversationId, shards)}}:bot-framework:${conversationId}:${name}`;
  return {
    async keep(conversationId, reference) {
      await redis.set(keyOf(conversationId, 'reference'), JSON.stringify(reference));
    },
    async read(conversationId) {
      const json = await redis.get(keyOf(conversationId, 'reference'));
      return json === null ? null : referenceSchema.parse(JSON.parse(json));
    },
    async forget(conversationId) {
      await redis.del(keyOf(conversationId, 'reference'));
    },
    mayShowTyping: async (conversationId, everyMs) =>
      (await redis.set(keyOf(conversationId, 'typing'), '1', 'PX', everyMs, 'NX')) === 'OK',
  };
}
