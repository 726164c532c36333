import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAccount } from '../../src/accounts/accounts';
import { runAddAccount } from '../../src/accounts/add-account';
import { readSkills } from '../../src/accounts/skills';
import { writeRunFile } from '../../src/launch/run-file';
import { type AccountsHost, PASSWORD, startAccountsHost } from './host';

describe('npm run accounts:add', () => {
  let host: AccountsHost;
  let dataDir: string;
  beforeAll(async () => {
    host = await startAccountsHost();
    dataDir = mkdtempSync(join(tmpdir(), 'add account '));
  });
  afterAll(async () => {
    await host.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const add = async (args: string, env: Record<string, string> = {}) => {
    const said: string[] = [];
    const code = await runAddAccount(args.split(' '), { DATA_DIR: dataDir, ...env }, (text) =>
      said.push(text),
    );
    return { code, text: said.join('\n') };
  };

  it('says what to do when no server runs and no database is configured', async () => {
    await expect(add('--login a1 --name A --role agent')).resolves.toEqual({
      code: 1,
      text: expect.stringMatching(/run npm start first, or set DATABASE_URL/),
    });
  });

  it('finds the running server, and its link sets the password', async () => {
    const remove = writeRunFile(dataDir, { url: host.url(), databaseUrl: host.databaseUrl });
    expect(statSync(join(dataDir, 'run.json')).mode & 0o777).toBe(0o600);
    // The link is made by the machine's clock.
    host.time.now = Date.now();
    const { code, text } = await add('--login G3001 --name 李雷 --role agent');
    expect(code).toBe(0);
    const link = /http\S+/.exec(text)?.[0] ?? '';
    expect(link.startsWith(`${host.url()}/setup?token=`)).toBe(true);
    await host.call('POST', '/setup', { token: host.tokenOf(link), password: PASSWORD });
    expect((await host.signIn('g3001')).status).toBe(200);
    await expect(add('--login g3001 --name x --role agent')).resolves.toMatchObject({ code: 1 });
    await expect(add('--login g3001 --new-link')).resolves.toMatchObject({ code: 0 });
    remove();
    await expect(add('--login g3001 --new-link')).resolves.toMatchObject({ code: 1 });
  });

  it('works on a configured database and names every argument that is wrong', async () => {
    const env = { DATABASE_URL: host.databaseUrl };
    await expect(add('--login G3002 --name A --role auditor', env)).resolves.toMatchObject({ code: 0 });
    const local = '--login local --name A --role admin --places 江苏省、合肥市';
    await expect(add(local, env)).resolves.toMatchObject({ code: 0 });
    expect(await findAccount(host.db, { login: 'local' })).toMatchObject({ places: ['江苏省', '合肥市'] });
    const { code, text } = await add('--login ! --name A --role king', env);
    expect([code, text]).toEqual([1, expect.stringMatching(/--login.*--role/s)]);
  });

  it('says what an agent can do, and refuses the whole when that is wrong', async () => {
    const env = { DATABASE_URL: host.databaseUrl };
    const skilled =
      '--login G3003 --name B --role agent --groups fault:2,general --languages zh --capacity 3';
    await expect(add(`${skilled} --shift-end 18:00`, env)).resolves.toMatchObject({ code: 0 });
    const { id = '' } = (await findAccount(host.db, { login: 'g3003' })) ?? {};
    expect(await readSkills(host.db, id)).toEqual({
      groups: { fault: 2, general: 1 },
      languages: ['zh'],
      capacity: 3,
      shiftEnd: '18:00',
    });
    const wrong = await add('--login G3004 --name B --role agent --groups fault:9 --capacity x', env);
    expect([wrong.code, wrong.text]).toEqual([1, expect.stringMatching(/--groups.*--capacity/s)]);
    expect(await findAccount(host.db, { login: 'g3004' })).toBeNull();
  });

  it('says so when the database is away', async () => {
    const env = { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' };
    await expect(add('--login a1 --name A --role agent', env)).resolves.toEqual({
      code: 1,
      text: expect.stringMatching(/does not answer/),
    });
  });
});
