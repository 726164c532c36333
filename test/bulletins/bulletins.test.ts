import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { readLiveBulletins } from '../../src/bulletins/bulletins';
import { registerBulletins } from '../../src/bulletins/routes';
import { type BulletinWatch, startBulletinWatch } from '../../src/bulletins/watch-bulletins';
import { createBulletinsOf } from '../../src/compose/bulletins';
import type { ContentVersions } from '../../src/content/versions';
import type { BulletinPage, BulletinPreview } from '../../src/contract/bulletins';
import { createHttpServer, listen } from '../../src/http/server';
import { BULLETINS_LOCK, takeLock } from '../../src/records/advisory-lock';
import { connectDatabase, type Database } from '../../src/records/database';
import { migrate } from '../../src/records/migrate';
import { NO_AREAS } from '../../src/understanding/entities/address/service-areas';
import { callJson } from '../support/app';
import { addTestAccounts } from '../support/content-node';
import { smallContent, startConversation } from '../support/conversation';
import { createTestDatabase } from '../support/postgres';
import { guardByCookie } from '../support/sign-in-as';
import { silent, until } from '../support/turns';

const LEAD = '00000000-0000-4000-8000-000000000001';
const MINUTE = 60_000;
const IDENTITY_CARD = '11010519491231002X';

