import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { createAccessTokens } from '../../../src/channels/bot-framework/access-token';

const settings = {
  appId: 'app-1',
  credential: { type: 'password' as const, password: 'pass word&' },
  oauthUrl: 'https://login.example/tenant',
  oauthScope: 'https://api.example/.default',
};

/** A token service that keeps what it was asked. */
function serve(status = 200, body: unknown = { access_token: 'tok', expires_in: 3600 }) {
  const asked: { url: string; form: URLSearchParams }[] = [];
  const answer: typeof fetch = async (url, init) => {
    asked.push({ url: String(url), form: new URLSearchParams(String(init?.body)) });
    return Response.json(body, { status });
  };
  return { asked, fetch: answer };
}

const tokensWith = (service: ReturnType<typeof serve>, changed: object = {}, clock = () => 0) =>
  createAccessTokens({ settings: { ...settings, ...changed }, fetch: service.fetch, clock, timeoutMs: 1000 });

describe('the token of the bot', () => {
  it('is asked for once, however many wait, and kept until shortly before its end', async () => {
    let now = 0;
    const service = serve();
    const tokens = tokensWith(service, {}, () => now);
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual(
      Array(3).fill({ type: 'ok', token: 'tok' }),
    );
    now = 3_299_000;
    await tokens.get();
    expect(service.asked).toHaveLength(1);
    now = 3_301_000;
    await tokens.get();
    expect(service.asked).toHaveLength(2);
    expect(service.asked[0]?.url).toBe('https://login.example/tenant/oauth2/v2.0/token');
    expect(Object.fromEntries(service.asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      scope: 'https://api.example/.default',
      client_secret: 'pass word&',
    });
  });

  it('is asked for anew when it was refused, unless that happened already', async () => {
    const service = serve();
    const tokens = tokensWith(service);
    await tokens.get();
    tokens.drop('another');
    await tokens.get();
    expect(service.asked).toHaveLength(1);
    tokens.drop('tok');
    await tokens.get();
    expect(service.asked).toHaveLength(2);
  });

  it('that cannot be had is said to be so, and asked for the next time', async () => {
    const refusing = tokensWith(serve(401, { error: 'invalid_client' }));
    expect(await refusing.get()).toEqual({ type: 'refused', code: 401 });
    expect(await tokensWith(serve(200, { other: 1 })).get()).toEqual({
      type: 'unknown',
      reason: 'no token in the answer',
    });
  });

  it('is none without an app id', async () => {
    const service = serve();
    expect(await tokensWith(service, { appId: null }).get()).toEqual({ type: 'ok', token: null });
    expect(service.asked).toEqual([]);
  });
});

describe('a certificate', () => {
  it('signs who the bot is, for this token service only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bot-certificate-'));
    const [key, certificate, file] = ['key.pem', 'cert.pem', 'both.pem'].map((name) => join(folder, name));
    if (!key || !certificate || !file) throw new Error('there are three');
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=bot'];
    execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    writeFileSync(file, readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8'));
    const service = serve();
    const now = Date.now();
    await tokensWith(service, { credential: { type: 'certificate', file } }, () => now).get();
    const form = service.asked[0]?.form;
    const assertion = form?.get('client_assertion') ?? '';
    expect(form?.has('client_secret')).toBe(false);
    expect(form?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const x509 = new X509Certificate(readFileSync(certificate));
    const { payload } = await jwtVerify(assertion, x509.publicKey, {
      issuer: 'app-1',
      subject: 'app-1',
      audience: 'https://login.example/tenant/oauth2/v2.0/token',
    });
    expect(payload.jti).toEqual(expect.any(String));
    const thumbprint = Buffer.from(x509.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
    expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'PS256', 'x5t#S256': thumbprint });
  });

  it('that cannot be read keeps the server from starting', () => {
    const credential = { type: 'certificate', file: '/nowhere.pem' };
    expect(() => tokensWith(serve(), { credential })).toThrow(/BOT_CERTIFICATE_FILE: \/nowhere\.pem/);
  });
});
