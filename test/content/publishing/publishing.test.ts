import { once } from 'node:events';
import { createContentChecker } from '../../../src/content/check/checker';
import { versionOf } from '../../../src/content/content';
import { createDraftStore } from '../../../src/content/drafts/draft-store';
import { createDrafts } from '../../../src/content/drafts/drafts';
import { createPlaceRights } from '../../../src/content/place-rights/place-rights';
import { createBringUp } from '../../../src/content/publishing/bring-up';
import { createLoaderGate } from '../../../src/content/publishing/gate';
import { readPublications } from '../../../src/content/publishing/publications';
import { createPublisher, type Publisher } from '../../../src/content/publishing/publisher';
import { createReviews } from '../../../src/content/publishing/reviews';
import { registerDraft } from '../../../src/content/routes-draft';
import { registerPublish } from '../../../src/content/routes-publish';
import { registerReviews } from '../../../src/content/routes-reviews';
import { registerVersions } from '../../../src/content/routes-versions';
import { startServing } from '../../../src/content/serving/serve-loop';
import { createServingStore } from '../../../src/content/serving/serving-store';
import { createPostgresVersionStore } from '../../../src/content/version-store';
import type { ContentVersions } from '../../../src/content/versions';
import { draftSchema, publishedSchema } from '../../../src/contract/content-editing';
import { createHttpServer, listen } from '../../../src/http/server';
import { connectDatabase, type Database } from '../../../src/records/database';
import { learn } from '../../../src/understanding/learn';
import { callJson } from '../../support/app';
import { addTestAccounts, openTestContent, removeTestFolders } from '../../support/content-node';
import { createTestDatabase } from '../../support/postgres';
import { guardByCookie } from '../../support/sign-in-as';
import { tinyContent, withWords } from '../../support/tiny-content';
import { silent, until } from '../../support/turns';

const WANG = '00000000-0000-4000-8000-000000000001';
const LI = '00000000-0000-4000-8000-000000000002';
const [ONE, OTHER] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
const PRAISE = 'dialogs/praise.yaml';
const DAY_MS = 24 * 3600_000;

