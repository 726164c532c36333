import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Server } from 'restify';
import type { DeliveryItem } from '../../../src/channels/delivery/delivery-item';
import { DELIVERY_POINTS, type DeliveryPoint } from '../../../src/channels/wechat/deliver';
import { createWechatDeliveryStore } from '../../../src/channels/wechat/delivery-store';
import { registerServerApi } from '../../../src/channels/wechat/routes-simulator';
import {
  createSimulatedWechat,
  type SimulatedWechat,
} from '../../../src/channels/wechat/simulator/simulated-wechat';
import { conversationIdOf } from '../../../src/channels/wechat/webhook';
import { writeXml } from '../../../src/channels/wechat/xml';
import { createHttpServer, listen } from '../../../src/http/server';
import { conversationKeys, shardOf } from '../../../src/turns/keys';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { reportFigure, size } from '../../support/size';
import { until } from '../../support/turns';
import { testAccount } from './accounts';
import type { FromKillNode, ToKillNode } from './kill-node';
import { readSeen } from './scripted-turn';

/** Rounds at each point; a round kills once. */
const ROUNDS = size({ test: 1, prove: 20 });
const FINAL = ['sent', 'held', 'not-delivered', 'uncertain'];

describe('kill -9 in a delivery to WeChat', () => {
  let redisServer: RedisServer;
  let redis: Redis;
  let api: Server;
  let wechat: SimulatedWechat;
  let node: ChildProcess;
  let webhook = '';
  const killLog = join(mkdtempSync(join(tmpdir(), 'wechat-kills-')), 'log');
  let apiBase = '';

  async function startNode(budgetMs: number): Promise<void> {
    node = fork(join(__dirname, 'kill-node.ts'), {
      execArgv: ['-r', join(__dirname, '../../support/register.cjs')],
      env: {
        ...process.env,
        CHAOS_REDIS_URL: redisServer.url,
        CHAOS_API: apiBase,
        CHAOS_BUDGET_MS: String(budgetMs),
        KILL_LOG: killLog,
      },
    });
    const [message] = (await once(node, 'message')) as [FromKillNode];
    if (message.type === 'failed') throw new Error(message.why);
    webhook = `http://127.0.0.1:${message.port}/wechat/service`;
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
    api = createHttpServer();
    apiBase = `http://127.0.0.1:${await listen(api, '127.0.0.1', 0)}`;
    const account = testAccount({ apiBase, message: { sends: 1000, windowSeconds: 1000 } });
    wechat = createSimulatedWechat({
      account,
      webhookUrl: () => webhook,
      fetch,
      clock: Date.now,
      faults: () => null,
    });
    registerServerApi(api, '', wechat);
  });
  afterAll(async () => {
    reportFigure('WeChat: kills between record, call and outcome', kills().length);
    await endNode();
    redis.disconnect();
    api.server.closeAllConnections();
    await new Promise<void>((resolve) => api.close(() => resolve()));
    await redisServer.stop();
  });

  const kills = (): string[] => {
    try {
      return readFileSync(killLog, 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };

  /** One customer whose message is being answered when the process dies, and a new process that finishes it. */
  async function round(point: DeliveryPoint, text: string, n: number) {
    const user = `o-${point}-${text.split(' ')[0]}-${n}`;
    const conversationId = conversationIdOf('service', user);
    const budgetMs = point === 'wechat-claimed' ? 3000 : 1;
    await startNode(budgetMs);
    const before = kills().length;
    const gone = once(node, 'exit');
    node.send({ type: 'arm', point } satisfies ToKillNode);
    wechat.customers.grant(user, 'message');
    const xml = writeXml(wechat.fieldsOf(user, { type: 'text', text }));
    const cut = wechat.caller.attempt(xml);
    await gone;
    await cut;
    expect(kills()).toHaveLength(before + 1);
    await startNode(budgetMs);
    // WeChat had no answer, or one that carried nothing: in the first case it sends the message again.
    const again = point === 'wechat-claimed' ? await wechat.caller.attempt(xml) : null;
    const passive = again === null ? null : (wechat.caller.read(again)?.Content ?? null);
    const store = createWechatDeliveryStore(redis, 4);
    const items = async (): Promise<DeliveryItem[]> => store.readAll(conversationId);
    await until(async () => {
      const found = await items();
      return found.length > 0 && found.every(({ state }) => FINAL.includes(state));
    }, 40_000);
    const state = await redis.get(conversationKeys(shardOf(conversationId, 4), conversationId).state);
    expect(readSeen(state ?? '').texts.filter((each) => each === text)).toHaveLength(1);
    await endNode();
    const lines = wechat.customers.find(user).lines.filter(({ from }) => from === 'account');
    return { passive, shown: lines.map((line) => line.text), items: await items() };
  }

  it.each(DELIVERY_POINTS.flatMap((point) => [[point, 'say kept'] as const, [point, 'order 1'] as const]))(
    'at %s loses no reply, and says of "%s" what is uncertain',
    async (point, text) => {
      for (let n = 0; n < ROUNDS; n += 1) {
        const { passive, shown, items } = await round(point, text, n);
        const isAnswer = text === 'say kept';
        const expected = isAnswer ? 'kept' : 're: order 1';
        if (point === 'wechat-claimed') {
          // WeChat's retry fetches the stored bytes from the new process.
          expect({ passive, shown }).toEqual({ passive: expected, shown: [] });
          expect(items).toMatchObject([{ state: 'sent', route: 'passive', uncertainSends: 0 }]);
        } else if (isAnswer) {
          // Sent again: once when it died before the call, twice when after it.
          expect(shown).toHaveLength(point === 'wechat-called' ? 2 : 1);
          expect(items).toMatchObject([{ state: 'sent', uncertainSends: 1 }]);
        } else {
          // Never sent again, and nobody claims to know.
          expect(shown).toHaveLength(point === 'wechat-called' ? 1 : 0);
          expect(items).toMatchObject([{ state: 'uncertain', reason: 'interrupted', uncertainSends: 1 }]);
        }
      }
    },
    size({ test: 60_000, prove: 600_000 }),
  );
});
