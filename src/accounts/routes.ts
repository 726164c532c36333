import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Database } from '../records/database';
import { accountChangeSchema, newAccountSchema } from './account';
import { addAccount, changeAccount, findAccount, listAccounts } from './accounts';
import { deviceOf } from './device-of';
import { checkOrigin, type RequirePermission, readCookie, signInCookie } from './guard';
import type { AccountLinks } from './links';
import { endSignIn, listSignIns } from './list-sign-ins';
import { signInNotFound } from './routes-own';
import type { SecondFactors } from './second-factor/second-factors';
import { showSetup, takeSetup } from './setup-routes';
import type { SignIns } from './sign-ins';

export interface AccountRoutesDependencies {
  db: Database;
  signIns: SignIns;
  links: AccountLinks;
  requirePermission: RequirePermission;
  /** Origins from which pages may change something: the server's own, then others that were configured. */
  ownOrigins: () => string[];
  factors: Pick<SecondFactors, 'remove'>;
  /** Whether people can sign in by the house's own provider. */
  hasOpenId: boolean;
  /** The provinces and cities that the operator serves; empty where nobody has said. */
  servedPlaces: () => ReadonlySet<string>;
  /** True in production: the cookie travels over HTTPS only. */
  isSecure: boolean;
  /** Told who has signed out, so that nothing more is offered to them. */
  onSignOut?: (accountId: string) => Promise<void>;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

const credentialsSchema = z.strictObject({
  login: z.string().max(200),
  password: z.string().max(200),
  /** Of the authenticator app, or a recovery code. */
  code: z.string().max(40).optional(),
});

const isUuid = (id: string) => z.uuid().safeParse(id).success;

/** Signing in and out, one-time links, and the accounts as admins see them. */
export function registerAccounts(server: Server, deps: AccountRoutesDependencies): void {
  const { db, signIns, links, requirePermission, clock, log } = deps;
  const admins = requirePermission('accounts.manage');

  server.post(
    '/accounts/sign-in',
    route(log, async (request, response) => {
      checkOrigin(request, deps.ownOrigins());
      const credentials = parseBody(credentialsSchema, await readJson(request, BODY_LIMIT));
      const result = await signIns.signIn(credentials, deviceOf(request.headers['user-agent']));
      if (result.status === 'locked') {
        throw new AppError('too-many-requests', 'Too many failed attempts for this login. Try again later.', {
          retryAfterSeconds: result.retryAfterSeconds,
        });
      }
      if (result.status === 'code-needed') {
        const message = 'The code of the authenticator app, or a recovery code, is needed as well.';
        return sendJson(response, 401, { error: { code: 'code-needed', message } });
      }
      if (result.status === 'refused') {
        const what = credentials.code === undefined ? 'Login or password' : 'Login, password or code';
        throw new AppError('unauthenticated', `${what} is wrong.`);
      }
      const { token, account } = result;
      sendJson(response, 200, { account }, { 'Set-Cookie': signInCookie(token, deps.isSecure) });
    }),
  );
  server.post(
    '/accounts/sign-out',
    route(log, async (request, response) => {
      checkOrigin(request, deps.ownOrigins());
      const accountId = await signIns.signOut(readCookie(request));
      if (accountId !== null) await deps.onSignOut?.(accountId);
      sendJson(response, 200, { status: 'signed-out' }, { 'Set-Cookie': signInCookie('', deps.isSecure) });
    }),
  );
  server.get(
    '/accounts/ways',
    route(log, async (_request, response) => sendJson(response, 200, { openId: deps.hasOpenId })),
  );
  server.get(
    '/setup',
    route(log, async (request, response) => {
      await showSetup(links, new URLSearchParams(request.getQuery()).get('token') ?? '', response);
    }),
  );
  server.post(
    '/setup',
    route(log, async (request, response) => {
      checkOrigin(request, deps.ownOrigins());
      await takeSetup(links, request, response);
    }),
  );
  server.get(
    '/accounts',
    route(
      log,
      admins(async ({ response }) => sendJson(response, 200, { accounts: await listAccounts(db) })),
    ),
  );
  server.post(
    '/accounts',
    route(
      log,
      admins(async ({ request, response, account: admin }) => {
        const wanted = parseBody(newAccountSchema, await readJson(request, BODY_LIMIT));
        checkPlaces(wanted.places, deps.servedPlaces());
        const id = await addAccount(db, wanted, { accountId: admin.id, at: clock() });
        const link = await links.createPasswordLink(id, admin.id);
        sendJson(response, 201, { account: await findAccount(db, { id }), link });
      }),
    ),
  );
  server.patch(
    '/accounts/:id',
    route(
      log,
      admins(async ({ request, response, account: admin }) => {
        const id = accountIn(request.params);
        const change = parseBody(accountChangeSchema, await readJson(request, BODY_LIMIT));
        checkPlaces(change.places, deps.servedPlaces());
        const account = await changeAccount(db, id, change, { accountId: admin.id, at: clock() });
        sendJson(response, 200, { account });
      }),
    ),
  );
  server.post(
    '/accounts/:id/link',
    route(
      log,
      admins(async ({ request, response, account: admin }) => {
        const account = await findAccount(db, { id: accountIn(request.params) });
        if (!account) throw new AppError('not-found', 'There is no such account.');
        sendJson(response, 201, { account, link: await links.createPasswordLink(account.id, admin.id) });
      }),
    ),
  );
  server.get(
    '/accounts/:id/sign-ins',
    route(
      log,
      admins(async ({ request, response }) => {
        const signedIn = await listSignIns(db, accountIn(request.params), clock());
        sendJson(response, 200, { signIns: signedIn });
      }),
    ),
  );
  server.del(
    '/accounts/:id/sign-ins/:signIn',
    route(
      log,
      admins(async ({ request, response, account: admin }) => {
        const wanted = { accountId: accountIn(request.params), id: String(request.params?.signIn ?? '') };
        const by = { accountId: admin.id, at: clock() };
        if (!isUuid(wanted.id) || !(await endSignIn(db, wanted, by))) throw signInNotFound();
        sendJson(response, 200, { status: 'ended' });
      }),
    ),
  );
  server.del(
    '/accounts/:id/second-factor',
    route(
      log,
      admins(async ({ request, response, account: admin }) => {
        const account = await findAccount(db, { id: accountIn(request.params) });
        if (!account) throw new AppError('not-found', 'There is no such account.');
        await deps.factors.remove(account, admin.id);
        sendJson(response, 200, { account: { ...account, hasSecondFactor: false } });
      }),
    ),
  );
}

function accountIn(params: Record<string, string> | undefined): string {
  const id = params?.id ?? '';
  if (!isUuid(id)) throw new AppError('not-found', 'There is no such account.');
  return id;
}

/** Whoever is limited to a place that is not there could change nothing, and nobody would see why. */
function checkPlaces(places: readonly string[] | undefined, served: ReadonlySet<string>): void {
  const unknown = places?.filter((place) => !served.has(place)) ?? [];
  if (unknown.length === 0 || served.size === 0) return;
  throw new AppError(
    'bad-request',
    `Nothing was changed. To mend: places: ${unknown.join(', ')} is not served; write the full name of a province or city of intents/entities/areas.yaml.`,
  );
}
