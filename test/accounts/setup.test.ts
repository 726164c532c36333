import { LINK_MS } from '../../src/accounts/links';
import { type AccountsHost, PASSWORD, startAccountsHost } from './host';

describe('the first admin', () => {
  let host: AccountsHost;
  beforeEach(async () => {
    host = await startAccountsHost();
  });
  afterEach(() => host.stop());

  const admin = { login: 'admin@operator.example', name: 'Admin', password: PASSWORD };

  it('comes in by a link that works once', async () => {
    const token = host.tokenOf(await host.links.createFirstAdminLink());
    const made = await host.call('POST', '/setup', { token, ...admin });
    expect(made).toMatchObject({ status: 200, body: { account: { role: 'admin', login: admin.login } } });
    await expect(host.call('POST', '/setup', { token, ...admin, login: 'other' })).resolves.toMatchObject({
      status: 403,
    });
    expect((await host.signIn(admin.login)).status).toBe(200);
  });

  it('is one, however many use their links at once', async () => {
    const links = await Promise.all([1, 2, 3, 4].map(() => host.links.createFirstAdminLink()));
    const made = await Promise.all(
      links.map((link, i) =>
        host.call('POST', '/setup', { token: host.tokenOf(link), ...admin, login: `a${i}b` }),
      ),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
  });

  it('and everybody after gets a password once by a link, however many use it at once', async () => {
    const { cookie } = await host.makeAdmin();
    const account = { login: 'g1', name: 'G', role: 'agent' };
    const { body } = await host.call('POST', '/accounts', account, cookie);
    const passwords = [1, 2, 3, 4].map((n) => `a password of ${n}`);
    const token = host.tokenOf(body.link);
    const set = await Promise.all(
      passwords.map((password) => host.call('POST', '/setup', { token, password })),
    );
    expect(set.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
    const [password = ''] = passwords.filter((_, i) => set[i]?.status === 200);
    expect((await host.signIn('g1', password)).status).toBe(200);
  });

  it('gets no link once there is an account, and an old link is dead', async () => {
    const old = host.tokenOf(await host.links.createFirstAdminLink());
    await host.makeAdmin();
    await expect(host.links.createFirstAdminLink()).resolves.toBeNull();
    await expect(host.call('POST', '/setup', { token: old, ...admin })).resolves.toMatchObject({
      status: 403,
    });
  });

  it('gets a link that dies after a day', async () => {
    const token = host.tokenOf(await host.links.createFirstAdminLink());
    host.time.now += LINK_MS;
    await expect(host.call('POST', '/setup', { token, ...admin })).resolves.toMatchObject({ status: 403 });
  });

  it('keeps the link when the password will not do', async () => {
    const token = host.tokenOf(await host.links.createFirstAdminLink());
    for (const password of ['short', 'password123', 'Admin@Operator.Example', '1111111111']) {
      const answer = await host.call('POST', '/setup', { token, ...admin, password });
      expect(answer).toMatchObject({ status: 400 });
      expect(answer.body.error.message).toMatch(/the link still works/);
    }
    await expect(host.call('POST', '/setup', { token, ...admin })).resolves.toMatchObject({ status: 200 });
  });

  it('is stored without token or password in the clear', async () => {
    const token = host.tokenOf(await host.links.createFirstAdminLink());
    const links = JSON.stringify(await host.db.selectFrom('account_links').selectAll().execute());
    expect(links).not.toContain(token);
    await host.call('POST', '/setup', { token, ...admin });
    const { password_hash } = await host.db
      .selectFrom('accounts')
      .select('password_hash')
      .executeTakeFirstOrThrow();
    expect(password_hash).toMatch(/^\$argon2id\$/);
  });

  it('sets up on a page that works without a script and escapes what was typed', async () => {
    const token = host.tokenOf(await host.links.createFirstAdminLink());
    const page = await host.call('GET', `/setup?token=${token}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('设置账号');
    const post = (fields: Record<string, string>) =>
      fetch(`${host.url()}/setup`, {
        method: 'POST',
        headers: { Origin: host.url() },
        body: new URLSearchParams({ token, ...fields }),
      });
    const refused = await post({ login: '"><script>alert(1)</script>', name: 'A', password: PASSWORD });
    expect(refused.status).toBe(400);
    const html = await refused.text();
    expect(html).toContain('&quot;&gt;&lt;script&gt;');
    expect(html).not.toContain('<script>');
    const done = await post({ login: 'G10023', name: 'A', password: PASSWORD });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('密码已设置')]);
    expect((await host.signIn('g10023')).status).toBe(200);
  });

  it('shows a dead link as a page that says what to do', async () => {
    const page = await host.call('GET', '/setup?token=nothing');
    expect(page.status).toBe(403);
    expect(page.text).toContain('nothing was changed');
  });
});
