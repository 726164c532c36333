import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContentFiles, parseContent, readContentFiles, versionOf } from '../../src/content/content';
import { createPostgresVersionStore } from '../../src/content/version-store';
import { connectDatabase, type Database } from '../../src/records/database';
import { openTestContent, removeTestFolders } from '../support/content-node';
import { createTestDatabase } from '../support/postgres';
import { tinyContent } from '../support/tiny-content';
import { until } from '../support/turns';

const shipped = readContentFiles(join(__dirname, '../..'));
/** Few intents and answers train in no time; what is tested here does not depend on them. */
const small: ContentFiles = {
  ...tinyContent,
  ...Object.fromEntries(
    Object.entries(shipped).filter(([path]) =>
      /^dialogs\/knowledge\/(?:invoice|pay-how|no-answer)\./.test(path),
    ),
  ),
};
const edited = { ...small, 'dialogs/praise.yaml': `${small['dialogs/praise.yaml']}\n# edited\n` };

/** Models are trained here, which takes long where others work too. */
jest.setTimeout(120_000);

describe('content versions', () => {
  let db: Database;
  const open = (files: ContentFiles, folder?: string) => openTestContent(db, files, folder ? { folder } : {});

  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
  });
  afterAll(async () => {
    await db.destroy();
    removeTestFolders();
  });

  it('are named by the hash of their text', () => {
    expect(versionOf(small)).toBe(versionOf(Object.fromEntries(Object.entries(small).reverse())));
    expect(versionOf(small)).not.toBe(versionOf(edited));
  });

  it('hold articles and what was learned from them, or do without', async () => {
    const at = { now: 1e12, area: null };
    const { current } = await open(small);
    expect([...current.dialogs.articles.keys()].sort()).toEqual(['invoice', 'pay-how']);
    expect(current.dialogs.findAnswers('怎么开发票', at).articles[0]?.id).toBe('invoice');
    expect(current.findArticles('怎么开发票', { ...at, locale: 'en' })[0]?.source).toBe('About invoices');
    const without = Object.fromEntries(
      Object.entries(small).filter(([path]) => !path.startsWith('dialogs/knowledge/')),
    );
    const bare = (await open(without)).current;
    expect(bare.dialogs.findAnswers('怎么开发票', at).status).toBe('none');
    expect(bare.version).not.toBe(current.version);
  });

  it('name every mistake of an article with its line', () => {
    const broken = {
      ...small,
      'dialogs/knowledge/invoice.md': (small['dialogs/knowledge/invoice.md'] ?? '')
        .replace('id: invoice', 'id: receipt')
        .replace('# en', '# fr'),
    };
    expect(() => parseContent(broken)).toThrow(
      /dialogs\/knowledge\/invoice\.md:\d+ fr: .*known heading[\s\S]*"# en" is missing/,
    );
  });

  it('serve the new version to new sessions and the old one to those that began with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'content-'));
    const before = await open(small, folder);
    const after = await open(edited, folder);
    expect(after.current.version).not.toBe(before.current.version);
    expect(after.pick(before.current.version).version).toBe(before.current.version);
  });

  it('bring the old version to a node that has never seen it', async () => {
    const old = await open(small);
    const fresh = await open(edited);
    expect(fresh.pick(old.current.version).version).toBe(old.current.version);
  });

  it('learn before traffic what sessions of an old version need, other examples included', async () => {
    const greetings = `${small['intents/greet.yaml']}`.replace('zh:\n', 'zh:\n    - 早上好呀朋友\n');
    const old = await open({ ...small, 'intents/greet.yaml': greetings });
    const fresh = await open(edited);
    expect(fresh.pick(old.current.version).version).toBe(old.current.version);
  });

  it('fetch outside the turn what another node published meanwhile', async () => {
    const here = await open(small);
    const there = await open({
      ...small,
      'dialogs/praise.yaml': `${small['dialogs/praise.yaml']}\n# newer\n`,
    });
    const pick = () => here.pick(there.current.version).version;
    expect(pick).toThrow(expect.objectContaining({ code: 'unavailable' }));
    await until(() => {
      try {
        return pick() === there.current.version;
      } catch {
        return false;
      }
    });
  });

  it('refuse files with problems, all named, and store nothing', async () => {
    const broken = {
      ...small,
      'dialogs/praise.yaml': 'id: praise\nsteps: []\n',
      'intents/greet.yaml': 'id: greet',
    };
    await expect(open(broken)).rejects.toThrow(/dialogs\/praise\.yaml[\s\S]*/);
    await expect(open(broken)).rejects.toThrow(/intents\/greet\.yaml/);
    expect(await createPostgresVersionStore(db).get(versionOf(broken))).toBeNull();
  });
});
