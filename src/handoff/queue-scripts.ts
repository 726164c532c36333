import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisClient } from '../turns/redis';
import { ONLINE_MS } from './agent-queue';

/** All keys of the agents' queue share one hash tag, so that one script can write them on a cluster too. */
export const QUEUE_PREFIX = '{queue}:';

export const queueKeys = {
  order: '{queue}:order',
  items: '{queue}:items',
  holds: '{queue}:holds',
  lanes: '{queue}:lanes',
  owners: '{queue}:owners',
  built: '{queue}:built',
} as const;

/** Conversations that an agent may have. */
export const expectedKey = (agentId: string): string => `{queue}:of:${agentId}`;

/** These take the prefix as their only key and share `common.lua`. */
const sharing = [
  'put',
  'remove',
  'reserve',
  'free',
  'presence',
  'assign',
  'offers',
  'agents',
  'picture',
  'lost',
] as const;
const alone = { list: 3, drop: 1 } as const;
export type QueueScript = (typeof sharing)[number] | keyof typeof alone;

export type RunQueueScript = (
  name: QueueScript,
  keys: string[],
  args: (string | number)[],
) => Promise<unknown>;

const read = (name: string): string => readFileSync(join(__dirname, 'scripts', `${name}.lua`), 'utf8');

/** A script behind what it shares with others; its first line stays the first. */
function withCommon(name: string): string {
  const [first = '', ...rest] = read(name).split('\n');
  return [first, `local ONLINE = ${ONLINE_MS}`, read('common'), ...rest].join('\n');
}

/** Registers the scripts of the queue with a client; calls go by EVALSHA and fall back to EVAL on NOSCRIPT. */
export function loadQueueScripts(redis: RedisClient): RunQueueScript {
  for (const name of sharing)
    redis.defineCommand(`queue_${name}`, { numberOfKeys: 1, lua: withCommon(name) });
  for (const [name, numberOfKeys] of Object.entries(alone))
    redis.defineCommand(`queue_${name}`, { numberOfKeys, lua: read(name) });
  return (name, keys, args) => {
    // defineCommand adds a method that the client's type cannot know.
    const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
    const command = commands[`queue_${name}`];
    if (!command) throw new Error(`script ${name} is not loaded`);
    return command.call(redis, ...keys, ...args);
  };
}
