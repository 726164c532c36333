import { once } from 'node:events';
import { createContentChecker } from '../../../src/content/check/checker';
import { readContent, versionOf } from '../../../src/content/content';
import { createDraftStore } from '../../../src/content/drafts/draft-store';
import { createDrafts } from '../../../src/content/drafts/drafts';
import { CONTENT_LIMITS, checkFile, checkFiles } from '../../../src/content/limits';
import { createPlaceRights } from '../../../src/content/place-rights/place-rights';
import { registerDraft } from '../../../src/content/routes-draft';
import { registerVersions } from '../../../src/content/routes-versions';
import { firstState, makeCurrent } from '../../../src/content/serving/serving-state';
import { createPostgresVersionStore } from '../../../src/content/version-store';
import { draftSchema, rebasedSchema } from '../../../src/contract/content-editing';
import { createHttpServer, listen } from '../../../src/http/server';
import { connectDatabase, type Database } from '../../../src/records/database';
import { callJson } from '../../support/app';
import { addTestAccounts } from '../../support/content-node';
import { createTestDatabase } from '../../support/postgres';
import { guardByCookie } from '../../support/sign-in-as';
import { tinyContent, withWords } from '../../support/tiny-content';
import { silent } from '../../support/turns';

const ONE = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const PRAISE = 'dialogs/praise.yaml';

describe('limits of content', () => {
  it('take the names and texts that content has, and no others', () => {
    checkFile('dialogs/policies/fault-promise.yaml', '');
    for (const path of Object.keys(tinyContent)) checkFile(path, tinyContent[path] ?? '');
    const foreign = [
      '../x.yaml',
      'dialogs/../x.yaml',
      'dialogs/policies/routing.yaml',
      'dialogs/policies/permissions.yaml',
      '/etc/passwd',
      'dialogs/A.yaml',
    ];
    for (const path of [
      ...foreign,
      'dialogs/a.yaml\n',
      'intents/a.md',
      '__proto__',
      'dialogs/knowledge/../a.md',
    ])
      expect(() => checkFile(path, '')).toThrow(/is no file of content/);
    for (const text of ['a\0', 'a\u0007', '\ud800'])
      expect(() => checkFile(PRAISE, `one\n${text}`)).toThrow(/line 2/);
    expect(() => checkFile(PRAISE, 'x'.repeat(CONTENT_LIMITS.fileChars + 1))).toThrow(/divide it/);
    const many = Object.fromEntries(
      Array.from({ length: CONTENT_LIMITS.files + 1 }, (_, i) => [`intents/a${i}.yaml`, '']),
    );
    expect(() => checkFiles(many)).toThrow(/may have 2000/);
  });
});

