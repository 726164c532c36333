import { Cluster } from 'ioredis';
import type { Logger } from 'pino';
import { messageOf } from '../../errors';
import type { RedisClient } from '../../turns/redis';

type Send = (...args: unknown[]) => Promise<unknown>;

/** Commands of the adapter whose promises it lets go. */
const UNHELD = ['publish', 'spublish', 'subscribe', 'ssubscribe'];

function hold(client: RedisClient, log: Logger): RedisClient {
  // Redis and Cluster share these commands, which their types do not say by name.
  const commands = client as unknown as Record<string, Send>;
  for (const name of UNHELD) {
    const send = commands[name]?.bind(client);
    if (!send) continue;
    commands[name] = (...args) =>
      send(...args).catch((error: unknown) => {
        log.debug({ reason: messageOf(error) }, `the desks' ${name} was not taken by Redis`);
      });
  }
  return client;
}

/**
 * A connection for the adapter of sockets alone, and for what it makes of it. The adapter does not look at what becomes
 * of some commands: without this a Redis that is away, or a server that ends while it starts, would end the process by a
 * promise that nobody holds.
 */
export function connectAdapter(redis: RedisClient, log: Logger): RedisClient {
  const base: RedisClient = redis instanceof Cluster ? redis.duplicate() : redis.duplicate();
  // It connects again by itself.
  base.on('error', () => undefined);
  const duplicate = base.duplicate.bind(base) as (...args: unknown[]) => RedisClient;
  Object.assign(base, { duplicate: (...args: unknown[]) => hold(duplicate(...args), log) });
  return hold(base, log);
}
