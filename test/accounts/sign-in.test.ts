import { FAILURES_WITHIN_MS, LOCK_MS, MAX_FAILURES } from '../../src/accounts/lockout';
import { SIGN_IN_MS } from '../../src/accounts/sign-ins';
import { startCpuTimer } from '../support/cpu-time';
import { type AccountsHost, startAccountsHost } from './host';

const median = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

describe('signing in', () => {
  let host: AccountsHost;
  let admin: Awaited<ReturnType<AccountsHost['signIn']>>;
  beforeEach(async () => {
    host = await startAccountsHost();
    admin = await host.makeAdmin();
  });
  afterEach(() => host.stop());

  const me = (cookie: Record<string, string>) => host.call('GET', '/accounts/me', undefined, cookie);

  it('takes the login in any spelling and gives a cookie that scripts cannot read', async () => {
    const answer = await host.signIn('  ADMIN@operator.example ');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^bot_sign_in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/,
    );
    expect((await me(answer.cookie)).body.account).toMatchObject({ name: '王敏', role: 'admin' });
  });

  it('keeps the cookie as a hash only', async () => {
    const token = admin.cookie.Cookie.split('=')[1] ?? '';
    const rows = await host.db.selectFrom('sign_ins').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('ends after twelve hours', async () => {
    host.time.now += SIGN_IN_MS - 1;
    expect((await me(admin.cookie)).status).toBe(200);
    host.time.now += 1;
    expect((await me(admin.cookie)).status).toBe(401);
  });

  it('ends by signing out, for this sign-in alone', async () => {
    const other = await host.signIn('admin@operator.example');
    await host.call('POST', '/accounts/sign-out', {}, admin.cookie);
    expect((await me(admin.cookie)).status).toBe(401);
    expect((await me(other.cookie)).status).toBe(200);
  });

  it('ends everywhere when the account is disabled, and cannot begin again', async () => {
    const agent = await host.enter(admin.cookie, 'g1001', 'agent');
    const change = await host.call('PATCH', `/accounts/${agent.id}`, { isDisabled: true }, admin.cookie);
    expect(change.body.account.disabledAt).toBe(host.time.now);
    expect((await me(agent.cookie)).status).toBe(401);
    expect((await host.signIn('g1001')).status).toBe(401);
    await host.call('PATCH', `/accounts/${agent.id}`, { isDisabled: false }, admin.cookie);
    expect((await me(agent.cookie)).status).toBe(401);
    expect((await host.signIn('g1001')).status).toBe(200);
  });

  it('ends everywhere with a new password, which alone works from then on', async () => {
    const agent = await host.enter(admin.cookie, 'g1002', 'agent');
    const { body } = await host.call('POST', `/accounts/${agent.id}/link`, {}, admin.cookie);
    expect((await me(agent.cookie)).status).toBe(200);
    const password = 'another long one';
    await host.call('POST', '/setup', { token: host.tokenOf(body.link), password });
    expect((await me(agent.cookie)).status).toBe(401);
    expect((await host.signIn('g1002')).status).toBe(401);
    expect((await host.signIn('g1002', password)).status).toBe(200);
  });

  it.each(['admin@operator.example', 'nobody@operator.example'])(
    'locks %s after ten failures in fifteen minutes, for fifteen minutes, right password or not',
    async (login) => {
      for (let i = 0; i < MAX_FAILURES; i += 1) {
        expect((await host.signIn(login, 'wrong password')).body.error.message).toBe(
          'Login or password is wrong.',
        );
      }
      const locked = await host.signIn(login);
      expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, String(LOCK_MS / 1000)]);
      host.time.now += LOCK_MS;
      expect((await host.signIn(login)).status).toBe(login.startsWith('admin') ? 200 : 401);
    },
  );

  it('does not lock for failures further apart', async () => {
    for (let i = 0; i < 2 * MAX_FAILURES; i += 1) {
      expect((await host.signIn('admin@operator.example', 'wrong password')).status).toBe(401);
      host.time.now += FAILURES_WITHIN_MS / (MAX_FAILURES - 1);
    }
    expect((await host.signIn('admin@operator.example')).status).toBe(200);
  });

  it('gives many attempts at once no more tries than one after the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => host.signIn('admin@operator.example', 'wrong password')),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(MAX_FAILURES);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it('takes about as much work for a login that nobody has', async () => {
    const time = async (login: string) => {
      const cpuMs = startCpuTimer();
      await host.signIn(login, 'wrong password');
      return cpuMs();
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      known.push(await time('admin@operator.example'));
      unknown.push(await time('nobody@operator.example'));
    }
    // Without the decoy hash an unknown login is answered in a fraction of the time.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
  });

  it.each([
    ['a foreign origin', { Origin: 'https://evil.example' }, 403],
    ['a hidden origin', { Origin: 'null' }, 403],
    ['a page of a foreign site without an origin', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a sibling domain', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['a form of an old browser', { 'Content-Type': 'text/plain' }, 403],
    ['an own page', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['a configured origin', { Origin: 'https://desk.operator.example' }, 200],
    ['a program', {}, 200],
  ])('answers a sign-out of %s', async (_name, headers: Record<string, string>, status) => {
    expect((await host.call('POST', '/accounts/sign-out', {}, { ...admin.cookie, ...headers })).status).toBe(
      status,
    );
    expect((await me(admin.cookie)).status).toBe(status === 200 ? 401 : 200);
  });

  it('leaves an audit trail without names or logins', async () => {
    await host.enter(admin.cookie, 'zhang.wei@operator.example', 'auditor');
    const rows = await host.db.selectFrom('audit').selectAll().orderBy('id').execute();
    expect(rows.map(({ action }) => action)).toEqual([
      'account.add',
      'account.sign-in',
      'account.add',
      'account.link',
      'account.set-password',
      'account.sign-in',
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/zhang|operator\.example|王敏/);
  });
});

describe('managing accounts', () => {
  let host: AccountsHost;
  let admin: Awaited<ReturnType<AccountsHost['signIn']>>;
  beforeAll(async () => {
    host = await startAccountsHost();
    admin = await host.makeAdmin();
  });
  afterAll(() => host.stop());

  it('is for admins alone', async () => {
    for (const role of ['agent', 'supervisor', 'auditor']) {
      const { cookie, id } = await host.enter(admin.cookie, `${role}-1`, role);
      const added = { login: 'x-1', name: 'x', role: 'admin' };
      expect((await host.call('GET', '/accounts', undefined, cookie)).status).toBe(403);
      expect((await host.call('POST', '/accounts', added, cookie)).status).toBe(403);
      expect((await host.call('PATCH', `/accounts/${id}`, { role: 'admin' }, cookie)).status).toBe(403);
      expect((await host.call('POST', `/accounts/${id}/link`, {}, cookie)).status).toBe(403);
    }
    expect((await host.call('GET', '/accounts')).status).toBe(401);
    const { body } = await host.call('GET', '/accounts', undefined, admin.cookie);
    expect(body.accounts).toHaveLength(4);
    expect(JSON.stringify(body)).not.toContain('argon2');
  });

  it('refuses a login that is in use, in any spelling', async () => {
    const taken = { login: 'ADMIN@operator.EXAMPLE', name: 'x', role: 'agent' };
    expect((await host.call('POST', '/accounts', taken, admin.cookie)).status).toBe(409);
  });

  it('limits an account to places that are served, and it manages no accounts from then on', async () => {
    const local = await host.enter(admin.cookie, 'g2010', 'admin');
    const patch = (places: string[], cookie = admin.cookie) =>
      host.call('PATCH', `/accounts/${local.id}`, { places }, cookie);
    expect((await patch(['南京'])).status).toBe(400);
    expect(await patch(['杭州市'])).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/杭州市 is not served/) } },
    });
    const changed = await patch(['江苏省', '合肥市', '江苏省']);
    expect(changed.body.account.places).toEqual(['江苏省', '合肥市']);
    const me = await host.call('GET', '/accounts/me', undefined, local.cookie);
    expect(me.body.account.places).toEqual(['江苏省', '合肥市']);
    expect(me.body.permissions).toContain('content.publish');
    expect(me.body.permissions).not.toContain('accounts.manage');
    expect(await patch([], local.cookie)).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringMatching(/limited to places.*ask an admin/) } },
    });
    await patch([]);
    expect((await host.call('GET', '/accounts', undefined, local.cookie)).status).toBe(200);
    await host.call('PATCH', `/accounts/${local.id}`, { role: 'agent' }, admin.cookie);
  });

  it('changes a role at once', async () => {
    const agent = await host.enter(admin.cookie, 'g2001', 'agent');
    await host.call('PATCH', `/accounts/${agent.id}`, { role: 'admin' }, admin.cookie);
    expect((await host.call('GET', '/accounts', undefined, agent.cookie)).status).toBe(200);
    await host.call('PATCH', `/accounts/${agent.id}`, { role: 'agent' }, admin.cookie);
    expect((await host.call('GET', '/accounts', undefined, agent.cookie)).status).toBe(403);
  });

  it.each([{ role: 'agent' }, { isDisabled: true }, { places: ['江苏省'] }])(
    'never loses the last admin by %j',
    async (change) => {
      const { id } = admin.body.account;
      expect((await host.call('PATCH', `/accounts/${id}`, change, admin.cookie)).status).toBe(409);
      expect((await host.call('GET', '/accounts', undefined, admin.cookie)).status).toBe(200);
    },
  );

  it('answers what does not exist or fit with what is wrong', async () => {
    expect((await host.call('PATCH', '/accounts/nobody', {}, admin.cookie)).status).toBe(404);
    const bad = await host.call('POST', '/accounts', { login: 'a b', name: '', role: 'king' }, admin.cookie);
    expect(bad.status).toBe(400);
    expect(bad.body.error.message).toMatch(/login.*name.*role/s);
  });
});
