import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { ConversationState } from '../../src/contract/conversation';
import { insertCustomer, putLink } from '../../src/customers/customer-rows';
import { connectDatabase, type Database } from '../../src/records/database';
import { conversationKeys, shardOf } from '../../src/turns/keys';
import type { TurnPoint } from '../../src/turns/probe';
import { upcastState } from '../../src/turns/upcast';
import { createTestDatabase } from '../support/postgres';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { reportFigure, size } from '../support/size';
import { until } from '../support/turns';
import type { FromMoveNode, ToMoveNode } from './move-node';

/** The points of a turn and a command; each is come to several times while a dialog moves. */
const POINTS = [
  'before-accept',
  'accepted',
  'leased',
  'advanced',
  'committed',
  'command-read',
  'command-done',
  'outcome-accepted',
  'command-removed',
] as const satisfies TurnPoint[];
/** At which coming of the point the process dies. */
const NTHS = size({ test: 1, prove: 5 });
const ROUNDS = size({ test: 1, prove: 4 });

describe('kill -9 while a dialog moves to another conversation', () => {
  let server: RedisServer;
  let redis: Redis;
  let databaseUrl: string;
  let db: Database;
  let node: ChildProcess;
  let serial = 0;
  const killLog = join(mkdtempSync(join(tmpdir(), 'move-kills-')), 'log');

  const kills = (): number => {
    try {
      return readFileSync(killLog, 'utf8').split('\n').filter(Boolean).length;
    } catch {
      return 0;
    }
  };
  const isDead = () => node.exitCode !== null || node.signalCode !== null;

  async function startNode(): Promise<void> {
    node = fork(join(__dirname, 'move-node.ts'), {
      execArgv: ['-r', join(__dirname, '../support/register.cjs')],
      env: {
        ...process.env,
        CHAOS_REDIS_URL: server.url,
        CHAOS_DATABASE_URL: databaseUrl,
        KILL_LOG: killLog,
      },
    });
    const [message] = (await once(node, 'message')) as [FromMoveNode];
    if (message.type === 'failed') throw new Error(message.why);
  }

  beforeAll(async () => {
    [server, databaseUrl] = await Promise.all([startRedisServer(), createTestDatabase()]);
    redis = new Redis(server.url);
    db = connectDatabase(databaseUrl, () => undefined);
    await startNode();
  }, 60_000);
  afterAll(async () => {
    reportFigure('a dialog that moves: kills', kills());
    if (!isDead()) {
      const gone = once(node, 'exit');
      node.kill('SIGKILL');
      await gone;
    }
    redis.disconnect();
    await db.destroy();
    await server.stop();
  });

  async function stateOf(id: string): Promise<ConversationState | null> {
    return upcastState((await redis.get(conversationKeys(shardOf(id, 4), id).state)) ?? '');
  }
  const framesOf = async (id: string) => (await stateOf(id))?.dialog?.frames ?? [];
  async function saidIn(id: string, words: string): Promise<number> {
    const rows = await redis.xrange(conversationKeys(shardOf(id, 4), id).log, '-', '+');
    return rows.filter(([, fields]) => (fields[1] ?? '').includes(words)).length;
  }

  /** Sends until it is acknowledged, as a client does; a process that died is followed by another. */
  async function send(conversationId: string, text: string, phone: string | null): Promise<void> {
    const key = `k${serial++}`;
    for (;;) {
      if (isDead()) await startNode();
      const id = serial++;
      const answered = new Promise<boolean>((resolve) => {
        const onExit = () => resolve(false);
        node.once('exit', onExit);
        node.on('message', function take(message: FromMoveNode) {
          if (message.type !== 'accepted' || message.id !== id) return;
          node.off('message', take);
          node.off('exit', onExit);
          resolve(true);
        });
      });
      node.send({ type: 'send', id, conversationId, key, text, phone } satisfies ToMoveNode, () => undefined);
      if (await answered) return;
    }
  }

  /** Whatever dies meanwhile is started again. */
  const untilAlive = (condition: () => Promise<boolean>) =>
    until(async () => {
      if (isDead()) await startNode();
      return condition();
    }, 30_000);

  async function round(point: TurnPoint, nth: number): Promise<void> {
    const n = serial++;
    const [web, app, phone] = [`web-${n}`, `app-${n}`, `138${String(n).padStart(8, '0')}`];
    const customerId = await insertCustomer(db, null, Date.now());
    const proven = { customerId, proof: 'one-time-code' as const, proofId: 'p', at: Date.now() };
    await putLink(db, { ...proven, kind: 'web', key: web, conversationId: web });
    await putLink(db, { ...proven, kind: 'phone', key: phone, conversationId: null });
    await send(web, '坏了', null);
    await send(web, '中山路18号', null);
    await untilAlive(async () => (await framesOf(web)).at(-1)?.step === 'when');
    await send(app, '您好', phone);
    await untilAlive(async () => Boolean((await stateOf(app))?.elsewhere?.offered));

    node.send({ type: 'arm', point, nth } satisfies ToMoveNode);
    await send(app, '接着办', phone);
    await untilAlive(async () => (await framesOf(app)).at(-1)?.step === 'when');
    await send(app, '下午', phone);
    const made = () =>
      db.selectFrom('facts').select('id').where('conversation_id', 'in', [web, app]).execute();
    await untilAlive(async () => (await made()).length > 0 && (await framesOf(app)).length === 0);
    await send(web, '下午', null);
    await untilAlive(async () => (await saidIn(web, '下午')) === 1);

    expect(await framesOf(web)).toEqual([]);
    expect(await saidIn(web, 'moved-away')).toBe(1);
    expect(await saidIn(app, 'back-to')).toBe(1);
    expect(await saidIn(app, 'nothing-to-take')).toBe(0);
    expect(await made()).toHaveLength(1);
    expect((await stateOf(app))?.elsewhere).toMatchObject({ parked: null, takes: null });
  }

  it.each(POINTS)(
    'at %s loses no dialog, doubles none and makes one order',
    async (point) => {
      const before = kills();
      for (let nth = 1; nth <= NTHS; nth += 1) {
        for (let n = 0; n < ROUNDS; n += 1) await round(point, nth);
      }
      // How often a point is come to in one move depends on what is read together; twice it always is.
      expect(kills() - before).toBeGreaterThanOrEqual(Math.min(2, NTHS) * ROUNDS);
    },
    size({ test: 60_000, prove: 600_000 }),
  );
});
