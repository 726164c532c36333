import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { findAccount } from '../../../src/accounts/accounts';
import { createContentChecker } from '../../../src/content/check/checker';
import { type ContentFiles, versionOf } from '../../../src/content/content';
import { createDraftStore } from '../../../src/content/drafts/draft-store';
import { createDrafts } from '../../../src/content/drafts/drafts';
import { createPlaceRights } from '../../../src/content/place-rights/place-rights';
import type { Publisher } from '../../../src/content/publishing/publisher';
import { registerDraft } from '../../../src/content/routes-draft';
import { registerPublish } from '../../../src/content/routes-publish';
import { registerTokens } from '../../../src/content/routes-tokens';
import { registerTrials } from '../../../src/content/routes-trials';
import { registerVersions } from '../../../src/content/routes-versions';
import { firstState } from '../../../src/content/serving/serving-state';
import { readBase, readFolder, writeFolder } from '../../../src/content/sync/content-folder';
import { runContent } from '../../../src/content/sync/run-content';
import { createContentTokens } from '../../../src/content/tokens/content-tokens';
import { createContentGuard } from '../../../src/content/tokens/guard';
import type { Trials } from '../../../src/content/trials/trials';
import { createPostgresVersionStore } from '../../../src/content/version-store';
import { createHttpServer, listen } from '../../../src/http/server';
import { connectDatabase, type Database } from '../../../src/records/database';
import { callJson } from '../../support/app';
import { addTestAccounts } from '../../support/content-node';
import { shippedPermissions } from '../../support/permissions';
import { createTestDatabase } from '../../support/postgres';
import { guardByCookie } from '../../support/sign-in-as';
import { SEED, size } from '../../support/size';
import { tinyContent, withWords } from '../../support/tiny-content';
import { silent } from '../../support/turns';

const CI = '00000000-0000-4000-8000-000000000001';
const PRAISE = 'dialogs/praise.yaml';
const DAY_MS = 24 * 3600_000;

