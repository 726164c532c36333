import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Command, STATE_SCHEMA } from '../../contract/conversation';
import { HINT_CHANNEL, shardKeys, shardOf } from '../../turns/keys';
import type { RedisClient } from '../../turns/redis';
import { createAccountStore } from './account-store';
import { type DeliveryItem, deliveryItemSchema, factOf } from './delivery-item';

/**
 * Where deliveries live: beside the conversation, in its shard's slot of Redis. Every change is one script that checks
 * what it was based on, so that two nodes never both take a step, and a crash leaves it taken or not taken.
 */
export interface Slot {
  turnId: string;
  isEncrypted: boolean;
  /** Of the account, as the customer's message named it. */
  accountId: string;
}

export type Grant = 'event' | 'message';

export interface StepOptions {
  take?: boolean;
  refund?: Grant;
  /** WeChat says that nothing is left, or that the window is shut. */
  empty?: boolean;
  shut?: boolean;
  claim?: { turnId: string; answer: string };
  settle?: boolean;
  dueAt?: number;
  /** Whether Postgres is told. */
  isRecorded?: boolean;
}

export type StepOutcome =
  | { type: 'ok'; grant: Grant | null }
  | { type: 'changed' }
  | { type: 'closed' }
  | { type: 'quota' }
  | { type: 'window' };

export interface Waiting {
  items: DeliveryItem[];
  /** The open request that a passive reply could go out with. */
  slot: Slot | null;
  /** Sends that are left now. */
  left: number;
}

/** How long the answer to a delivery of WeChat's is kept for its retries. */
const SLOT_TTL_MS = 24 * 3600_000;
/** Items that one look takes in. */
const PAGE = 32;

const scripts = { receive: 4, close: 2, enqueue: 2, step: 8, waiting: 4 } as const;

function loadScripts(redis: RedisClient) {
  for (const [name, numberOfKeys] of Object.entries(scripts)) {
    const lua = readFileSync(join(__dirname, 'scripts', `${name}.lua`), 'utf8');
    redis.defineCommand(`wechat_${name}`, { numberOfKeys, lua });
  }
  return (name: keyof typeof scripts, keys: string[], args: (string | number)[]): Promise<unknown> => {
    // defineCommand adds a method that the client's type cannot know.
    const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
    const command = commands[`wechat_${name}`];
    if (!command) throw new Error(`script ${name} is not loaded`);
    return command.call(redis, ...keys, ...args);
  };
}

const keysOf = (shard: number, conversationId: string) => {
  const prefix = `{s${shard}}:wechat:${conversationId}`;
  return {
    queue: `${prefix}:queue`,
    items: `${prefix}:items`,
    customer: `${prefix}:customer`,
    slots: `${prefix}:slots`,
    settled: `${prefix}:settled`,
    due: `{s${shard}}:wechat:due`,
    slot: (turnId: string) => `{s${shard}}:wechat:slot:${turnId}`,
  };
};

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

