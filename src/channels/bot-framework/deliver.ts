import { z } from 'zod';
import { activitySchema } from '../../contract/activity';
import type { CommandHandlers } from '../../turns/commands';
import type { RedisClient } from '../../turns/redis';
import { type DeliveryItem, newItem } from '../delivery/delivery-item';
import { createDeliveryStore } from '../delivery/delivery-store';
import { createPushQueue, type PushVerdict } from '../delivery/push-queue';
import type { Connector } from './connector';
import { type HandoffContext, initiateOf } from './handoff';
import type { References } from './references';
import { type Part, partSchema, toWire } from './to-wire';

export const DELIVERY_POINTS = ['bot-framework-recorded', 'bot-framework-called'] as const;
export type DeliveryPoint = (typeof DELIVERY_POINTS)[number];

const LANE = 'bot-framework';
export const RELEASE = 'bot-framework.release';
/** What a channel did not take for a day is not news any more. */
const GIVE_UP_MS = 24 * 3600_000;

export const createBotDeliveryStore = (redis: RedisClient, shards: number) =>
  createDeliveryStore({ redis, shards, channel: 'bot-framework', operation: RELEASE, part: partSchema });
export type BotDeliveryStore = ReturnType<typeof createBotDeliveryStore>;

export interface DeliveryDependencies {
  store: BotDeliveryStore;
  references: References;
  /** Null when the channel is off: what is still to be sent then stays undelivered, and says so. */
  connector: Connector | null;
  signFile: (id: string) => string;
  /** What the channel's desk is told of a conversation; null when there is no such conversation. */
  readContext: (conversationId: string) => Promise<HandoffContext | null>;
  clock: () => number;
  probe?: (point: DeliveryPoint) => void;
}

const argsSchema = z.object({
  activity: activitySchema,
  mayRepeat: z.boolean(),
  isNotice: z.boolean(),
  replyTo: z.string().nullish(),
});
const handoffSchema = z.object({ since: z.number() });

/** The handlers of the commands that send; `bot-framework.deliver` is given with each reply. */
export function createDelivery(deps: DeliveryDependencies): CommandHandlers {
  const { store, references, clock, probe = () => undefined } = deps;

  async function send(conversationId: string, { part }: DeliveryItem<Part>): Promise<PushVerdict> {
    const reference = await references.read(conversationId);
    if (reference === null) return { type: 'final', reason: 'no-reference' };
    if (deps.connector === null) return { type: 'final', reason: 'channel-off' };
    const wire = toWire(part, reference, deps.signFile);
    return wire === null
      ? { type: 'final', reason: 'nothing-to-show' }
      : deps.connector.send(reference, wire);
  }

  const drain = createPushQueue({
    store,
    send,
    giveUpMs: GIVE_UP_MS,
    clock,
    onPoint: (point) => probe(`bot-framework-${point}`),
  });

  /** An end or an event that the channel does not know is not sent at all. */
  async function isShown(conversationId: string, part: Part): Promise<boolean> {
    const reference = await references.read(conversationId);
    return reference === null || toWire(part, reference, deps.signFile) !== null;
  }

  async function push(conversationId: string, item: DeliveryItem<Part>) {
    if (await isShown(conversationId, item.part)) await store.enqueue(conversationId, [item]);
    await drain(conversationId);
    return { type: 'ok', value: null } as const;
  }

  return {
    'bot-framework.deliver': {
      mustComplete: true,
      lane: LANE,
      run: ({ id, conversationId, args, asker, at }) => {
        const { activity, replyTo = null, ...rules } = argsSchema.parse(args);
        const part = { activity, replyTo };
        const item = newItem({ id: `${id}#0`, userId: asker.userId, phone: null, part, at, ...rules });
        return push(conversationId, item);
      },
    },
    'bot-framework.handoff': {
      mustComplete: true,
      lane: LANE,
      run: async ({ conversationId, args, asker, at }) => {
        const { since } = handoffSchema.parse(args);
        const context = await deps.readContext(conversationId);
        if (context === null) return { type: 'error', code: 'no-conversation' };
        const part = { activity: initiateOf(context, clock()), replyTo: null };
        // One wait is told once, however often its priority changes; asking a desk twice does no harm.
        const rules = { phone: null, mayRepeat: true, isNotice: false };
        const id = `handoff:${conversationId}:${since}#0`;
        return push(conversationId, newItem({ id, userId: asker.userId, part, at, ...rules }));
      },
    },
    [RELEASE]: {
      mustComplete: true,
      lane: LANE,
      run: async ({ conversationId }) => {
        await drain(conversationId);
        return { type: 'ok', value: null };
      },
    },
  };
}