describe('drafts', () => {
  let db: Database;
  let url = '';
  let current = '';
  const server = createHttpServer();
  const checker = createContentChecker();

  async function publish(files: Record<string, string>): Promise<void> {
    await createPostgresVersionStore(db).put(versionOf(files), files, 1e12, {
      authorId: ONE,
      message: '改了话术',
      parent: current || null,
      changedCount: 1,
    });
    current = versionOf(files);
  }
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await addTestAccounts(db, { [ONE]: '王', [OTHER]: '李' });
    await publish(tinyContent);
    const versions = createPostgresVersionStore(db);
    const requirePermission = guardByCookie(() => url);
    const drafts = createDrafts({
      timeZone: 'Asia/Shanghai',
      store: createDraftStore(db),
      versions,
      current: () => current,
      checker,
      rights: createPlaceRights(db, () => 1e12),
      clock: () => 1e12,
    });
    registerDraft(server, { drafts, requirePermission, log: silent });
    registerVersions(server, {
      store: versions,
      readPublications: async () => new Map(),
      state: () => makeCurrent(firstState(versionOf(tinyContent)), current, 1e12),
      requirePermission,
      log: silent,
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
    await checker.close();
    await db.destroy();
  });

  const call = (method: string, path: string, as: string, body?: unknown) =>
    callJson(method, `${url}/admin/content/${path}`, { cookie: `bot_sign_in=${as}`, body });
  const mine = (method: string, body?: unknown) => call(method, 'draft', `admin.${ONE}`, body);
  const revisionNow = async () => draftSchema.parse((await mine('GET')).body).revision;
  const save = async (changes: Record<string, string | null>) =>
    mine('PUT', { revision: await revisionNow(), changes });

  it('are for admins; auditors read versions and agents nothing', async () => {
    expect((await call('GET', 'draft', `auditor.${ONE}`)).status).toBe(403);
    expect((await call('GET', 'versions', `auditor.${ONE}`)).status).toBe(200);
    expect((await call('GET', 'versions', `agent.${ONE}`)).status).toBe(403);
  });

  it('begin as the current version, and keep each save with its problems in place', async () => {
    const begun = draftSchema.parse((await mine('GET')).body);
    expect(begun).toMatchObject({ base: current, revision: 0, changed: [], problems: [], isBehind: false });
    expect(begun.files).toEqual(tinyContent);
    const broken = (tinyContent[PRAISE] ?? '').replace('next: over', 'next: nowhere');
    const saved = await save({ [PRAISE]: broken, 'intents/new.yaml': 'id: new\n' });
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({
      revision: 1,
      changed: [
        { path: PRAISE, kind: 'changed' },
        { path: 'intents/new.yaml', kind: 'added' },
      ],
    });
    expect(saved.body.problems).toContainEqual(expect.objectContaining({ file: PRAISE, line: 12 }));
    expect(saved.body.problems).toEqual(
      readContent({ ...tinyContent, [PRAISE]: broken, 'intents/new.yaml': 'id: new\n' }).problems,
    );
    const undone = await save({ [PRAISE]: tinyContent[PRAISE] ?? '', 'intents/new.yaml': null });
    expect(undone.body).toMatchObject({ changed: [], problems: [] });
  });

  it('keep tables byte by byte, and tell of facts that have run out or will within thirty days', async () => {
    const path = 'dialogs/tables/fees.csv';
    // The clock stands on 9 September 2001.
    const text =
      '\ufeffkey,place,until,price:yuan\r\nvisit,,2001-09-08,30\r\nmove,,2001-10-09,"30"\r\nlater,,2001-10-10,1\r\n';
    const saved = await save({ [path]: text });
    expect(saved.body.problems).toEqual([]);
    expect(saved.body.warnings).toEqual(
      [
        [2, '"visit" has run out on 2001-09-08'],
        [3, '"move" runs out on 2001-10-09'],
      ].map(([line, message]) => expect.objectContaining({ file: path, line, message })),
    );
    expect(draftSchema.parse((await mine('GET')).body).files[path]).toBe(text);
    const broken = await save({ [path]: text.replace('"30"', 'thirty') });
    expect(broken.body.problems).toEqual([
      expect.objectContaining({ file: path, line: 3, path: 'price', message: '"thirty" is no amount' }),
    ]);
    expect((await save({ 'dialogs/tables/Fees 2.csv': 'key\n' })).status).toBe(400);
    await save({ [path]: null });
  });

  it('refuse an old revision and show what is there; of two saves at once one counts', async () => {
    const revision = await revisionNow();
    const tried = await Promise.all(
      ['甲甲', '乙乙'].map((words) =>
        mine('PUT', { revision, changes: { [PRAISE]: withWords(tinyContent, words)[PRAISE] } }),
      ),
    );
    expect(tried.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = tried.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ error: { code: 'conflict' }, draft: { revision: revision + 1 } });
    expect(await revisionNow()).toBe(revision + 1);
  });

  it('refuse what content cannot have, and keep what was there', async () => {
    const before = await mine('GET');
    for (const [path, text] of [
      ['dialogs/../../x.yaml', ''],
      ['dialogs/policies/permissions.yaml', 'roles: {}'],
      [PRAISE, 'a\0'],
    ])
      expect((await save({ [path ?? '']: text ?? '' })).status).toBe(400);
    expect((await mine('PUT', { revision: 'x' })).status).toBe(400);
    expect((await mine('GET')).body).toEqual(before.body);
  });

  it('belong to one person each, and are thrown away whole', async () => {
    await save({ [PRAISE]: withWords(tinyContent, '我的')[PRAISE] ?? '' });
    expect((await call('GET', 'draft', `admin.${OTHER}`)).body).toMatchObject({ changed: [] });
    expect((await mine('DELETE')).body).toMatchObject({ changed: [], files: tinyContent });
  });

  it('go onto a newer version: joined where they fit, asked about where they do not', async () => {
    const path = 'dialogs/praise.yaml';
    await save({
      [path]: withWords(tinyContent, '我的话')[path] ?? '',
      'intents/praise.yaml': `${tinyContent['intents/praise.yaml']}# mine\n`,
    });
    const theirs = {
      ...withWords(tinyContent, '别人的话'),
      'intents/greet.yaml': `${tinyContent['intents/greet.yaml']}# theirs\n`,
    };
    await publish(theirs);
    const behind = draftSchema.parse((await mine('GET')).body);
    expect(behind.isBehind).toBe(true);
    const rebase = (body: object) =>
      call('POST', 'draft/rebase', `admin.${ONE}`, { revision: behind.revision, ...body });
    const asked = rebasedSchema.parse((await rebase({})).body);
    expect(asked).toMatchObject({ isMoved: false, onto: current, draft: { isBehind: true } });
    expect(asked.conflicts.map((conflict) => conflict.path)).toEqual([path]);
    expect((await rebase({ resolved: { [path]: asked.conflicts[0]?.merged } })).status).toBe(400);
    expect((await rebase({ onto: behind.base, resolved: {} })).status).toBe(409);
    const chosen = withWords(tinyContent, '两人的话')[path] ?? '';
    const moved = rebasedSchema.parse(
      (await rebase({ onto: asked.onto, resolved: { [path]: chosen } })).body,
    );
    expect(moved).toMatchObject({ isMoved: true, draft: { base: current, isBehind: false, problems: [] } });
    const { files } = draftSchema.parse((await mine('GET')).body);
    expect(files).toEqual({
      ...theirs,
      [path]: chosen,
      'intents/praise.yaml': `${tinyContent['intents/praise.yaml']}# mine\n`,
    });
  });

  it('leave versions with author, message and what differs', async () => {
    const { body } = await call('GET', 'versions', `admin.${OTHER}`);
    const [newest, oldest] = body.versions as { id: string }[];
    expect(newest).toMatchObject({
      number: 2,
      author: { id: ONE, name: '王' },
      message: '改了话术',
      state: { type: 'current' },
    });
    expect(oldest).toMatchObject({ number: 1, parent: null, state: { type: 'past' } });
    const one = await call('GET', `versions/${oldest?.id}`, `admin.${OTHER}`);
    expect(one.body.files).toEqual(tinyContent);
    const compared = await call('GET', `versions/${newest?.id}?diff=${oldest?.id}`, `admin.${OTHER}`);
    expect(compared.body.files).toHaveLength(2);
    expect((await call('GET', 'versions/nothing', `admin.${OTHER}`)).status).toBe(404);
  });
});

describe('a checker', () => {
  it('gives up on what takes too long, and goes on with the next', async () => {
    const checker = createContentChecker({ timeoutMs: 20_000 });
    // As many equal lines as a file may have: comparing them is quadratic.
    const same = (line: string) => ({ 'dialogs/a.yaml': `${line}\n`.repeat(60_000) });
    const stuck = createContentChecker({ timeoutMs: 300 });
    await expect(
      stuck.merge(
        same('x'),
        { 'dialogs/a.yaml': `${'x\n'.repeat(60_001)}y` },
        { 'dialogs/a.yaml': `z\n${'x\n'.repeat(60_002)}` },
      ),
    ).rejects.toThrow(/longer than 0.3 s/);
    expect((await checker.check(tinyContent)).problems).toEqual([]);
    await stuck.close();
    await checker.close();
  });
});
