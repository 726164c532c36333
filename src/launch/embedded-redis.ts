import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './children';
import { freePort } from './ports';

/** Starts a redis-server that has every acknowledged write on disk (`appendfsync always`). Answers its address. */
export async function startEmbeddedRedis(
  children: Children,
  dataDir: string,
  password: string,
): Promise<string> {
  const dir = join(dataDir, 'redis');
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const settings = [
    `port ${port}`,
    'bind 127.0.0.1',
    'save ""',
    'appendonly yes',
    'appendfsync always',
    'maxmemory-policy noeviction',
    `requirepass ${password}`,
  ];
  // The password goes by a file: arguments can be read by every user of the machine.
  const file = join(dir, 'redis.conf');
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  await children.start({
    name: 'Redis',
    command: 'redis-server',
    args: ['redis.conf'],
    options: { cwd: dir },
    stopSignal: 'SIGTERM',
    readyPattern: 'Ready to accept connections',
  });
  return `redis://:${password}@127.0.0.1:${port}`;
}
