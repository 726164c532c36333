import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, Redis } from 'ioredis';

/** One Redis or a Redis Cluster: the engine does not care which. */
export type RedisClient = Redis | Cluster;

const scripts = { accept: 10, lease: 4, commit: 13, abandon: 2, hold: 1, bury: 2, revive: 2 } as const;
export type ScriptName = keyof typeof scripts;

export type RunScript = (
  name: ScriptName,
  keys: string[],
  args: (string | number)[],
) => Promise<(string | null)[]>;

/** Registers the Lua scripts with a client; calls go by EVALSHA and fall back to EVAL on NOSCRIPT. */
export function loadScripts(redis: RedisClient): RunScript {
  for (const [name, numberOfKeys] of Object.entries(scripts)) {
    const lua = readFileSync(join(__dirname, 'scripts', `${name}.lua`), 'utf8');
    redis.defineCommand(`turn_${name}`, { numberOfKeys, lua });
  }
  return (name, keys, args) => {
    // defineCommand adds a method that the client's type cannot know.
    const commands = redis as unknown as Record<
      string,
      (...args: (string | number)[]) => Promise<(string | null)[]>
    >;
    const command = commands[`turn_${name}`];
    if (!command) throw new Error(`script ${name} is not loaded`);
    return command.call(redis, ...keys, ...args);
  };
}

/**
 * Connects to `redis://…`, or to a cluster when several addresses are given, separated by commas. Commands fail
 * after a bounded wait rather than pile up: what is not acknowledged, the channel sends again.
 */
export function connectRedis(url: string): RedisClient {
  const options = {
    maxRetriesPerRequest: 2,
    connectTimeout: 5000,
    commandTimeout: 6000,
    enableAutoPipelining: false,
  };
  const urls = url.split(',').map((part) => part.trim());
  const retry = (times: number) => Math.min(50 * times, 1000);
  if (urls.length === 1 && urls[0]) return new Redis(urls[0], { ...options, retryStrategy: retry });
  const nodes = urls.map((node) => new URL(node));
  return new Cluster(
    nodes.map((node) => ({ host: node.hostname, port: Number(node.port || 6379) })),
    {
      clusterRetryStrategy: retry,
      redisOptions: { ...options, password: decodeURIComponent(nodes[0]?.password ?? '') || undefined },
    },
  );
}

/**
 * Answers of several commands at one go: in one pipeline, or on a cluster, where their keys live on several nodes, one
 * call each. Throws what the first of them failed with.
 */
export async function askEach(
  redis: RedisClient,
  commands: [name: string, ...args: (string | number)[]][],
): Promise<unknown[]> {
  if (redis instanceof Cluster)
    return Promise.all(commands.map(([name, ...args]) => redis.call(name, ...args)));
  const pipeline = redis.pipeline();
  for (const [name, ...args] of commands) pipeline.call(name, ...args);
  const rows = (await pipeline.exec()) ?? [];
  return rows.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}

/** A client that only listens. */
export const connectSubscriber = (redis: RedisClient): RedisClient =>
  redis instanceof Cluster
    ? redis.duplicate()
    : redis.duplicate({ commandTimeout: undefined, maxRetriesPerRequest: null });
