import { once } from 'node:events';
import { createContentChecker } from '../../../src/content/check/checker';
import { versionOf } from '../../../src/content/content';
import { createDraftStore } from '../../../src/content/drafts/draft-store';
import { createDrafts } from '../../../src/content/drafts/drafts';
import { createPlaceRights } from '../../../src/content/place-rights/place-rights';
import { registerDraft } from '../../../src/content/routes-draft';
import { createPostgresVersionStore } from '../../../src/content/version-store';
import { draftSchema, rebasedSchema } from '../../../src/contract/content-editing';
import { addRows, setCell } from '../../../src/dialogs/tables/edit-table';
import { createHttpServer, listen } from '../../../src/http/server';
import { connectDatabase, type Database } from '../../../src/records/database';
import { callJson } from '../../support/app';
import { addTestAccounts } from '../../support/content-node';
import { createTestDatabase } from '../../support/postgres';
import { guardByCookie } from '../../support/sign-in-as';
import { tinyContent } from '../../support/tiny-content';
import { silent } from '../../support/turns';

const LOCAL = '00000000-0000-4000-8000-000000000001';
const FREE = '00000000-0000-4000-8000-000000000002';
const FEES = 'dialogs/tables/fees.csv';
const PRAISE = 'dialogs/praise.yaml';
const ROWS = 'key,place,price:yuan\ninstall,,100\ninstall,南京市,50\ninstall,合肥市,60\n';
const PRICE = 2;
const place = (zh: string, ...districts: string[]) =>
  `      - name: { zh: ${zh}, en: A }\n        districts:\n${districts.map((name) => `          - name: { zh: ${name}, en: A }\n            places: []\n`).join('')}`;
const AREAS = `provinces:\n  - name: { zh: 江苏省, en: A }\n    cities:\n${place('南京市', '鼓楼区')}  - name: { zh: 安徽省, en: B }\n    cities:\n${place('合肥市', '庐阳区')}`;

/** An account for Jiangsu, on a real database, with the drafts behind their routes. */
describe('rights by place', () => {
  let db: Database;
  let url = '';
  let current = '';
  const server = createHttpServer();
  const checker = createContentChecker();
  const first = { ...tinyContent, [FEES]: ROWS, 'intents/entities/areas.yaml': AREAS };

  async function publish(files: Record<string, string>): Promise<void> {
    await createPostgresVersionStore(db).put(versionOf(files), files, 1e12, {
      authorId: FREE,
      message: '新版',
      parent: current || null,
      changedCount: 1,
    });
    current = versionOf(files);
  }
  const limit = (places: string[]) =>
    db.updateTable('accounts').set({ places }).where('id', '=', LOCAL).execute();
  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await addTestAccounts(db, { [LOCAL]: '江', [FREE]: '王' });
    await limit(['江苏省']);
    await publish(first);
    const drafts = createDrafts({
      timeZone: 'Asia/Shanghai',
      store: createDraftStore(db),
      versions: createPostgresVersionStore(db),
      current: () => current,
      checker,
      rights: createPlaceRights(db, () => 1e12),
      clock: () => 1e12,
    });
    registerDraft(server, { drafts, requirePermission: guardByCookie(() => url), log: silent });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
    await checker.close();
    await db.destroy();
  });

  const call = (method: string, path: string, body?: unknown, who = LOCAL) =>
    callJson(method, `${url}/admin/content/${path}`, { cookie: `bot_sign_in=admin.${who}`, body });
  const draft = async () => draftSchema.parse((await call('GET', 'draft')).body);
  const save = async (changes: Record<string, string | null>) =>
    call('PUT', 'draft', { revision: (await draft()).revision, changes });
  const refusals = () =>
    db.selectFrom('audit').select(['account_id', 'note']).where('action', '=', 'content.refuse').execute();

  it('saves rows of one’s own places', async () => {
    const text = addRows(setCell(ROWS, 2, PRICE, '55'), [['socket', '江苏省', '20']]);
    expect((await save({ [FEES]: text })).status).toBe(200);
    expect((await draft()).files[FEES]).toBe(text);
    expect(await refusals()).toEqual([]);
  });

  it('refuses a save with anything else, all of it, and notes who tried what', async () => {
    const before = await draft();
    const foreign = setCell(before.files[FEES] ?? '', 1, PRICE, '1');
    const refused = await save({ [FEES]: foreign });
    expect(refused).toMatchObject({
      status: 403,
      body: {
        error: {
          code: 'forbidden',
          message: expect.stringMatching(
            /^Nothing was saved, and the draft is as it was\. dialogs\/tables\/fees\.csv .*江苏省.*ask an admin/,
          ),
        },
      },
    });
    const own = setCell(before.files[FEES] ?? '', 2, PRICE, '58');
    const mixed = await save({ [FEES]: own, [PRAISE]: `${tinyContent[PRAISE]}\n# mine\n` });
    expect(mixed.status).toBe(403);
    expect((await save({ 'intents/entities/areas.yaml': null })).status).toBe(403);
    expect(await draft()).toEqual(before);
    expect(await refusals()).toEqual(
      [FEES, PRAISE, 'intents/entities/areas.yaml'].map((note) => ({ account_id: LOCAL, note })),
    );
  });

  it('brings a newer version under the draft, whatever others changed in it', async () => {
    const theirs = {
      ...first,
      [FEES]: setCell(ROWS, 1, PRICE, '120'),
      [PRAISE]: `${tinyContent[PRAISE]}\n# theirs\n`,
    };
    await publish(theirs);
    const { revision, isBehind } = await draft();
    expect(isBehind).toBe(true);
    const { body } = await call('POST', 'draft/rebase', { revision });
    const rebased = rebasedSchema.parse(body);
    // What two changed side by side is asked; the answer is looked at like any other save.
    expect(rebased.conflicts.map(({ path }) => path)).toEqual([FEES]);
    const { onto } = rebased;
    const joined = addRows(setCell(theirs[FEES], 2, PRICE, '55'), [['socket', '江苏省', '20']]);
    const answer = (text: string) =>
      call('POST', 'draft/rebase', { revision, onto, resolved: { [FEES]: text } });
    expect((await answer(joined.replace('120', '100'))).status).toBe(403);
    expect((await answer(joined)).status).toBe(200);
    const now = await draft();
    expect(now).toMatchObject({ isBehind: false, changed: [{ path: FEES }] });
    expect(now.files[FEES]).toBe(
      'key,place,price:yuan\ninstall,,120\ninstall,南京市,55\ninstall,合肥市,60\nsocket,江苏省,20\n',
    );
    expect(now.files[PRAISE]).toContain('# theirs');
  });

  it('lets what was written before the limit be thrown away, and nothing be added to it', async () => {
    await limit([]);
    await save({ [PRAISE]: `${(await draft()).files[PRAISE]}# mine\n` });
    await limit(['江苏省']);
    const { files } = await draft();
    const more = { [FEES]: setCell(files[FEES] ?? '', 2, PRICE, '59') };
    expect((await save(more)).status).toBe(403);
    expect((await call('DELETE', 'draft')).status).toBe(200);
    expect((await save(more)).status).toBe(200);
  });
});
