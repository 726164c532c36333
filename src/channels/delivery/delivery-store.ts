import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { ChannelId } from '../../contract/activity';
import { type Command, STATE_SCHEMA } from '../../contract/conversation';
import { HINT_CHANNEL, shardKeys, shardOf } from '../../turns/keys';
import type { RedisClient } from '../../turns/redis';
import { type DeliveryItem, deliveryItemSchemaOf, factOf } from './delivery-item';

/**
 * Where deliveries live: beside the conversation, in its shard's slot of Redis. Every change is one script that checks
 * what it was based on, so that two nodes never both take a step, and a crash leaves it taken or not taken.
 *
 * A channel that allows so many sends after a contact of the customer's keeps what is left here (`take`, `refund`); one
 * that can answer within the customer's request has slots for that (`claim`). The others use neither.
 */
export type Grant = 'event' | 'message';

export interface StepOptions {
  /** Of that kind, or of the one that ends sooner. */
  take?: boolean | Grant;
  refund?: Grant;
  /** The channel says that nothing is left, or that the window is shut. */
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

export interface Waiting<Part> {
  items: DeliveryItem<Part>[];
  /** The turn whose request is open for an answer; null without one. */
  openTurn: string | null;
  /** Sends that are left now. */
  left: number;
  /** When the last window shuts; 0 when none was ever open. */
  endsAt: number;
}

export interface Change<Part> {
  before: DeliveryItem<Part>;
  after: DeliveryItem<Part>;
}

/** Items that one look takes in. */
const PAGE = 32;

const scripts = { enqueue: 2, step: 8, waiting: 4 } as const;

/** Registers Lua scripts of a folder with a client, by the number of their keys. */
export function loadScripts<Name extends string>(
  redis: RedisClient,
  folder: string,
  names: Record<Name, number>,
): (name: Name, keys: string[], args: (string | number)[]) => Promise<unknown> {
  const commandOf = (name: string) => `${basename(dirname(folder)).replaceAll('-', '_')}_${name}`;
  for (const [name, numberOfKeys] of Object.entries<number>(names)) {
    redis.defineCommand(commandOf(name), {
      numberOfKeys,
      lua: readFileSync(join(folder, `${name}.lua`), 'utf8'),
    });
  }
  return (name, keys, args) => {
    // defineCommand adds a method that the client's type cannot know.
    const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
    const command = commands[commandOf(name)];
    if (!command) throw new Error(`script ${name} is not loaded`);
    return command.call(redis, ...keys, ...args);
  };
}

/** Names of what a channel keeps of a conversation's deliveries. */
export const deliveryKeys = (channel: ChannelId, conversationId: string, shards: number) => {
  const tag = `{s${shardOf(conversationId, shards)}}:${channel}`;
  const prefix = `${tag}:${conversationId}`;
  return {
    queue: `${prefix}:queue`,
    items: `${prefix}:items`,
    customer: `${prefix}:customer`,
    slots: `${prefix}:slots`,
    settled: `${prefix}:settled`,
    due: `${tag}:due`,
    slot: (turnId: string) => `${tag}:slot:${turnId}`,
  };
};

export type DeliveryStore<Part> = ReturnType<typeof createDeliveryStore<z.ZodType<Part>>>;

/** `operation`: the command that looks at the queue of a conversation again. */
export function createDeliveryStore<P extends z.ZodType>(options: {
  redis: RedisClient;
  shards: number;
  channel: ChannelId;
  operation: string;
  part: P;
}) {
  type Item = DeliveryItem<z.infer<P>>;
  const { redis, shards, channel, operation } = options;
  const run = loadScripts(redis, join(__dirname, 'scripts'), scripts);
  const shard = (conversationId: string) => shardOf(conversationId, shards);
  const keys = (conversationId: string) => deliveryKeys(channel, conversationId, shards);
  const itemSchema = deliveryItemSchemaOf(options.part);
  // The schema is that of the item: the compiler cannot see it through the type of the part.
  const readItem = (json: string): Item => itemSchema.parse(JSON.parse(json)) as Item;
  /** Fields in the order of the schema, so that what was read is written as it stood. */
  const writeItem = (item: Item): string => JSON.stringify(itemSchema.parse(item));

  /** Writes a command; the outbox keeps it in order with the replies of turns that are in its lane. */
  async function request(
    conversationId: string,
    command: Pick<Command, 'id' | 'operation' | 'args' | 'at'>,
  ): Promise<void> {
    const whole: Command = {
      schema: STATE_SCHEMA,
      conversationId,
      channel,
      asker: { userId: '', phone: null, accounts: [] },
      timeoutMs: null,
      replyTo: null,
      ...command,
    };
    const { outbox } = shardKeys(shard(conversationId));
    await redis.xadd(outbox, '*', 'c', conversationId, 'j', JSON.stringify(whole));
    await redis.publish(HINT_CHANNEL, `${conversationId}|0|c`);
  }

  /** Has what waits in a conversation sent. */
  const release = (conversationId: string, at: number): Promise<void> =>
    request(conversationId, { id: `release:${conversationId}:${at}`, operation, args: {}, at });

  async function step(
    conversationId: string,
    changes: Change<z.infer<P>>[],
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
    request,
    release,
    step,

    async enqueue(conversationId: string, items: Item[]): Promise<void> {
      if (items.length === 0) return;
      const { queue, items: hash } = keys(conversationId);
      await run(
        'enqueue',
        [queue, hash],
        items.flatMap((item) => [item.id, writeItem(item)]),
      );
    },

    /** What waits in a conversation, in order. */
    async waiting(conversationId: string, now: number): Promise<Waiting<z.infer<P>>> {
      const { queue, items, slots, customer } = keys(conversationId);
      const reply = await run('waiting', [queue, items, customer, slots], [now, PAGE]);
      const [turnId, eventLeft, eventUntil, messageLeft, messageUntil, ...found] = waitingSchema.parse(reply);
      const leftOf = (left: string, until: string) => (Number(until) > now ? Number(left) : 0);
      return {
        items: found.map(readItem),
        openTurn: turnId === '' ? null : turnId,
        left: leftOf(eventLeft, eventUntil) + leftOf(messageLeft, messageUntil),
        endsAt: Math.max(Number(eventUntil), Number(messageUntil)),
      };
    },

    async read(conversationId: string, ids: string[]): Promise<Item[]> {
      const found = ids.length > 0 ? await redis.hmget(keys(conversationId).items, ...ids) : [];
      return found.flatMap((json) => (json === null ? [] : [readItem(json)]));
    },

    /** Every item that is kept of a conversation, in no order. */
    async readAll(conversationId: string): Promise<Item[]> {
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
          redis.zrangebyscore(`{s${n}}:${channel}:due`, 0, now, 'LIMIT', 0, 100),
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
