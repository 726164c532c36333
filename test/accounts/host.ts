import type { Role } from '../../src/accounts/account';
import { createRequirePermission, createRequireSignedIn } from '../../src/accounts/guard';
import { createAccountLinks } from '../../src/accounts/links';
import { createOpenId } from '../../src/accounts/open-id/open-id';
import type { OpenIdSettings } from '../../src/accounts/open-id/settings';
import { registerAccounts } from '../../src/accounts/routes';
import { OPEN_ID_PATH, registerOpenId } from '../../src/accounts/routes-open-id';
import { registerOwnAccount } from '../../src/accounts/routes-own';
import { createSecondFactors } from '../../src/accounts/second-factor/second-factors';
import { createSignIns } from '../../src/accounts/sign-ins';
import { seal, unseal } from '../../src/customers/seal';
import { createHttpServer, listen } from '../../src/http/server';
import { connectDatabase } from '../../src/records/database';
import { shippedPermissions } from '../support/permissions';
import { createTestDatabase } from '../support/postgres';
import { silent } from '../support/turns';

export const PASSWORD = 'correct horse battery';

/** The accounts behind their real routes on a database of their own, with a clock that tests move. */
export async function startAccountsHost(
  secondFactorRoles: Role[] = [],
  openId: OpenIdSettings | null = null,
) {
  const databaseUrl = await createTestDatabase();
  const db = connectDatabase(databaseUrl, () => undefined, 12);
  const time = { now: Date.UTC(2026, 10, 24, 2) };
  const clock = () => time.now;
  let url = '';
  const server = createHttpServer();
  const ownOrigins = () => [url, 'https://desk.operator.example'];
  const sealing = {
    seal: (plain: string) => seal('key of tests', plain),
    unseal: (text: string) => unseal('key of tests', text),
  };
  const factors = createSecondFactors({ db, clock, seal: sealing });
  const signIns = createSignIns({ db, clock, factors });
  const links = createAccountLinks({ db, clock, baseUrl: () => url });
  const guard = { signIns, ownOrigins, secondFactorRoles, permissions: shippedPermissions };
  const requirePermission = createRequirePermission(guard);
  const requireSignedIn = createRequireSignedIn(guard);
  registerOwnAccount(server, {
    db,
    signIns,
    factors,
    requireSignedIn,
    secondFactorRoles,
    clock,
    log: silent,
  });
  registerAccounts(server, {
    db,
    signIns,
    links,
    factors,
    requirePermission,
    hasOpenId: openId !== null,
    servedPlaces: () => new Set(['江苏省', '南京市', '安徽省', '合肥市']),
    ownOrigins,
    isSecure: false,
    clock,
    log: silent,
  });
  if (openId) {
    const provider = createOpenId(openId, () => `${url}${OPEN_ID_PATH}/callback`);
    const baseUrl = () => url;
    registerOpenId(server, {
      db,
      openId: provider,
      signIns,
      seal: sealing,
      baseUrl,
      isSecure: false,
      clock,
      log: silent,
    });
  }
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const json: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...json, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : null,
    };
  };
  const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';
  const signIn = async (login: string, password = PASSWORD) => {
    const answer = await call('POST', '/accounts/sign-in', { login, password });
    return { ...answer, cookie: { Cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' } };
  };
  /** Adds an account with a password and signs it in. */
  const enter = async (admin: Record<string, string>, login: string, role: string) => {
    const added = await call('POST', '/accounts', { login, name: login, role }, admin);
    await call('POST', '/setup', { token: tokenOf(added.body.link), password: PASSWORD });
    return { id: String(added.body.account.id), ...(await signIn(login)) };
  };
  return {
    db,
    databaseUrl,
    time,
    links,
    signIns,
    requirePermission,
    server,
    call,
    signIn,
    enter,
    tokenOf,
    url: () => url,
    /** The first admin, made by the link and signed in. */
    async makeAdmin() {
      const token = tokenOf(await links.createFirstAdminLink());
      await call('POST', '/setup', {
        token,
        login: 'Admin@Operator.example',
        name: '王敏',
        password: PASSWORD,
      });
      return signIn('admin@operator.example');
    },
    async stop() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      });
      await db.destroy();
    },
  };
}
export type AccountsHost = Awaited<ReturnType<typeof startAccountsHost>>;
