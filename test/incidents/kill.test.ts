import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { declareIncident, recoverIncident } from '../../src/incidents/change-incident';
import { subscribe } from '../../src/incidents/hang-orders';
import { connectDatabase, type Database } from '../../src/records/database';
import { type Customer, openCustomer, WEB_SECRET } from '../support/app';
import { addSupervisor } from '../support/incidents';
import { createTestDatabase } from '../support/postgres';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { type ServerProcess, type ServerSettings, startServerProcess } from '../support/server-process';
import { reportFigure, size } from '../support/size';
import { until } from '../support/turns';

const HOUR = 3600_000;
const KILLS = size({ test: 1, prove: 8 });
const CUSTOMERS = 20 * (KILLS + 1);
const text = { zh: '光缆被施工挖断', en: 'Roadworks have cut a cable' };

describe('kill -9 while a recovery is told', () => {
  let redis: RedisServer;
  let db: Database;
  let dataDir: string;
  let settings: ServerSettings;
  let server: ServerProcess;
  beforeAll(async () => {
    redis = await startRedisServer();
    const databaseUrl = await createTestDatabase();
    db = connectDatabase(databaseUrl, () => undefined);
    dataDir = mkdtempSync(join(tmpdir(), 'incident-kills-'));
    settings = {
      DATA_DIR: dataDir,
      REDIS_URL: redis.url,
      DATABASE_URL: databaseUrl,
      DIRECT_LINE_WEB_SECRET: WEB_SECRET,
      USER_RATE_PER_MINUTE: '0',
    };
    server = await startServerProcess(settings);
  }, 120_000);
  afterAll(async () => {
    await server.end();
    await db.destroy();
    await redis.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const left = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM incident_notices`.execute(db);
    return rows[0]?.count ?? 0;
  };
  const questionsTo = async ({ conversationId }: Customer): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM transcript WHERE conversation_id = ${conversationId}
        AND activity->>'text' LIKE '%您家里现在正常了吗%'`.execute(db);
    return rows[0]?.count ?? 0;
  };

  it('asks every subscriber once, however often the server is killed on the way', async () => {
    const customers: Customer[] = [];
    for (let n = 0; n < CUSTOMERS; n += 1) {
      const customer = await openCustomer(server.url);
      // Who has just written is awake, whenever the test runs.
      await customer.send('你好');
      customers.push(customer);
    }
    const accountId = await addSupervisor(db);
    const at = Date.now();
    const declared = await declareIncident(
      db,
      { accountId, at },
      { area: 'kill-1', symptoms: ['tv'], beganAt: at, text, expectedAt: at + HOUR },
    );
    if (declared.status !== 'changed') throw new Error(declared.status);
    const { id } = declared.incident;
    for (const { conversationId } of customers) await subscribe(db, { id, conversationId, at });
    await recoverIncident(db, { id, version: 1, accountId, at: Date.now() });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await until(async () => (await left()) <= CUSTOMERS - 20 * kill, 60_000);
      await server.kill();
      server = await startServerProcess(settings);
    }
    await until(async () => (await left()) === 0, 60_000);
    await until(async () => {
      const counts = await Promise.all(customers.map(questionsTo));
      return counts.every((count) => count >= 1);
    }, 60_000);
    const counts = await Promise.all(customers.map(questionsTo));
    const twice = counts.filter((count) => count > 1).length;
    reportFigure(
      'incidents: recoveries told through kills of the server',
      `${CUSTOMERS} customers, ${KILLS} kills, ${twice} told twice, 0 lost`,
    );
    expect(twice).toBe(0);
  }, 600_000);
});
