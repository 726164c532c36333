import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../src/launch/ports';

/** A real Redis of a test's own: on a port that the system chose, with data that survive `kill` and `restart`. */
export interface RedisServer {
  port: number;
  url: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

async function launch(port: number, dir: string, args: string[]): Promise<ChildProcess> {
  const child = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      '--save',
      '',
      '--appendonly',
      'yes',
      // Written before each answer as with `always`, which also survives the power cut that no test makes.
      '--appendfsync',
      'no',
      '--maxmemory-policy',
      'noeviction',
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      if (/Ready to accept connections/.test(output)) resolve();
    });
    child.once('exit', () => reject(new Error(`redis-server ended: ${output}`)));
  });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

export async function startRedisServer(args: string[] = []): Promise<RedisServer> {
  const dir = mkdtempSync(join(tmpdir(), 'redis-test-'));
  const port = await freePort();
  let child = await launch(port, dir, args);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill: () => end(child, 'SIGKILL'),
    restart: async () => {
      child = await launch(port, dir, args);
    },
    stop: async () => {
      await end(child, 'SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const SLOTS = 16384;

/** Three masters without replicas, slots shared evenly. */
export async function startRedisCluster(): Promise<{ url: string; stop(): Promise<void> }> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  const servers = await Promise.all([startRedisServer(args), startRedisServer(args), startRedisServer(args)]);
  const clients = servers.map(({ url }) => new Redis(url));
  await Promise.all(
    clients.map((client, i) => {
      const from = Math.floor((SLOTS * i) / 3);
      const until = Math.floor((SLOTS * (i + 1)) / 3) - 1;
      return client.call('CLUSTER', 'ADDSLOTSRANGE', from, until);
    }),
  );
  for (const [i, client] of clients.entries()) await client.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
  for (const { port } of servers.slice(1)) await clients[0]?.call('CLUSTER', 'MEET', '127.0.0.1', port);
  for (const client of clients) {
    // Gossip has no event to wait for.
    while (!String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    client.disconnect();
  }
  return {
    url: servers.map(({ url }) => url).join(','),
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
