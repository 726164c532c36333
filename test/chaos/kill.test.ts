import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { conversationKeys, shardKeys, shardOf } from '../../src/turns/keys';
import { TURN_POINTS } from '../../src/turns/probe';
import { createTestDatabase } from '../support/postgres';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { reportFigure, SEED, seededRandom, size } from '../support/size';
import { readCounting, until } from '../support/turns';
import { check, type Observed } from './check';
import { type Storm, startStorm } from './storm';

const KILLS = size({ test: 12, prove: 500 });
const CLIENTS = 6;
/** Every tenth kill hits Redis instead of a node. */
const REDIS_EVERY = 10;

interface Sent {
  conversationId: string;
  acknowledged: Observed['acknowledged'];
}

describe('kill -9 under load', () => {
  let server: RedisServer;
  let storm: Storm;
  let pool: Pool;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedisServer();
    const databaseUrl = await createTestDatabase();
    pool = new Pool({ connectionString: databaseUrl });
    await pool.query('CREATE TABLE orders (id text PRIMARY KEY, conversation text, text text)');
    await pool.query(
      'CREATE TABLE lines (conversation text, position int, text text, PRIMARY KEY (conversation, position))',
    );
    redis = new Redis(server.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    storm = await startStorm({
      redisUrl: server.url,
      databaseUrl,
      killLog: join(mkdtempSync(join(tmpdir(), 'kills-')), 'log'),
      random: seededRandom(SEED),
    });
  });

  afterAll(async () => {
    await storm.stop();
    redis.disconnect();
    await pool.end();
    await server.stop();
  });

  async function observe({ conversationId, acknowledged }: Sent): Promise<Observed> {
    const keys = conversationKeys(shardOf(conversationId, 4), conversationId);
    const state = readCounting((await redis.get(keys.state)) ?? '');
    const rows = await redis.xrange(keys.log, '-', '+');
    const stored = await pool.query(
      'SELECT position, text FROM lines WHERE conversation = $1 ORDER BY position',
      [conversationId],
    );
    const orders = await pool.query('SELECT text FROM orders WHERE conversation = $1', [conversationId]);
    return {
      conversationId,
      acknowledged,
      shown: storm.shown(conversationId),
      log: rows.map(([id, fields]) => ({
        position: Number(id.split('-')[0]),
        text: JSON.parse(fields[1] ?? '').text,
      })),
      transcript: stored.rows,
      seen: state.seen,
      results: state.results,
      orders: orders.rows.map(({ text }) => text),
    };
  }

  /** Nothing waits anywhere: inboxes, commands, records. */
  const isQuiet = async () => {
    for (let n = 0; n < 4; n += 1) {
      const { ready, outbox, records } = shardKeys(n);
      const waiting = await Promise.all([redis.zcard(ready), redis.xlen(outbox), redis.xlen(records)]);
      if (waiting.some((count) => count > 0)) return false;
    }
    return true;
  };

  it(
    'loses nothing acknowledged, commits nothing twice, keeps the order, and doubles no work order',
    async () => {
      const random = seededRandom(SEED + 1);
      const sent: Sent[] = [];
      let isOver = false;

      const converse = async (conversationId: string) => {
        const own: Sent = { conversationId, acknowledged: [] };
        sent.push(own);
        for (let i = 0; i < 40 && !isOver; i += 1) {
          const text = `${random() < 0.3 ? (random() < 0.5 ? 'order' : 'order late') : 'say'} ${i}`;
          const tries = random() < 0.2 ? 2 : 1;
          const positions = await Promise.all(
            Array.from({ length: tries }, () => storm.send(conversationId, `k${i}`, text)),
          );
          own.acknowledged.push({ key: `k${i}`, text, position: positions[0] ?? 0 });
          if (new Set(positions).size > 1) throw new Error(`one key got two positions: ${positions}`);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      };
      const client = async (name: number) => {
        for (let i = 0; !isOver; i += 1) await converse(`conv-${name}-${i}`);
      };
      const clients = Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(i)));

      let redisKills = 0;
      const untouched = () => TURN_POINTS.filter((point) => !storm.killed().includes(point));
      const isEnough = () => storm.killed().length + redisKills >= KILLS && untouched().length === 0;
      // Arming a node does not mean that it gets there: rounds go on until every point was hit, within a bound.
      for (let round = 0; !isEnough() && round < KILLS * 5; round += 1) {
        if (round % REDIS_EVERY === REDIS_EVERY - 1) {
          await server.kill();
          await server.restart();
          redisKills += 1;
        }
        const points = round < TURN_POINTS.length || untouched().length === 0 ? TURN_POINTS : untouched();
        const nth = points === TURN_POINTS ? 1 + Math.floor(random() * 4) : 1;
        await storm.killAt(points[round % points.length] ?? 'leased', nth, 3000);
      }
      isOver = true;
      await clients;
      // Late orders are tried on until they succeed; their pauses are seconds by then.
      await until(isQuiet, 30_000);
      const seenAll = async () => {
        const all = await Promise.all(sent.map(observe));
        return all.every(({ shown, log }) => shown.length === log.length);
      };
      await until(seenAll, 20_000);

      const observed = await Promise.all(sent.map(observe));
      expect(observed.flatMap(check)).toEqual([]);

      const counts = Object.fromEntries(
        TURN_POINTS.map((point) => [point, storm.killed().filter((killed) => killed === point).length]),
      );
      reportFigure('kill -9 of a turn node', storm.killed().length);
      reportFigure('kill -9 of Redis', redisKills);
      reportFigure('kills by point', JSON.stringify(counts));
      const acknowledged = observed.reduce((sum, each) => sum + each.acknowledged.length, 0);
      reportFigure('activities acknowledged in the storm', acknowledged);
      reportFigure('lost, doubled, out of order, work orders doubled or missing', 0);
      expect(acknowledged).toBeGreaterThan(KILLS * 5);
      expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    },
    size({ test: 180_000, prove: 3_000_000 }),
  );
});
