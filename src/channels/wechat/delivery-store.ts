import { join } from 'node:path';
import { z } from 'zod';
import type { RedisClient } from '../../turns/redis';
import type { DeliveryItem } from '../delivery/delivery-item';
import { createDeliveryStore, deliveryKeys, type Grant, loadScripts } from '../delivery/delivery-store';
import { createAccountStore } from './account-store';
import { type Part, partSchema } from './reply-parts';

/** The open request that a passive reply could go out with. */
export interface Slot {
  turnId: string;
  isEncrypted: boolean;
  /** Of the account, as the customer's message named it. */
  accountId: string;
}

/** How long the answer to a delivery of WeChat's is kept for its retries. */
const SLOT_TTL_MS = 24 * 3600_000;

const scripts = { receive: 4, close: 2 } as const;

export type WechatDeliveryStore = ReturnType<typeof createWechatDeliveryStore>;

export interface Waiting {
  items: DeliveryItem<Part>[];
  slot: Slot | null;
  /** Sends that are left now. */
  left: number;
  /** When the last window shuts. */
  endsAt: number;
}

/** Deliveries to WeChat, with what the protocol adds: quotas after a contact, and the requests that are open. */
export function createWechatDeliveryStore(redis: RedisClient, shards: number) {
  const run = loadScripts(redis, join(__dirname, 'scripts'), scripts);
  const keys = (conversationId: string) => deliveryKeys('wechat', conversationId, shards);
  const store = createDeliveryStore({
    redis,
    shards,
    channel: 'wechat',
    operation: 'wechat.release',
    part: partSchema,
  });

  return {
    ...createAccountStore(redis),
    ...store,

    /** What waits in a conversation, in order. */
    async waiting(conversationId: string, now: number): Promise<Waiting> {
      const { items, openTurn, left, endsAt } = await store.waiting(conversationId, now);
      if (openTurn === null) return { items, slot: null, left, endsAt };
      // Written once, when the slot is opened.
      const { slot } = keys(conversationId);
      const [encrypted, accountId] = await redis.hmget(slot(openTurn), 'encrypted', 'account');
      return {
        items,
        slot: { turnId: openTurn, isEncrypted: encrypted === '1', accountId: accountId ?? '' },
        left,
        endsAt,
      };
    },

    /** Notes a delivery of WeChat's, and opens its slot unless it was answered already. */
    async receive(
      conversationId: string,
      delivery: Slot & {
        now: number;
        grant: { kind: Grant; sends: number; untilAt: number } | null;
        endsAt: number;
      },
    ): Promise<{ tries: number; answer: string | null; waiting: number }> {
      const { turnId, now, grant, endsAt, isEncrypted, accountId } = delivery;
      const { customer, slot, slots, queue } = keys(conversationId);
      const reply = await run(
        'receive',
        [customer, slot(turnId), slots, queue],
        [
          turnId,
          now,
          grant?.kind ?? '',
          grant?.sends ?? 0,
          grant?.untilAt ?? 0,
          endsAt,
          isEncrypted ? 1 : 0,
          accountId,
          SLOT_TTL_MS,
        ],
      );
      const [tries, answer, waiting] = z.tuple([z.string(), z.string(), z.string()]).parse(reply);
      return { tries: Number(tries), answer: answer || null, waiting: Number(waiting) };
    },

    /** The answer of a delivery, once there is one. */
    answerOf: (conversationId: string, turnId: string): Promise<string | null> =>
      redis.hget(keys(conversationId).slot(turnId), 'answer'),

    /** Ends the wait for a passive reply; answers what stands, which is not always what was given. */
    async close(conversationId: string, turnId: string, answer: string): Promise<string> {
      const { slots, slot } = keys(conversationId);
      return z.string().parse(await run('close', [slots, slot(turnId)], [turnId, answer]));
    },

    /** The ids of the items that the answer of a delivery carries. */
    async carriedBy(conversationId: string, turnId: string): Promise<string[]> {
      const ids = await redis.hget(keys(conversationId).slot(turnId), 'ids');
      return ids === null ? [] : z.array(z.string()).parse(JSON.parse(ids));
    },
  };
}
