import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisClient } from '../turns/redis';

/** All keys of the agents' queue share one hash tag, so that one script can write them on a cluster too. */
export const queueKeys = {
  order: '{queue}:order',
  items: '{queue}:items',
  epochs: '{queue}:epochs',
  tombstones: '{queue}:tombstones',
  tombstonesByTime: '{queue}:tombstones-at',
  holds: '{queue}:holds',
  seen: '{queue}:seen',
  away: '{queue}:away',
  built: '{queue}:built',
} as const;

/** Conversations that an agent may have. */
export const expectedKey = (agentId: string): string => `{queue}:of:${agentId}`;

const scripts = { put: 4, remove: 6, list: 3, reserve: 2, free: 1, presence: 2, drop: 1 } as const;
export type QueueScript = keyof typeof scripts;

export type RunQueueScript = (
  name: QueueScript,
  keys: string[],
  args: (string | number)[],
) => Promise<unknown>;

/** Registers the scripts of the queue with a client; calls go by EVALSHA and fall back to EVAL on NOSCRIPT. */
export function loadQueueScripts(redis: RedisClient): RunQueueScript {
  for (const [name, numberOfKeys] of Object.entries(scripts)) {
    const lua = readFileSync(join(__dirname, 'scripts', `${name}.lua`), 'utf8');
    redis.defineCommand(`queue_${name}`, { numberOfKeys, lua });
  }
  return (name, keys, args) => {
    // defineCommand adds a method that the client's type cannot know.
    const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
    const command = commands[`queue_${name}`];
    if (!command) throw new Error(`script ${name} is not loaded`);
    return command.call(redis, ...keys, ...args);
  };
}
