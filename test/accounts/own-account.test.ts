import { deviceOf } from '../../src/accounts/device-of';
import { type AccountsHost, PASSWORD, startAccountsHost } from './host';

const PHONE = 'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/126.0 Mobile MicroMessenger/8.0';

describe('one’s own account', () => {
  let host: AccountsHost;
  let admin: Record<string, string>;
  beforeAll(async () => {
    host = await startAccountsHost();
    admin = (await host.makeAdmin()).cookie;
  });
  afterAll(() => host.stop());

  const listOf = async (cookie: Record<string, string>, path = '/accounts/me/sign-ins') =>
    (await host.call('GET', path, undefined, cookie)).body.signIns as Record<string, unknown>[];

  it('shows where it is signed in, and ends one of them', async () => {
    const here = await host.enter(admin, 'g2001', 'agent');
    host.time.now += 90_000;
    const credentials = { login: 'g2001', password: PASSWORD };
    await host.call('POST', '/accounts/sign-in', credentials, { 'User-Agent': PHONE });
    const [phone, desk] = await listOf(here.cookie);
    expect(phone).toMatchObject({ device: 'WeChat, Android', isThis: false, beganAt: host.time.now });
    expect(desk).toMatchObject({ isThis: true, seenAt: host.time.now });
    const end = (id: unknown) => host.call('DELETE', `/accounts/me/sign-ins/${id}`, undefined, here.cookie);
    expect((await end(phone?.id)).status).toBe(200);
    expect((await end(phone?.id)).status).toBe(404);
    expect((await end('x')).status).toBe(404);
    expect(await listOf(here.cookie)).toHaveLength(1);
  });

  it('cannot end another’s; an admin can', async () => {
    const agent = await host.enter(admin, 'g2002', 'agent');
    const other = await host.enter(admin, 'g2003', 'agent');
    const [own] = await listOf(agent.cookie);
    expect(
      (await host.call('DELETE', `/accounts/me/sign-ins/${own?.id}`, undefined, other.cookie)).status,
    ).toBe(404);
    const path = `/accounts/${agent.id}/sign-ins`;
    expect((await host.call('GET', path, undefined, other.cookie)).status).toBe(403);
    expect(await listOf(admin, path)).toHaveLength(1);
    expect((await host.call('DELETE', `${path}/${own?.id}`, undefined, admin)).status).toBe(200);
    expect((await host.call('GET', '/accounts/me', undefined, agent.cookie)).status).toBe(401);
  });

  it('changes its password by the old one, and signs everybody else out', async () => {
    const here = await host.enter(admin, 'g2004', 'agent');
    const other = await host.signIn('g2004');
    const change = (password: string, newPassword: string) =>
      host.call('POST', '/accounts/me/password', { password, newPassword }, here.cookie);
    expect((await change('not the password', 'four unrelated words')).status).toBe(403);
    expect((await change(PASSWORD, 'short')).body.error.message).toContain('Nothing was changed');
    expect((await change(PASSWORD, 'four unrelated words')).status).toBe(200);
    const me = (cookie: Record<string, string>) => host.call('GET', '/accounts/me', undefined, cookie);
    expect([(await me(here.cookie)).status, (await me(other.cookie)).status]).toEqual([200, 401]);
    expect((await host.signIn('g2004')).status).toBe(401);
    expect((await host.signIn('g2004', 'four unrelated words')).status).toBe(200);
  });
});

describe('a device', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/126.0 Safari/537.36 Edg/126.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML) Version/17.5 Safari/605.1.15',
      'Safari, macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 CriOS/126.0 Mobile Safari/604',
      'Chrome, iOS',
    ],
    ['<script>alert(1)</script>', null],
    [undefined, null],
  ])('is named as its owner knows it: %s', (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });
});
