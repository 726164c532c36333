import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Server } from 'restify';
import { registerServerApi } from '../../../src/channels/wechat/routes-simulator';
import { conversationIdOf } from '../../../src/channels/wecom/account';
import { DELIVERY_POINTS } from '../../../src/channels/wecom/deliver';
import { createWecomDeliveryStore } from '../../../src/channels/wecom/delivery-store';
import {
  createSimulatedWecom,
  type SimulatedWecom,
} from '../../../src/channels/wecom/simulator/simulated-wecom';
import { SYNC_POINTS } from '../../../src/channels/wecom/sync';
import { createHttpServer, listen } from '../../../src/http/server';
import { conversationKeys, shardOf } from '../../../src/turns/keys';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { reportFigure, size } from '../../support/size';
import { until } from '../../support/turns';
import { readSeen } from '../wechat/scripted-turn';
import { KF_ID, testAccount } from './host';
import type { FromKillNode, KillPoint, ToKillNode } from './kill-node';

/** Rounds at each point; a round kills once. */
const ROUNDS = size({ test: 1, prove: 20 });
const POINTS: KillPoint[] = [...SYNC_POINTS, ...DELIVERY_POINTS];

describe('kill -9 while messages of WeCom are fetched and answered', () => {
  let redisServer: RedisServer;
  let redis: Redis;
  let api: Server;
  let wecom: SimulatedWecom;
  let node: ChildProcess;
  let callback = '';
  let apiBase = '';
  const killLog = join(mkdtempSync(join(tmpdir(), 'wecom-kills-')), 'log');

  async function startNode(): Promise<void> {
    node = fork(join(__dirname, 'kill-node.ts'), {
      execArgv: ['-r', join(__dirname, '../../support/register.cjs')],
      env: {
        ...process.env,
        CHAOS_REDIS_URL: redisServer.url,
        CHAOS_API: apiBase,
        KILL_LOG: killLog,
      },
    });
    const [message] = (await once(node, 'message')) as [FromKillNode];
    if (message.type !== 'ready') throw new Error('the node did not start');
    callback = `http://127.0.0.1:${message.port}/wecom/kf`;
  }

  const endNode = async () => {
    if (node.exitCode !== null || node.signalCode !== null) return;
    const gone = once(node, 'exit');
    node.kill('SIGKILL');
    await gone;
  };

  const kills = (): string[] => {
    try {
      return readFileSync(killLog, 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };

  beforeAll(async () => {
    redisServer = await startRedisServer();
    redis = new Redis(redisServer.url);
    api = createHttpServer();
    apiBase = `http://127.0.0.1:${await listen(api, '127.0.0.1', 0)}`;
    wecom = createSimulatedWecom({
      account: testAccount({ apiBase }),
      callbackUrl: () => callback,
      fetch,
      clock: Date.now,
      faults: () => null,
    });
    registerServerApi(api, '', wecom);
    await startNode();
  });
  afterAll(async () => {
    reportFigure('WeCom: kills between fetch, acceptance, cursor, record and call', kills().length);
    await endNode();
    redis.disconnect();
    api.server.closeAllConnections();
    await new Promise<void>((resolve) => api.close(() => resolve()));
    await redisServer.stop();
  });

  it.each(POINTS)(
    'at %s makes one turn of each message and shows each reply once, confirmations as well',
    async (point) => {
      for (let n = 0; n < ROUNDS; n += 1) {
        const user = `wm-${point}-${n}`;
        const conversationId = conversationIdOf({ account: 'kf', openKfId: KF_ID, externalUserId: user });
        const before = kills().length;
        const armed = once(node, 'message');
        node.send({ type: 'arm', point } satisfies ToKillNode);
        await armed;
        const gone = once(node, 'exit');
        for (const text of ['order 1', 'say a|b']) wecom.put(user, { type: 'text', text });
        await wecom.callBack();
        await gone;
        expect(kills()).toHaveLength(before + 1);
        await startNode();
        const deliveries = createWecomDeliveryStore(redis, 4);
        await until(async () => {
          const items = await deliveries.readAll(conversationId);
          return items.length === 3 && items.every(({ state }) => state === 'sent');
        }, 40_000);
        const state = await redis.get(conversationKeys(shardOf(conversationId, 4), conversationId).state);
        expect(readSeen(state ?? '').texts).toEqual(['conversationUpdate', 'order 1', 'say a|b']);
        const lines = wecom.customers.find(user).lines.map(({ text }) => text);
        expect(lines).toEqual(['re: order 1', 'a', 'b']);
      }
    },
    size({ test: 60_000, prove: 600_000 }),
  );
});
