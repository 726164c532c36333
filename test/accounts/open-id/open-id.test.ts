import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { safeBack } from '../../../src/accounts/open-id/open-id';
import { openIdProblems } from '../../../src/accounts/open-id/settings';
import { type AccountsHost, startAccountsHost } from '../host';

const settings = {
  issuer: 'http://127.0.0.1:1',
  clientId: 'desk',
  clientSecret: 'secret-of-the-desk-in-tests',
  loginClaim: 'preferred_username',
  scope: 'openid profile',
};

/** A browser: follows redirects between the two servers, with the cookies of each. */
function startBrowser(who: string, providerOrigin: () => string) {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (origin: string) => {
    const known = jar.get(origin) ?? new Map(origin === providerOrigin() ? [['who', who]] : []);
    jar.set(origin, known);
    return known;
  };
  async function visit(address: string): Promise<Response> {
    const { origin } = new URL(address);
    const cookies = cookiesOf(origin);
    const Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { Cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/);
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }
  /** Ends where nobody redirects any more, or before `stop`. */
  async function follow(address: string, stop?: RegExp): Promise<string> {
    let at = address;
    for (let i = 0; i < 12; i++) {
      if (stop?.test(at)) return at;
      const to = (await visit(at)).headers.get('location');
      if (to === null) return at;
      at = new URL(to, at).href;
    }
    throw new Error('no end');
  }
  return { follow, cookiesOf };
}

describe('signing in by OpenID Connect', () => {
  let host: AccountsHost;
  let provider: ChildProcess;
  let lines: Interface;
  let admin: Record<string, string>;

  beforeAll(async () => {
    host = await startAccountsHost(['supervisor'], settings);
    admin = (await host.makeAdmin()).cookie;
    const script = join(__dirname, '../../support/open-id-provider.mjs');
    provider = spawn(process.execPath, [script, `${host.url()}/accounts/open-id/callback`]);
    lines = createInterface({ input: provider.stdout as NodeJS.ReadableStream });
    const [ready] = await once(lines, 'line');
    settings.issuer = `http://127.0.0.1:${String(ready).split(' ')[1]}`;
  });
  afterAll(async () => {
    const ended = once(provider, 'exit');
    provider.stdin?.end();
    await ended;
    await host.stop();
  });

  async function know(id: string, claims: Record<string, unknown>): Promise<void> {
    const known = once(lines, 'line');
    provider.stdin?.write(`${JSON.stringify({ id, ...claims })}\n`);
    await known;
  }
  const browserOf = (who: string) => startBrowser(who, () => settings.issuer);
  const begin = (back = '/agent') => `${host.url()}/accounts/open-id?back=${encodeURIComponent(back)}`;
  const meOf = (browser: ReturnType<typeof browserOf>) => {
    const token = browser.cookiesOf(host.url()).get('bot_sign_in') ?? '';
    return host.call('GET', '/accounts/me', undefined, { Cookie: `bot_sign_in=${token}` });
  };

  it('lets in whom an admin has added, and leads back to where they were', async () => {
    await host.call('POST', '/accounts', { login: 'g3001', name: '李雷', role: 'supervisor' }, admin);
    await know('person-1', { preferred_username: 'G3001' });
    const browser = browserOf('person-1');
    expect(await browser.follow(begin('/agent?conversation=7'), /\/agent/)).toBe(
      `${host.url()}/agent?conversation=7`,
    );
    const me = await meOf(browser);
    expect(me.body.account).toMatchObject({ login: 'g3001', way: 'open-id', hasPassword: false });
    // The house asks for its own second factor.
    expect(me.body.mustSetSecondFactor).toBe(false);
  });

  it('knows people by their subject: a login that is given to another opens nothing', async () => {
    await know('person-1', { preferred_username: 'renamed' });
    const first = browserOf('person-1');
    await first.follow(begin(), /\/agent/);
    expect((await meOf(first)).body.account.login).toBe('g3001');
    await know('person-2', { preferred_username: 'g3001' });
    const second = browserOf('person-2');
    expect(await second.follow(begin(), /\/agent/)).toBe(`${host.url()}/agent?sign-in=unknown`);
    expect((await meOf(second)).status).toBe(401);
  });

  it('opens nothing for a stranger, a disabled account and a claim that cannot be a login', async () => {
    await know('person-3', { preferred_username: 'nobody-here' });
    await know('person-4', {});
    const added = await host.call('POST', '/accounts', { login: 'g3005', name: 'x', role: 'agent' }, admin);
    await know('person-5', { preferred_username: 'g3005' });
    await host.call('PATCH', `/accounts/${added.body.account.id}`, { isDisabled: true }, admin);
    for (const who of ['person-3', 'person-4', 'person-5'])
      expect(await browserOf(who).follow(begin(), /\/agent/)).toBe(`${host.url()}/agent?sign-in=unknown`);
  });

  it('refuses an answer that this browser did not ask for, and one that is used twice', async () => {
    const callback = /\/callback/;
    const victim = browserOf('person-1');
    const answer = await victim.follow(begin(), callback);
    const other = browserOf('person-2');
    expect(await other.follow(answer, /\/agent/)).toBe(`${host.url()}/agent?sign-in=refused`);
    await other.follow(begin(), callback);
    expect(await other.follow(answer, /\/agent/)).toBe(`${host.url()}/agent?sign-in=refused`);
    expect((await meOf(other)).status).toBe(401);
    await victim.follow(answer, /\/agent/);
    expect((await meOf(victim)).status).toBe(200);
    expect(await victim.follow(answer, /\/agent/)).toBe(`${host.url()}/agent?sign-in=refused`);
  });

  it('takes too long after ten minutes', async () => {
    const browser = browserOf('person-1');
    const answer = await browser.follow(begin(), /\/callback/);
    host.time.now += 10 * 60_000 + 1;
    expect(await browser.follow(answer, /\/agent/)).toBe(`${host.url()}/agent?sign-in=refused`);
  });

  it('says so when the provider is away', async () => {
    const away = await startAccountsHost([], { ...settings, issuer: 'http://127.0.0.1:1' });
    const browser = startBrowser('x', () => '');
    const end = await browser.follow(`${away.url()}/accounts/open-id`, /\/agent/);
    expect(end).toBe(`${away.url()}/agent?sign-in=away`);
    await away.stop();
  });
});

describe('where a sign-in leads', () => {
  it.each([
    ['/agent?conversation=7', '/agent?conversation=7'],
    ['//evil.example', '/agent'],
    ['/\\evil.example', '/agent'],
    ['https://evil.example', '/agent'],
    ['/a\r\nSet-Cookie: x=1', '/agent'],
    [null, '/agent'],
  ])('is a path of ours: %j', (asked, to) => {
    expect(safeBack(asked)).toBe(to);
  });

  it('needs https, and all of its settings', () => {
    const base = { OIDC_LOGIN_CLAIM: 'preferred_username', OIDC_SCOPE: 'openid' };
    const problems = (given: object) => openIdProblems({ ...base, ...given });
    expect(problems({})).toEqual([]);
    expect(problems({ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'desk' })).toEqual([]);
    expect(problems({ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'desk' })).toEqual([]);
    expect(problems({ OIDC_ISSUER: 'http://id.example', OIDC_CLIENT_ID: 'desk' })[0]).toContain('https');
    expect(problems({ OIDC_ISSUER: 'https://id.example' })[0]).toContain('OIDC_CLIENT_ID');
  });
});