describe('content between a folder and a server', () => {
  let db: Database;
  let url = '';
  let token = '';
  let current = '';
  let now = 1e12;
  let blocks: string[] = [];
  const folders: string[] = [];
  const server = createHttpServer();
  const checker = createContentChecker();
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'content-sync-'));
    folders.push(folder);
    return folder;
  };

  /** What a publish does for the store, without learning anything. */
  async function serve(files: ContentFiles, message: string): Promise<string> {
    const version = versionOf(files);
    const origin = { authorId: CI, message, parent: current || null, changedCount: 1 };
    await createPostgresVersionStore(db).put(version, files, now, origin);
    current = version;
    return version;
  }

  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await addTestAccounts(db, { [CI]: '流水线' });
    await serve(tinyContent, 'first');
    const store = createPostgresVersionStore(db);
    const bySignIn = guardByCookie(() => url);
    const tokens = createContentTokens(db, () => now);
    const find = (id: string) => findAccount(db, { id });
    const requirePermission = createContentGuard({
      requirePermission: bySignIn,
      tokens,
      findAccount: find,
      permissions: shippedPermissions,
    });
    const routes = { requirePermission, log: silent };
    const drafts = createDrafts({
      timeZone: 'Asia/Shanghai',
      store: createDraftStore(db),
      versions: store,
      current: () => current,
      checker,
      rights: createPlaceRights(db, () => now),
      clock: () => now,
    });
    const trial = () => ({
      id: 't',
      version: 'v',
      base: current,
      state: 'done' as const,
      startedAt: new Date(now).toISOString(),
      result: null,
      verdicts: {},
      blocks,
    });
    const trials: Pick<Trials, 'start' | 'read'> = { start: async () => trial(), read: async () => trial() };
    const publisher: Pick<Publisher, 'publish'> = {
      async publish({ accountId }, { message }) {
        const { files } = await drafts.read(accountId);
        const version = await serve(files, message);
        await drafts.discard(accountId);
        return {
          status: 'published',
          published: { version, state: { type: 'current' }, isEverywhere: true },
        };
      },
    };
    registerDraft(server, { drafts, ...routes });
    registerVersions(server, {
      store,
      readPublications: async () => new Map(),
      state: () => firstState(current),
      ...routes,
    });
    // Only what a push calls.
    registerTrials(server, { trials: trials as Trials, ...routes });
    registerPublish(server, {
      publisher: publisher as Publisher,
      drafts,
      state: () => firstState(current),
      ...routes,
    });
    registerTokens(server, { tokens, requirePermission: bySignIn, log: silent });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
    await checker.close();
    await db.destroy();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const call = (method: string, path: string, body?: unknown) =>
    callJson(method, `${url}/admin/content/${path}`, { cookie: `bot_sign_in=admin.${CI}`, body });
  async function run(args: string[], given = token): Promise<{ code: number; said: string }> {
    const lines: string[] = [];
    const env = { CONTENT_URL: url, CONTENT_TOKEN: given };
    const code = await runContent(args, env, (text) => lines.push(text));
    return { code, said: lines.join('\n') };
  }

  it('takes a token that was made by somebody signed in, shown once and kept hashed', async () => {
    const made = await call('POST', 'tokens', { name: 'CI', days: 30 });
    expect(made.status).toBe(201);
    token = String(made.body.token);
    expect((await call('GET', 'tokens')).body).toMatchObject({
      tokens: [{ name: 'CI', account: { name: '流水线' } }],
    });
    expect(JSON.stringify((await call('GET', 'tokens')).body)).not.toContain(token);
    expect(JSON.stringify(await db.selectFrom('content_tokens').selectAll().execute())).not.toContain(token);
    const withToken = (path: string) => callJson('GET', `${url}/admin/content/${path}`, { token });
    expect((await withToken('draft')).status).toBe(200);
    expect((await withToken('tokens')).status).toBe(401);
    expect(
      (await callJson('GET', `${url}/admin/content/draft`, { token: `content_${'x'.repeat(43)}` })).status,
    ).toBe(401);
  });

  it('pulls, shows what differs, pushes and pulls the same bytes', async () => {
    const [one, two] = [newFolder(), newFolder()];
    expect((await run(['pull', '--dir', one])).code).toBe(0);
    expect(readFolder(one)).toEqual(tinyContent);
    expect(await run(['diff', '--dir', one])).toMatchObject({
      code: 0,
      said: expect.stringMatching(/The same/),
    });
    const text = `# 备注 ✓\r\n${withWords(tinyContent, '推上来的')[PRAISE]}\n\n# end without a line break`;
    writeFileSync(join(one, PRAISE), text);
    expect(await run(['diff', '--dir', one])).toEqual({ code: 1, said: `M ${PRAISE}` });
    const pushed = await run(['push', '--dir', one, '--message', '来自流水线']);
    expect(pushed).toMatchObject({ code: 0, said: expect.stringMatching(/Published/) });
    expect(readBase(one)).toBe(current);
    expect((await run(['pull', '--dir', two])).code).toBe(0);
    expect(readFileSync(join(two, PRAISE))).toEqual(Buffer.from(text));
    expect(readFolder(two)).toEqual(readFolder(one));
    expect((await run(['push', '--dir', two, '--message', 'x'])).said).toMatch(/nothing to push/);
  });

  it('refuses to lose what somebody else has written, on either side', async () => {
    const folder = newFolder();
    await run(['pull', '--dir', folder]);
    writeFileSync(join(folder, PRAISE), `${tinyContent[PRAISE]}# here\n`);
    expect(await run(['pull', '--dir', folder])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/--force/),
    });
    await serve({ ...tinyContent, [PRAISE]: `${tinyContent[PRAISE]}# there\n` }, 'by another');
    expect(await run(['push', '--dir', folder, '--message', 'x'])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/pull into a branch/),
    });
    expect((await run(['pull', '--dir', folder, '--force'])).code).toBe(0);
    const draft = (await call('GET', 'draft')).body;
    await call('PUT', 'draft', {
      revision: draft.revision,
      changes: { [PRAISE]: `${tinyContent[PRAISE]}# mine\n` },
    });
    writeFileSync(join(folder, PRAISE), `${tinyContent[PRAISE]}# pushed\n`);
    expect((await run(['push', '--dir', folder, '--message', 'x'])).said).toMatch(/a draft of its own/);
    await call('DELETE', 'draft');
  });

  it('publishes nothing that has problems or fails its trial, and says why', async () => {
    const folder = newFolder();
    await run(['pull', '--dir', folder]);
    const before = current;
    writeFileSync(join(folder, PRAISE), 'id: praise\nsteps: []\n');
    expect(await run(['push', '--dir', folder, '--message', 'x'])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/dialogs\/praise\.yaml:1 /),
    });
    await call('DELETE', 'draft');
    writeFileSync(join(folder, PRAISE), `${tinyContent[PRAISE]}# tried\n`);
    blocks = ['2 of 30 scripted conversations fail'];
    expect((await run(['push', '--dir', folder, '--message', 'x'])).said).toMatch(/2 of 30/);
    expect(current).toBe(before);
    blocks = [];
    expect((await run(['push', '--dir', folder, '--message', 'x'])).code).toBe(0);
    writeFileSync(join(folder, PRAISE), Buffer.from([0x69, 0xff, 0x0a]));
    expect((await run(['diff', '--dir', folder])).said).toMatch(/not UTF-8/);
    expect((await run(['push', '--dir', folder])).code).toBe(2);
    expect((await run(['push', '--nonsense'])).code).toBe(2);
  });

  it('writes no file outside of content, whatever a server sends', () => {
    const folder = newFolder();
    for (const path of [
      '../x.yaml',
      'dialogs/../../x.yaml',
      '/tmp/x.yaml',
      '.content-version',
      'dialogs/policies/permissions.yaml',
    ])
      expect(() => writeFolder(folder, { [path]: '' })).toThrow(/is no file of content/);
  });

  it('keeps every byte of any text and any order, on disk and in the store', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('# 注释', '\t', ' ', '\ufeff', '"a": b\r'),
    );
    const text = fc
      .array(line, { maxLength: 6 })
      .map((lines) => lines.join('\n').replace(/(?![\t\n\r])\p{Cc}|\p{Cs}/gu, ''));
    const files = fc.dictionary(
      fc.constantFrom('intents/a.yaml', 'dialogs/b-1.yaml', 'intents/entities/c.yaml'),
      text,
      {
        noNullPrototype: true,
      },
    );
    const store = createPostgresVersionStore(db);
    const folder = newFolder();
    writeFolder(folder, tinyContent);
    await fc.assert(
      fc.asyncProperty(files, async (some) => {
        const whole = { ...some, ...tinyContent };
        writeFolder(folder, whole);
        expect(readFolder(folder)).toEqual(whole);
        await store.put(versionOf(whole), whole, now);
        expect(await store.get(versionOf(whole))).toEqual(whole);
      }),
      { numRuns: size({ test: 15, prove: 300 }), seed: SEED },
    );
  });

  it('takes no token that was ended, is too old, or whose account was disabled', async () => {
    const [made] = (await call('GET', 'tokens')).body.tokens as { id: string }[];
    const isTaken = async (given: string) =>
      (await callJson('GET', `${url}/admin/content/draft`, { token: given })).status === 200;
    expect((await call('DELETE', `tokens/${made?.id}`)).status).toBe(200);
    expect((await call('DELETE', `tokens/${made?.id}`)).status).toBe(404);
    expect(await isTaken(token)).toBe(false);
    const other = String((await call('POST', 'tokens', { name: 'CI', days: 1 })).body.token);
    expect(await isTaken(other)).toBe(true);
    await db.updateTable('accounts').set({ disabled_at: '1' }).where('id', '=', CI).execute();
    expect(await isTaken(other)).toBe(false);
    await db.updateTable('accounts').set({ disabled_at: null }).where('id', '=', CI).execute();
    now += DAY_MS;
    expect(await isTaken(other)).toBe(false);
    const audit = await db.selectFrom('audit').select(['action']).execute();
    expect(audit.map(({ action }) => action)).toEqual([
      'content.token',
      'content.token.end',
      'content.token',
    ]);
  });
});
