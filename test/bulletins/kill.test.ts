import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callJson, openCustomer, signInFirstAdmin, WEB_SECRET } from '../support/app';
import { createTestDatabase } from '../support/postgres';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { type ServerProcess, startServerProcess } from '../support/server-process';
import { reportFigure } from '../support/size';
import { until } from '../support/turns';

/** A node reads once a second what is told; the rest is for a machine with other things to do. */
const BOUND_MS = 10_000;
const WORDS = '鼓楼区光缆中断，正在抢修，预计 18:00 前恢复。';

describe('an emergency bulletin of one process', () => {
  let redis: RedisServer;
  let databaseUrl: string;
  let one: ServerProcess;
  let other: ServerProcess;
  const folders: string[] = [];

  function startNode(): Promise<ServerProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'bulletin-kills-'));
    folders.push(folder);
    return startServerProcess({
      DATA_DIR: folder,
      REDIS_URL: redis.url,
      DATABASE_URL: databaseUrl,
      DIRECT_LINE_WEB_SECRET: WEB_SECRET,
      USER_RATE_PER_MINUTE: '0',
    });
  }
  beforeAll(async () => {
    redis = await startRedisServer();
    databaseUrl = await createTestDatabase();
    one = await startNode();
    other = await startNode();
  }, 240_000);
  afterAll(async () => {
    await Promise.all([one.end(), other.end()]);
    await redis.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** How often a customer who begins now is told. */
  async function timesTold(url: string): Promise<number> {
    const said = await (await openCustomer(url)).all();
    return said.filter(({ text }) => text.includes(WORDS)).length;
  }

  it('is spoken by another, after the first was killed and after a restart of all, until it is ended', async () => {
    const firstAdminLink = /http\S+\/setup\?token=\S+/.exec(one.output())?.[0] ?? null;
    const cookie = await signInFirstAdmin({ url: one.url, firstAdminLink });
    expect(await timesTold(other.url)).toBe(0);
    const body = { id: randomUUID(), text: { zh: WORDS }, minutes: 60 };
    const sent = performance.now();
    const published = await callJson('POST', `${one.url}/admin/bulletins`, { cookie, body });
    expect(published.status).toBe(201);
    await one.kill();
    await until(async () => (await timesTold(other.url)) === 1, BOUND_MS);
    reportFigure(
      'emergency bulletin, from sent to spoken by another process, ms',
      Math.round(performance.now() - sent),
    );

    await other.kill();
    other = await startNode();
    expect(await timesTold(other.url)).toBe(1);
    // The first process died after it had answered: sent again, it is the same one.
    const again = await callJson('POST', `${other.url}/admin/bulletins`, { cookie, body });
    expect(again.status).toBe(201);
    expect(await timesTold(other.url)).toBe(1);

    const path = `${other.url}/admin/bulletins/${body.id}`;
    expect((await callJson('DELETE', path, { cookie })).status).toBe(200);
    await until(async () => (await timesTold(other.url)) === 0, BOUND_MS);
  }, 240_000);
});
