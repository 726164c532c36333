import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TakenWays } from '../../src/web/admin/state/flow-counts';
import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp, talkIn } from '../support/app';
import { untilHolds } from '../support/turns';

const root = join(__dirname, '../..');

describe('a dialog that is edited', () => {
  let folder: string;
  let app: TestApp;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'content-'));
    for (const name of ['dialogs', 'intents'])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    app = await startTestApp({ CONTENT_DIR: folder });
  }, 90_000);
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const edit = (file: string, from: RegExp, to: string) => {
    const path = join(folder, 'dialogs', file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to edit in ${file}`);
    writeFileSync(path, after);
  };

  it('goes on in the old version for who is in the middle of it, and in the new one for who begins', async () => {
    const before = await openCustomer(app.url);
    await before.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    edit('fault-report.yaml', /光猫后面那根细的光纤/g, '新版：光猫后面那根细的光纤');
    await app.restart();
    const same = talkIn(app.url, before.conversationId, before.token);
    const old = await same.ask('鼓楼区中山路18号3栋2单元501', /光纤/);
    expect(old.join(' ')).not.toContain('新版');

    const after = await openCustomer(app.url);
    await after.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    await after.ask('鼓楼区中山路18号3栋2单元501', /新版：光猫后面/);
  }, 90_000);

  it('is stopped by an admin while customers talk, who begin it anew on the version before', async () => {
    const cookie = await signInFirstAdmin(app);
    const call = (method: string, path: string, body?: unknown) =>
      callJson(method, `${app.url}/admin/content/${path}`, { cookie, body });
    const talking = await openCustomer(app.url);
    await talking.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    const { sessions } = (await call('GET', 'sessions?draft=1')).body;
    expect(sessions).toContainEqual(expect.objectContaining({ dialog: 'fault-report', fit: 'same' }));
    // Counted from what is recorded, which follows in batches.
    await untilHolds(async () => {
      const taken = (await call('GET', 'ways/fault-report')).body as unknown as TakenWays;
      expect(taken.days).toBe(7);
      expect(taken.ways.find(({ from }) => from === null)?.count).toBe(3);
      expect(Object.values(taken.standing).reduce((sum, count) => sum + count, 0)).toBe(3);
    });
    const [newest, before] = (await call('GET', 'versions')).body.versions as { id: string }[];
    const stopped = await call('POST', 'stop', { version: newest?.id, message: '话术有误' });
    expect(stopped.body).toEqual({ version: before?.id, state: { type: 'current' }, isEverywhere: true });
    const said = await talking.ask('鼓楼区中山路18号3栋2单元501', /电源灯/);
    expect(said[0]).toContain('刚更新');
  }, 60_000);

  it('that has a mistake keeps the server from starting, and names the place', async () => {
    edit('praise.yaml', /next: over/, 'next: nowhere');
    await expect(app.restart()).rejects.toThrow(/dialogs\/praise\.yaml:\d+ .*nowhere/);
    edit('praise.yaml', /next: nowhere/, 'next: over');
    await app.restart();
  }, 60_000);
});