export function createDeliveryStore(redis: RedisClient, shards: number) {
  const run = loadScripts(redis);
  const shard = (conversationId: string) => shardOf(conversationId, shards);
  const keys = (conversationId: string) => keysOf(shard(conversationId), conversationId);

  /** Writes a command that sends what waits; the outbox keeps it in order with the replies of turns. */
  async function release(conversationId: string, at: number): Promise<void> {
    const command: Command = {
      schema: STATE_SCHEMA,
      id: `release:${conversationId}:${at}`,
      conversationId,
      channel: 'wechat',
      operation: 'wechat.release',
      args: {},
      at,
      asker: { userId: '', phone: null, accounts: [] },
      timeoutMs: null,
      replyTo: null,
    };
    const { outbox } = shardKeys(shard(conversationId));
    await redis.xadd(outbox, '*', 'c', conversationId, 'j', JSON.stringify(command));
    await redis.publish(HINT_CHANNEL, `${conversationId}|0|c`);
  }

  async function step(
    conversationId: string,
    changes: { before: DeliveryItem; after: DeliveryItem }[],
    now: number,
    options: StepOptions = {},
  ): Promise<StepOutcome> {
    const { claim, isRecorded, ...ops } = options;
    const { queue, items, customer, slots, slot, due, settled } = keys(conversationId);
    const facts = isRecorded ? changes.map(({ after }) => factOf(after, now)) : undefined;
    const reply = await run(
      'step',
      [
        queue,
        items,
        customer,
        slots,
        slot(claim?.turnId ?? ''),
        due,
        shardKeys(shard(conversationId)).records,
        settled,
      ],
      [
        JSON.stringify({ ...ops, now, turn: claim?.turnId, answer: claim?.answer, facts }),
        conversationId,
        STATE_SCHEMA,
        ...changes.flatMap(({ before, after }) => [before.id, writeItem(before), writeItem(after)]),
      ],
    );
    return stepOutcomeSchema.parse(reply);
  }

  return {
    ...createAccountStore(redis),
    release,
    step,

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

    async enqueue(conversationId: string, items: DeliveryItem[]): Promise<void> {
      if (items.length === 0) return;
      const { queue, items: hash } = keys(conversationId);
      await run(
        'enqueue',
        [queue, hash],
        items.flatMap((item) => [item.id, writeItem(item)]),
      );
    },

    /** What waits in a conversation, in order. */
    async waiting(conversationId: string, now: number): Promise<Waiting> {
      const { queue, items, slots, slot, customer } = keys(conversationId);
      const reply = await run('waiting', [queue, items, customer, slots], [now, PAGE]);
      const [turnId, eventLeft, eventUntil, messageLeft, messageUntil, ...found] = waitingSchema.parse(reply);
      const leftOf = (left: string, until: string) => (Number(until) > now ? Number(left) : 0);
      // Written once, when the slot is opened.
      const [encrypted, accountId] = turnId ? await redis.hmget(slot(turnId), 'encrypted', 'account') : [];
      return {
        items: found.map(readItem),
        slot: turnId ? { turnId, isEncrypted: encrypted === '1', accountId: accountId ?? '' } : null,
        left: leftOf(eventLeft, eventUntil) + leftOf(messageLeft, messageUntil),
      };
    },

    async read(conversationId: string, ids: string[]): Promise<DeliveryItem[]> {
      const found = ids.length > 0 ? await redis.hmget(keys(conversationId).items, ...ids) : [];
      return found.flatMap((json) => (json === null ? [] : [readItem(json)]));
    },

    /** Every item that is kept of a conversation, in no order. */
    async readAll(conversationId: string): Promise<DeliveryItem[]> {
      return (await redis.hvals(keys(conversationId).items)).map(readItem);
    },

    /** Drops what was sent to a customer and how. */
    async forget(conversationId: string): Promise<void> {
      const { queue, items, settled, customer } = keys(conversationId);
      await redis.del(queue, items, settled, customer);
    },

    /** Conversations that are to be looked at again by now; each is released, and then forgotten. */
    async releaseDue(now: number): Promise<number> {
      const found = await Promise.all(
        Array.from({ length: shards }, (_, n) =>
          redis.zrangebyscore(`{s${n}}:wechat:due`, 0, now, 'LIMIT', 0, 100),
        ),
      );
      for (const id of found.flat()) {
        await release(id, now);
        await redis.eval(FORGET, 1, keys(id).due, id, now);
      }
      return found.flat().length;
    },
  };
}

const readItem = (json: string): DeliveryItem => deliveryItemSchema.parse(JSON.parse(json));

/** Fields in the order of the schema, so that what was read is written as it stood. */
const writeItem = (item: DeliveryItem): string => JSON.stringify(deliveryItemSchema.parse(item));

/** Unless a step has set a later time meanwhile. */
const FORGET = `local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if at and tonumber(at) <= tonumber(ARGV[2]) then redis.call('ZREM', KEYS[1], ARGV[1]) end`;

const waitingSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()], z.string());

const stepOutcomeSchema = z
  .tuple([z.enum(['ok', 'changed', 'closed', 'quota', 'window'])], z.string())
  .transform(
    ([type, grant]): StepOutcome =>
      type === 'ok' ? { type, grant: grant === 'event' || grant === 'message' ? grant : null } : { type },
  );
