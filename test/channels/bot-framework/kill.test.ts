import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import {
  createBotDeliveryStore,
  DELIVERY_POINTS,
  type DeliveryPoint,
} from '../../../src/channels/bot-framework/deliver';
import { conversationIdOf } from '../../../src/channels/bot-framework/references';
import { conversationKeys, shardOf } from '../../../src/turns/keys';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { reportFigure, size } from '../../support/size';
import { until } from '../../support/turns';
import { readSeen } from '../wechat/scripted-turn';
import { type Cloud, createCustomer, startCloud } from './cloud';
import { SHARDS } from './host';
import type { FromKillNode, ToKillNode } from './kill-node';

/** Rounds at each point; a round kills once. */
const ROUNDS = size({ test: 1, prove: 20 });
const FINAL = ['sent', 'not-delivered', 'uncertain'];

describe('kill -9 in a delivery to the Bot Framework', () => {
  let redisServer: RedisServer;
  let redis: Redis;
  let cloud: Cloud;
  let node: ChildProcess;
  let url = '';
  const killLog = join(mkdtempSync(join(tmpdir(), 'bot-kills-')), 'log');
  const kills = () => (existsSync(killLog) ? readFileSync(killLog, 'utf8').split('\n').filter(Boolean) : []);

  async function startNode(): Promise<void> {
    node = fork(join(__dirname, 'kill-node.ts'), {
      execArgv: ['-r', join(__dirname, '../../support/register.cjs')],
      env: {
        ...process.env,
        CHAOS_REDIS_URL: redisServer.url,
        CHAOS_SETTINGS: JSON.stringify(cloud.settings),
        KILL_LOG: killLog,
      },
    });
    const [message] = (await once(node, 'message')) as [FromKillNode];
    if (message.type === 'failed') throw new Error(message.why);
    url = message.url;
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
    cloud = await startCloud();
  });
  afterAll(async () => {
    reportFigure('Bot Framework: kills between record, call and outcome', kills().length);
    await endNode();
    redis.disconnect();
    await cloud.stop();
    await redisServer.stop();
  });

  /** One customer whose message is being answered when the process dies, and a new process that finishes it. */
  async function round(point: DeliveryPoint, text: string, n: number) {
    const conversation = `${point}-${text.split(' ')[0]}-${n}`;
    const conversationId = conversationIdOf('webchat', conversation);
    await startNode();
    const before = kills().length;
    const gone = once(node, 'exit');
    node.send({ type: 'arm', point } satisfies ToKillNode);
    const customer = createCustomer(cloud, () => url, { conversation });
    // The answer may be lost with the process; what it was for must not be.
    await customer.say(text).catch(() => undefined);
    await gone;
    expect(kills()).toHaveLength(before + 1);
    await startNode();
    const store = createBotDeliveryStore(redis, SHARDS);
    await until(async () => {
      const found = await store.readAll(conversationId);
      return found.length > 0 && found.every(({ state }) => FINAL.includes(state));
    }, 40_000);
    const state = await redis.get(conversationKeys(shardOf(conversationId, SHARDS), conversationId).state);
    expect(readSeen(state ?? '').texts.filter((each) => each === text)).toHaveLength(1);
    await endNode();
    return { shown: cloud.textsIn(conversation), items: await store.readAll(conversationId) };
  }

  it.each(DELIVERY_POINTS.flatMap((point) => [[point, 'say kept'] as const, [point, 'order 1'] as const]))(
    'at %s loses no reply, and says of "%s" what is uncertain',
    async (point, text) => {
      for (let n = 0; n < ROUNDS; n += 1) {
        const { shown, items } = await round(point, text, n);
        const wasCalled = point === 'bot-framework-called';
        if (text === 'say kept') {
          // Sent again: once when it died before the call, twice when after it.
          expect(shown).toEqual(wasCalled ? ['kept', 'kept'] : ['kept']);
          expect(items).toMatchObject([{ state: 'sent', uncertainSends: 1 }]);
        } else {
          // Never sent again, and nobody claims to know.
          expect(shown).toEqual(wasCalled ? ['re: order 1'] : []);
          expect(items).toMatchObject([{ state: 'uncertain', reason: 'interrupted', uncertainSends: 1 }]);
        }
      }
    },
    size({ test: 60_000, prove: 600_000 }),
  );
});