describe('publishing', () => {
  let db: Database;
  let url = '';
  let now = 1e12;
  let here: ContentVersions;
  let there: ContentVersions;
  let publisher: Publisher;
  let needsSecondPerson = false;
  const learnedBy = { here: 0, there: 0 };
  const loops: { stop(): Promise<void> }[] = [];
  const server = createHttpServer();
  const checker = createContentChecker();

  const openNode = (who: 'here' | 'there', files = tinyContent) =>
    openTestContent(db, files, {
      clock: () => now,
      read: checker.read,
      train: async (training, version) => {
        learnedBy[who] += 1;
        return learn(training, version);
      },
    });

  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await addTestAccounts(db, { [WANG]: '王', [LI]: '李' });
    const serving = createServingStore(db);
    here = await openNode('here');
    there = await openNode('there');
    loops.push(startServing({ nodeId: ONE, versions: here, store: serving, log: silent }));
    loops.push(startServing({ nodeId: OTHER, versions: there, store: serving, log: silent }));
    const store = createPostgresVersionStore(db);
    const draftStore = createDraftStore(db);
    const clock = () => now;
    const state = () => here.served.state;
    const drafts = createDrafts({
      timeZone: 'Asia/Shanghai',
      store: draftStore,
      versions: store,
      current: () => state().current,
      checker,
      rights: createPlaceRights(db, clock),
      clock,
    });
    const reviews = createReviews(db);
    const make = (isStrict: boolean) =>
      createPublisher({
        drafts,
        store,
        serving,
        bringUp: createBringUp({ serving, versions: here }),
        gate: createLoaderGate(checker),
        reviews,
        rights: createPlaceRights(db, clock),
        needsSecondPerson: isStrict,
        clock,
        log: silent,
      });
    publisher = make(false);
    const strict = make(true);
    const requirePermission = guardByCookie(() => url);
    const routes = { requirePermission, log: silent };
    registerDraft(server, { drafts, ...routes });
    registerVersions(server, {
      store,
      readPublications: (ids) => readPublications(db, ids),
      state,
      ...routes,
    });
    registerPublish(server, {
      publisher: {
        ...publisher,
        publish: (...all) => (needsSecondPerson ? strict : publisher).publish(...all),
      },
      drafts,
      state,
      ...routes,
    });
    registerReviews(server, { drafts, draftStore, store, reviews, clock, ...routes });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  });
  afterAll(async () => {
    for (const loop of loops) await loop.stop();
    server.close();
    await once(server, 'close');
    await checker.close();
    await db.destroy();
    removeTestFolders();
  });

  const call = (method: string, path: string, body?: unknown, who = WANG) =>
    callJson(method, `${url}/admin/content/${path}`, { cookie: `bot_sign_in=admin.${who}`, body });
  const draftOf = async (who = WANG) => draftSchema.parse((await call('GET', 'draft', undefined, who)).body);
  const save = async (changes: Record<string, string | null>, who = WANG) => {
    const { revision } = await draftOf(who);
    return Number((await call('PUT', 'draft', { revision, changes }, who)).body.revision);
  };
  const words = (text: string) => ({ [PRAISE]: withWords(tinyContent, text)[PRAISE] ?? '' });
  const publish = async (text: string, changed: object = {}) => {
    const revision = await save(words(text));
    return call('POST', 'publish', { revision, message: `改成${text}`, ...changed });
  };
  const said = (versions: ContentVersions) => JSON.stringify(versions.current.dialogs.dialogs.get('praise'));

  it('is seen by all nodes when it is answered, and learned by one of them only', async () => {
    const before = { ...learnedBy };
    const revision = await save({
      ...words('新的话'),
      'intents/praise.yaml': `${tinyContent['intents/praise.yaml']}`.replace(
        'zh:\n',
        'zh:\n    - 你们的师傅真棒\n',
      ),
    });
    const done = await call('POST', 'publish', { revision, message: '加了一种说法' });
    expect(done.status).toBe(200);
    const { version, isEverywhere, state } = publishedSchema.parse(done.body);
    expect([isEverywhere, state]).toEqual([true, { type: 'current' }]);
    for (const node of [here, there]) {
      expect(node.current.version).toBe(version);
      expect(said(node)).toContain('新的话');
      expect(node.forNew({ conversationId: 'c', channel: 'web' }).version).toBe(version);
      expect(node.current.understand('你们的师傅真棒', { now, localeHint: null }).intents[0]?.intent).toBe(
        'praise',
      );
    }
    expect([learnedBy.here - before.here, learnedBy.there - before.there]).toEqual([1, 0]);
    expect(await draftOf()).toMatchObject({ base: version, changed: [], isBehind: false });
    expect((await call('GET', 'versions')).body.versions).toMatchObject([
      {
        number: 2,
        author: { name: '王' },
        message: '加了一种说法',
        changedCount: 2,
        publications: [{ action: 'publish' }],
      },
      { number: 1, author: null, parent: null, state: { type: 'past' } },
    ]);
    const audit = await db.selectFrom('audit').selectAll().execute();
    expect(audit).toMatchObject([
      { account_id: WANG, action: 'content.publish', subject: `content:${version}`, note: null },
    ]);
  });

  it('is for an account with places only what its draft may hold, and nothing that reaches everybody', async () => {
    const limit = (places: string[]) =>
      db.updateTable('accounts').set({ places }).where('id', '=', LI).execute();
    const revision = await save(words('李的话'), LI);
    await limit(['江苏省']);
    const before = here.served;
    const past = { version: versionOf(tinyContent), message: '回去' };
    const tried = [
      call('POST', 'publish', { revision, message: '写在限制之前' }, LI),
      call('POST', 'roll-back', past, LI),
      call('POST', 'stop', { ...past, version: before.state.current }, LI),
      call('POST', 'roll-out', { ...past, share: 1, channels: null }, LI),
      call('DELETE', 'schedule', undefined, LI),
    ];
    for (const { status, body } of await Promise.all(tried)) {
      expect([status, body.error]).toMatchObject([403, { code: 'forbidden' }]);
      expect(body.error).toMatchObject({ message: expect.stringMatching(/江苏省.*ask an admin/) });
    }
    expect(here.served).toEqual(before);
    await limit([]);
    await call('DELETE', 'draft', undefined, LI);
    await db.deleteFrom('audit').where('action', '=', 'content.refuse').execute();
  });

  it('is refused with every reason, and changes nothing', async () => {
    const before = here.served;
    const empty = await call('POST', 'publish', { revision: (await draftOf()).revision, message: '空' });
    expect(empty).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/no changes/) } },
    });
    const revision = await save({ [PRAISE]: 'id: praise\nsteps: []\n' });
    const broken = await call('POST', 'publish', { revision, message: '坏' });
    expect(broken).toMatchObject({ status: 422, body: { blockers: [{ check: 'problems' }] } });
    const unfilled = `${withWords(tinyContent, '"谢谢 {{ slots.who.name }}"')[PRAISE]}`.replace(
      'steps:',
      'slots:\n  who: { name: { zh: 谁, en: who } }\nsteps:',
    );
    const walked = await call('POST', 'publish', {
      revision: await save({ [PRAISE]: unfilled }),
      message: '空',
    });
    expect(walked).toMatchObject({
      status: 422,
      body: {
        blockers: [{ check: 'unfilled', problems: [{ file: PRAISE, message: '"who" may be empty here' }] }],
      },
    });
    expect((await call('POST', 'publish', { revision, message: '旧' })).status).toBe(409);
    expect((await call('POST', 'publish', { revision, message: ' ' })).status).toBe(400);
    expect((await call('POST', 'publish', { revision, message: 'x' }, LI)).status).toBe(409);
    expect(here.served).toBe(before);
    expect(
      await createPostgresVersionStore(db).get(versionOf({ ...tinyContent, [PRAISE]: unfilled })),
    ).toBeNull();
    await call('DELETE', 'draft');
  });

  it('goes back to an earlier version in one call', async () => {
    const [, first] = (await call('GET', 'versions')).body.versions as { id: string }[];
    const back = await call('POST', 'roll-back', { version: first?.id, message: '说法不对' });
    expect(back).toMatchObject({ status: 200, body: { version: first?.id, isEverywhere: true } });
    expect(there.current.version).toBe(first?.id);
    expect((await call('POST', 'roll-back', { version: first?.id, message: '再来' })).status).toBe(409);
    expect((await call('POST', 'roll-back', { version: 'nothing', message: '?' })).status).toBe(404);
  });

  it('is tried with a share, widened to all, and stopped for everybody', async () => {
    const before = here.current.version;
    const rollOut = { share: 0.4, channels: ['web'] };
    const tried = publishedSchema.parse((await publish('试一试', { rollOut })).body);
    expect(tried.state).toEqual({ type: 'rolling-out', ...rollOut });
    const got = Array.from({ length: 200 }, (_, i) =>
      there.forNew({ conversationId: `c${i}`, channel: 'web' }),
    );
    expect(new Set(got.map(({ version }) => version))).toEqual(new Set([before, tried.version]));
    expect(there.forNew({ conversationId: 'c1', channel: 'app' }).version).toBe(before);
    const all = { version: tried.version, message: '好用', share: 1 };
    expect((await call('POST', 'roll-out', { ...all, version: before })).status).toBe(409);
    expect((await call('POST', 'roll-out', all)).body).toMatchObject({ state: { type: 'current' } });
    expect(there.current.version).toBe(tried.version);
    const stopped = await call('POST', 'stop', { version: tried.version, message: '出错' });
    expect(stopped).toMatchObject({ status: 200, body: { version: before, isEverywhere: true } });
    expect(there.current.version).toBe(before);
    expect(there.moveOf(tried.version, now)).toMatchObject({ kind: 'restart', to: before, isStop: true });
    await call('DELETE', 'draft');
  });

  it('waits for its time, is alone until then, and is called off or published', async () => {
    const before = here.current.version;
    const at = new Date(now + DAY_MS).toISOString();
    const planned = await publish('明天的话', { at });
    expect(planned).toMatchObject({ status: 200, body: { state: { type: 'scheduled', at } } });
    const revision = await save(words('今天的话'));
    expect((await call('POST', 'publish', { revision, message: '插队' })).status).toBe(409);
    expect(await publisher.runDue()).toBe(false);
    expect((await call('DELETE', 'schedule')).status).toBe(200);
    expect((await call('DELETE', 'schedule')).status).toBe(409);
    const { version: unused } = publishedSchema.parse(planned.body);
    await until(() => here.served.state.planned === null);
    expect((await call('GET', 'versions')).body.versions).toContainEqual(
      expect.objectContaining({ id: unused, state: { type: 'unused' } }),
    );
    const past = await call('POST', 'roll-back', { version: unused, message: '绕过检查' });
    expect(past).toMatchObject({ status: 409, body: { error: { message: expect.stringMatching(/tried/) } } });
    expect((await publish('过去', { at: new Date(now).toISOString() })).status).toBe(400);
    const again = publishedSchema.parse((await publish('明天的话', { at })).body);
    now += DAY_MS;
    expect(await publisher.runDue()).toBe(true);
    expect(await publisher.runDue()).toBe(false);
    expect([here.current.version, there.current.version]).toEqual([again.version, again.version]);
    expect(here.moveOf(before, now)).toBeNull();
    expect(here.moveOf(before, now + 31 * DAY_MS)).toMatchObject({ kind: 'restart' });
    await call('DELETE', 'draft');
  });

  it('asks a second person when the setting says so, and again after every change', async () => {
    needsSecondPerson = true;
    const first = await publish('要人看');
    expect(first).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/approve/) } },
    });
    const { revision } = await draftOf();
    expect((await call('GET', 'drafts', undefined, LI)).body.drafts).toMatchObject([
      { accountId: WANG, name: '王', changed: [{ path: PRAISE }], approvedBy: [] },
    ]);
    expect((await call('POST', `drafts/${WANG}/approve`, { revision })).status).toBe(403);
    expect((await call('POST', `drafts/${WANG}/approve`, { revision: revision - 1 }, LI)).status).toBe(409);
    expect((await call('POST', `drafts/${LI}/approve`, { revision: 1 }, WANG)).status).toBe(404);
    expect((await call('GET', `drafts/${WANG}`, undefined, LI)).body).toMatchObject({ revision });
    expect((await call('POST', `drafts/${WANG}/approve`, { revision }, LI)).body).toMatchObject({
      approvedBy: [{ id: LI, name: '李' }],
    });
    expect((await publish('又改了')).status).toBe(409);
    expect((await publish('要人看')).status).toBe(200);
    needsSecondPerson = false;
  });

  it('keeps what was published at the next start, and offers new files to be taken over', async () => {
    const published = here.current.version;
    expect((await openNode('here')).current.version).toBe(published);
    const newer = { ...tinyContent, 'intents/greet.yaml': `${tinyContent['intents/greet.yaml']}# release\n` };
    expect((await openNode('here', newer)).current.version).toBe(published);
    await until(() => here.served.state.offered !== null);
    expect((await call('GET', 'versions')).body.versions).toContainEqual(
      expect.objectContaining({ id: versionOf(newer), state: { type: 'offered' } }),
    );
    const taken = draftSchema.parse((await call('POST', 'offered/take')).body);
    expect(taken).toMatchObject({
      isBehind: true,
      changed: [{ path: 'intents/greet.yaml', kind: 'changed' }],
    });
    expect((await call('POST', 'offered/take')).status).toBe(409);
    const moved = await call('POST', 'draft/rebase', { revision: taken.revision });
    expect(moved.body).toMatchObject({ isMoved: true, conflicts: [] });
    const { revision, files } = await draftOf();
    expect(files).toEqual({ ...newer, ...words('要人看') });
    expect((await call('POST', 'publish', { revision, message: '新版本的文件' })).status).toBe(200);
  });
});