describe('emergency bulletins', () => {
  let db: Database;
  let url = '';
  let now = 1e12;
  let other: BulletinWatch;
  const server = createHttpServer();
  const call = (method: string, path = '', body?: unknown, role = 'supervisor') =>
    callJson(method, `${url}/admin/bulletins${path}`, { cookie: `bot_sign_in=${role}.${LEAD}`, body });
  const written = (zh: string, more: object = {}) => ({ id: randomUUID(), text: { zh }, ...more });
  const page = async () => (await call('GET')).body as unknown as BulletinPage;
  const message = () => ({
    at: now,
    channel: 'web' as const,
    activity: { type: 'message' as const, from: { id: 'c' } },
  });
  const actsOn = async (id: string) =>
    (await db.selectFrom('audit').selectAll().where('subject', '=', `bulletin:${id}`).execute()).map(
      ({ action, account_id, note }) => ({ action, account_id, note }),
    );

  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await migrate(db);
    await addTestAccounts(db, { [LEAD]: '班长' });
    other = await startBulletinWatch({ db, clock: () => now, log: silent });
    registerBulletins(server, {
      db,
      content: () => ({ areas: NO_AREAS, dialogs: smallContent().dialogs }),
      mask: (text) => text.replace(IDENTITY_CARD, '*'),
      onChange: () => other.wake(),
      requirePermission: guardByCookie(() => url),
      timeZone: 'Asia/Shanghai',
      clock: () => now,
      log: silent,
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  }, 60_000);
  afterAll(async () => {
    await other.stop();
    server.close();
    await db.destroy();
  });
  afterEach(() => {
    // What one test has published is over for the next.
    now += 49 * 60 * MINUTE;
  });

  it('are told by every node until they end by themselves, and twice sent are one', async () => {
    const own = written('主干光缆中断，正在抢修');
    expect((await call('POST', '', own)).status).toBe(201);
    expect((await call('POST', '', own)).status).toBe(201);
    expect((await page()).bulletins).toMatchObject([
      { id: own.id, text: { zh: own.text.zh, en: null }, places: [], channels: null, byName: '班长' },
    ]);
    await until(async () => other.factsFor(message()).length === 1);
    expect(other.factsFor({ ...message(), activity: { type: 'typing', from: { id: 'c' } } })).toEqual([]);
    now += 239 * MINUTE;
    expect(other.factsFor(message())).toHaveLength(1);
    now += MINUTE;
    expect(other.factsFor(message())).toEqual([]);
    expect(await readLiveBulletins(db, now)).toEqual([]);
    expect(await actsOn(own.id)).toEqual([{ action: 'bulletin.publish', account_id: LEAD, note: null }]);
  });

  it('are ended early, once, and never changed', async () => {
    const own = written('停电', { minutes: 60, channels: ['wechat'] });
    await call('POST', '', own);
    await call('POST', '', { ...own, text: { zh: '别的话' } });
    expect((await readLiveBulletins(db, now))[0]?.text.zh).toBe('停电');
    await until(async () => other.factsFor({ ...message(), channel: 'wechat' }).length === 1);
    expect(other.factsFor(message())).toEqual([]);
    now += MINUTE;
    expect((await call('DELETE', `/${own.id}`)).status).toBe(200);
    expect((await call('DELETE', `/${own.id}`)).status).toBe(404);
    expect((await call('DELETE', '/nothing')).status).toBe(404);
    expect((await page()).bulletins[0]).toMatchObject({ id: own.id, endedAt: now, endedByName: '班长' });
    await until(async () => other.factsFor({ ...message(), channel: 'wechat' }).length === 0);
    expect((await actsOn(own.id)).map(({ action }) => action)).toEqual(['bulletin.publish', 'bulletin.end']);
  });

  it('are five at most, however many are published at once', async () => {
    const all = await Promise.all(Array.from({ length: 7 }, (_, n) => call('POST', '', written(`第${n}条`))));
    expect(all.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409]);
    expect(await readLiveBulletins(db, now)).toHaveLength(5);
  });

  it('are not one too many when two are published at the same moment', async () => {
    for (let n = 0; n < 4; n += 1) await call('POST', '', written(`第${n}条`));
    let isSettled = false;
    let sixth: Promise<unknown> = Promise.resolve();
    await db.transaction().execute(async (tx) => {
      await takeLock(tx, BULLETINS_LOCK);
      const values = { id: randomUUID(), account_id: LEAD, text: '{"zh":"第五条","en":null}', places: '[]' };
      const times = { at: String(now), until_at: String(now + MINUTE), ended_at: null, ended_by: null };
      await tx
        .insertInto('bulletins')
        .values({ ...values, ...times, channels: null })
        .execute();
      sixth = call('POST', '', written('第六条')).finally(() => {
        isSettled = true;
      });
      // It waits for the one that is under way; whoever does not wait has an answer by now.
      const waiting = sql<{ n: number }>`
        SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
      await until(async () => isSettled || ((await waiting.execute(db)).rows[0]?.n ?? 0) > 0);
    });
    expect(await sixth).toMatchObject({ status: 409 });
  });

  it.each([
    ['an empty text', written(' ')],
    ['a long text', written('断'.repeat(201))],
    ['markup', written('<a href="https://evil.example">点我</a>')],
    ['two lines', written('一\n二')],
    ['what cannot be seen', written('正常\u202e倒过来')],
    ['an ID card', written(`联系 ${IDENTITY_CARD}`)],
    ['a place that is not served', written('停电', { places: [{ province: '无名省' }] })],
    ['too short a time', written('停电', { minutes: 5 })],
    ['a time without end', written('停电', { minutes: 100_000 })],
    ['no channel', written('停电', { channels: [] })],
  ])('are refused with %s, and nothing is told', async (_what, own) => {
    expect((await call('POST', '', own)).status).toBe(400);
    expect(await readLiveBulletins(db, now)).toEqual([]);
  });

  it('are published by who may, and read by auditors', async () => {
    expect((await call('POST', '', written('停电'), 'agent')).status).toBe(403);
    expect((await call('POST', '', written('停电'), 'auditor')).status).toBe(403);
    expect((await call('GET', '', undefined, 'auditor')).status).toBe(200);
    expect((await call('GET', '', undefined, 'agent')).status).toBe(403);
  });

  it('stand beside the conversation of an agent, with whether the customer has heard them', async () => {
    const [heard, unheard] = [written('停电'), written('抢修')];
    await call('POST', '', heard);
    now += 1;
    await call('POST', '', unheard);
    await call('POST', '', written('只在微信', { channels: ['wechat'] }));
    const talk = startConversation();
    talk.say('人工');
    const state = { ...talk.state, bulletins: { sessionId: 's', ids: [heard.id] } };
    // Only the content of today is asked for.
    const content = { current: smallContent() } as ContentVersions;
    const shown = await createBulletinsOf({ db, content, clock: () => now })(state);
    expect(shown.map(({ text, isTold }) => [text.zh, isTold])).toEqual([
      ['停电', true],
      ['抢修', false],
    ]);
  });

  it('are shown beforehand as customers of each channel have them before them', async () => {
    const { body } = await call('POST', '/preview', {
      text: { zh: '停电 [点我](https://x) *粗*', en: 'Off' },
    });
    const { said } = body as unknown as BulletinPreview;
    expect(new Set(said.map(({ channel }) => channel)).size).toBe(5);
    expect(said.every(({ texts }) => texts.length === 1)).toBe(true);
    expect(await readLiveBulletins(db, now)).toEqual([]);
  });
});
