import { join } from 'node:path';
import { z } from 'zod';
import type { RedisClient } from '../../turns/redis';
import { createDeliveryStore, deliveryKeys, type Grant, loadScripts } from '../delivery/delivery-store';
import { partSchema } from '../wechat/reply-parts';

/** A contact may be fetched again for as long as WeCom keeps messages, and a little longer. */
const MARK_TTL_MS = 7 * 24 * 3600_000;

export interface Contact {
  turnId: string;
  kind: Grant;
  sends: number;
  untilAt: number;
  /** Of the event, for a welcome. */
  code: string;
}

export type WecomDeliveryStore = ReturnType<typeof createWecomDeliveryStore>;

/** Deliveries to customers on WeCom, with the sends that a contact allows and the code that a welcome is sent with. */
export function createWecomDeliveryStore(redis: RedisClient, shards: number) {
  const run = loadScripts(redis, join(__dirname, 'scripts'), { grant: 3 });
  const keys = (conversationId: string) => deliveryKeys('wecom', conversationId, shards);
  const pausedKey = (name: string) => `wecom:paused:${name}`;
  return {
    ...createDeliveryStore({
      redis,
      shards,
      channel: 'wecom' as const,
      operation: 'wecom.release',
      part: partSchema,
    }),

    /** Answers how many parts wait for a send. */
    async grant(conversationId: string, { turnId, kind, sends, untilAt, code }: Contact): Promise<number> {
      const { customer, slot, queue } = keys(conversationId);
      const waiting = await run(
        'grant',
        [customer, slot(turnId), queue],
        [kind, sends, untilAt, code, MARK_TTL_MS],
      );
      return z.number().parse(waiting);
    },

    /** The code that the one welcome is sent with, while its grant lasts; null without one. */
    async welcomeCode(conversationId: string, now: number): Promise<string | null> {
      const { customer } = keys(conversationId);
      const [code, left, until] = await redis.hmget(customer, 'code', 'eventLeft', 'eventUntil');
      return code && Number(left) > 0 && Number(until) > now ? code : null;
    },

    /** The code of a welcome whose send is in doubt. */
    usedCode: (conversationId: string): Promise<string | null> =>
      redis.hget(keys(conversationId).customer, 'code'),

    /** An account that must rest; all nodes see it. */
    pauseAccount: (name: string, ms: number) => redis.set(pausedKey(name), '1', 'PX', ms),
    pausedFor: async (name: string): Promise<number> => Math.max(0, await redis.pttl(pausedKey(name))),
  };
}
