import { Secret, TOTP } from 'otpauth';
import { PERIOD_MS } from '../../../src/accounts/second-factor/totp';
import { type AccountsHost, PASSWORD, startAccountsHost } from '../host';

describe('the second factor', () => {
  let host: AccountsHost;
  let admin: Record<string, string>;
  beforeAll(async () => {
    host = await startAccountsHost(['supervisor']);
    admin = (await host.makeAdmin()).cookie;
  });
  afterAll(() => host.stop());

  const codeOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: host.time.now });
  const next = () => {
    host.time.now += PERIOD_MS;
  };
  const signIn = (login: string, code?: string) =>
    host.call('POST', '/accounts/sign-in', { login, password: PASSWORD, code });

  /** Turns it on for an account; answers the secret and the recovery codes. */
  async function turnOn(cookie: Record<string, string>) {
    const begun = await host.call('POST', '/accounts/me/second-factor', { password: PASSWORD }, cookie);
    const { secret } = begun.body;
    const confirm = { code: codeOf(secret) };
    const { status, body } = await host.call('POST', '/accounts/me/second-factor/confirm', confirm, cookie);
    return { secret: String(secret), status, codes: body.recoveryCodes as string[] };
  }

  it('is asked for beside the password, and opens once', async () => {
    const agent = await host.enter(admin, 'g1001', 'agent');
    const { secret, status } = await turnOn(agent.cookie);
    expect(status).toBe(200);
    expect((await signIn('g1001')).body).toMatchObject({ error: { code: 'code-needed' } });
    // The code that turned it on is used up.
    expect((await signIn('g1001', codeOf(secret))).status).toBe(401);
    next();
    const code = codeOf(secret);
    expect((await signIn('g1001', code)).status).toBe(200);
    expect((await signIn('g1001', code)).body.error.code).toBe('unauthenticated');
  });

  it('does not tell whether the code was right when the password is wrong', async () => {
    const answer = await host.call('POST', '/accounts/sign-in', {
      login: 'g1001',
      password: 'not the password',
    });
    expect(answer.body.error).toMatchObject({ code: 'unauthenticated' });
  });

  it('counts wrong codes as failed attempts', async () => {
    const agent = await host.enter(admin, 'g1002', 'agent');
    await turnOn(agent.cookie);
    const answers = [];
    for (let i = 0; i < 11; i++) answers.push((await signIn('g1002', '000000')).status);
    expect(answers.slice(0, 10).every((each) => each === 401)).toBe(true);
    expect(answers[10]).toBe(429);
  });

  it('lets in by a recovery code, each once', async () => {
    const agent = await host.enter(admin, 'g1003', 'agent');
    const { codes } = await turnOn(agent.cookie);
    const [code = ''] = codes;
    expect((await signIn('g1003', code.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect((await signIn('g1003', code)).status).toBe(401);
    const state = await host.call('GET', '/accounts/me/second-factor', undefined, agent.cookie);
    expect(state.body).toEqual({ isOn: true, recoveryCodesLeft: 9 });
  });

  it('takes the password to be turned on or off, and a code of the new secret', async () => {
    const agent = await host.enter(admin, 'g1004', 'agent');
    const wrong = { password: 'not the password' };
    expect((await host.call('POST', '/accounts/me/second-factor', wrong, agent.cookie)).status).toBe(403);
    await host.call('POST', '/accounts/me/second-factor', { password: PASSWORD }, agent.cookie);
    const guess = await host.call(
      'POST',
      '/accounts/me/second-factor/confirm',
      { code: '123456' },
      agent.cookie,
    );
    expect(guess.body.error.message).toContain('nothing was changed');
    expect((await signIn('g1004')).status).toBe(200);
    await turnOn(agent.cookie);
    expect((await host.call('POST', '/accounts/me/second-factor/remove', wrong, agent.cookie)).status).toBe(
      403,
    );
    await host.call('POST', '/accounts/me/second-factor/remove', { password: PASSWORD }, agent.cookie);
    expect((await signIn('g1004')).status).toBe(200);
  });

  it('ends the other sign-ins when it is turned on, and all when an admin takes it away', async () => {
    const agent = await host.enter(admin, 'g1005', 'agent');
    const other = await host.signIn('g1005');
    await turnOn(agent.cookie);
    const me = (cookie: Record<string, string>) => host.call('GET', '/accounts/me', undefined, cookie);
    expect([(await me(agent.cookie)).status, (await me(other.cookie)).status]).toEqual([200, 401]);
    await host.call('DELETE', `/accounts/${agent.id}/second-factor`, undefined, admin);
    expect((await me(agent.cookie)).status).toBe(401);
    expect((await signIn('g1005')).status).toBe(200);
  });

  it('is demanded of roles that may do nothing without it, except set it up', async () => {
    const lead = await host.enter(admin, 'g1006', 'supervisor');
    const work = host.requirePermission('wall.lead')(async ({ response }) => {
      response.end('done');
    });
    host.server.get('/test/work', (request, response, done) => {
      work(request, response).then(
        () => done(false),
        (error) => {
          response.writeHead(403);
          response.end(String(error.message));
          done(false);
        },
      );
    });
    const attempt = () => host.call('GET', '/test/work', undefined, lead.cookie);
    expect((await attempt()).text).toContain('/accounts/me/second-factor');
    const me = await host.call('GET', '/accounts/me', undefined, lead.cookie);
    expect(me.body.mustSetSecondFactor).toBe(true);
    await turnOn(lead.cookie);
    expect((await attempt()).text).toBe('done');
  });

  it('keeps secrets sealed, codes hashed, and neither in the audit', async () => {
    const agent = await host.enter(admin, 'g1007', 'agent');
    const { secret, codes } = await turnOn(agent.cookie);
    const rows = await Promise.all([
      host.db.selectFrom('second_factors').selectAll().execute(),
      host.db.selectFrom('recovery_codes').selectAll().execute(),
      host.db.selectFrom('audit').selectAll().execute(),
    ]);
    const text = JSON.stringify(rows);
    for (const each of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(text).not.toContain(each);
    expect(rows[2].map(({ action }) => action)).toEqual(
      expect.arrayContaining(['account.second-factor', 'account.recovery-code', 'account.no-second-factor']),
    );
  });
});
