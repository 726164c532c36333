import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createPushStore } from '../../../src/channels/app-push/push-store';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { reportFigure, size } from '../../support/size';
import { until } from '../../support/turns';
import { SHARDS } from './host';
import type { FromKillNode, KillPoint, ToKillNode } from './kill-node';
import { type Receiver, startReceiver } from './receiver';

/** Rounds at each point; a round kills once. */
const ROUNDS = size({ test: 1, prove: 20 });
const POINTS = [
  'committed',
  'command-read',
  'command-done',
  'app-push-recorded',
  'app-push-called',
] as const satisfies KillPoint[];

describe('kill -9 between the commit of a reply and its push', () => {
  let redisServer: RedisServer;
  let redis: Redis;
  let receiver: Receiver;
  let node: ChildProcess;
  const folder = mkdtempSync(join(tmpdir(), 'push-kills-'));
  const killLog = join(folder, 'log');
  const kills = () => (existsSync(killLog) ? readFileSync(killLog, 'utf8').split('\n').filter(Boolean) : []);
  const tell = (message: ToKillNode) => void node.send(message);

  async function startNode(): Promise<void> {
    node = fork(join(__dirname, 'kill-node.ts'), {
      execArgv: ['-r', join(__dirname, '../../support/register.cjs')],
      env: {
        ...process.env,
        CHAOS_REDIS_URL: redisServer.url,
        CHAOS_RECEIVER_URL: receiver.url,
        KILL_LOG: killLog,
      },
    });
    const [message] = (await once(node, 'message')) as [FromKillNode];
    if (message.type === 'failed') throw new Error(message.why);
  }

  const endNode = async () => {
    if (node.exitCode !== null || node.signalCode !== null) return;
    const gone = once(node, 'exit');
    node.kill('SIGKILL');
    await gone;
  };

  beforeAll(async () => {
    redisServer = await startRedisServer();
    redis = new Redis(redisServer.url);
    receiver = await startReceiver();
    await startNode();
  });
  afterAll(async () => {
    reportFigure('App push: kills between commit, record, call and outcome', kills().length);
    await endNode();
    redis.disconnect();
    await receiver.stop();
    await redisServer.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(POINTS)(
    'at %s brings the push once, by its key',
    async (point) => {
      for (let n = 0; n < ROUNDS; n += 1) {
        const id = `dl-kill-${point}-${n}`;
        const before = kills().length;
        const gone = once(node, 'exit');
        tell({ type: 'arm', point });
        tell({ type: 'say', id, text: 'hello' });
        await gone;
        expect(kills()).toHaveLength(before + 1);
        await startNode();
        const { look } = createPushStore(redis, SHARDS);
        await until(async () => (await look(id)).record.shownTo > 0, 40_000);
        expect(receiver.takenIn(id)).toMatchObject([{ count: 1, text: 're: hello' }]);
        const bodies = receiver.arrivedIn(id).map(({ body }) => body);
        // It died with the call made, and nobody knew what came of it.
        expect(bodies).toHaveLength(point === 'app-push-called' ? 2 : 1);
        expect(new Set(bodies).size).toBe(1);
      }
    },
    size({ test: 60_000, prove: 600_000 }),
  );
});
