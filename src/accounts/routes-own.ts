import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Database } from '../records/database';
import type { Role } from './account';
import { changePassword } from './change-password';
import { lacksSecondFactor, type RequireSignedIn } from './guard';
import { endSignIn, listSignIns } from './list-sign-ins';
import type { SecondFactors } from './second-factor/second-factors';
import type { SignedIn, SignIns } from './sign-ins';

export interface OwnAccountDependencies {
  db: Database;
  signIns: SignIns;
  factors: SecondFactors;
  requireSignedIn: RequireSignedIn;
  secondFactorRoles: readonly Role[];
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;
const password = z.string().max(200);
const passwordBody = z.strictObject({ password });
const codeBody = z.strictObject({ code: z.string().max(40) });
const changeBody = z.strictObject({ password, newPassword: password });

export const signInNotFound = () =>
  new AppError('not-found', 'This sign-in is over already, or is another account’s. Nothing was changed.');

/** What everybody may do with their own account, whatever the role. */
export function registerOwnAccount(server: Server, deps: OwnAccountDependencies): void {
  const { db, signIns, factors, requireSignedIn, clock, log } = deps;

  /** Whoever finds an unlocked screen must not lock its owner out. */
  async function checkPassword(account: SignedIn, typed: string): Promise<void> {
    if (account.hasPassword && (await signIns.isOwnPassword(account, typed))) return;
    throw new AppError('forbidden', '密码不对，未做任何更改。The password is wrong; nothing was changed.');
  }

  server.get(
    '/accounts/me',
    route(
      log,
      requireSignedIn(async ({ response, account }) => {
        const mustSetSecondFactor = lacksSecondFactor(account, deps.secondFactorRoles);
        const { permissions, ...own } = account;
        sendJson(response, 200, { account: own, permissions, mustSetSecondFactor });
      }),
    ),
  );
  server.get(
    '/accounts/me/sign-ins',
    route(
      log,
      requireSignedIn(async ({ response, account, token }) => {
        sendJson(response, 200, { signIns: await listSignIns(db, account.id, clock(), token) });
      }),
    ),
  );
  server.del(
    '/accounts/me/sign-ins/:id',
    route(
      log,
      requireSignedIn(async ({ request, response, account }) => {
        const id = String(request.params?.id ?? '');
        const by = { accountId: account.id, at: clock() };
        const isUuid = z.uuid().safeParse(id).success;
        if (!isUuid || !(await endSignIn(db, { accountId: account.id, id }, by))) throw signInNotFound();
        sendJson(response, 200, { status: 'ended' });
      }),
    ),
  );
  server.post(
    '/accounts/me/password',
    route(
      log,
      requireSignedIn(async ({ request, response, account, token }) => {
        const body = parseBody(changeBody, await readJson(request, BODY_LIMIT));
        await checkPassword(account, body.password);
        await changePassword(db, account, body.newPassword, { keptToken: token, at: clock() });
        sendJson(response, 200, { status: 'changed' });
      }),
    ),
  );
  server.get(
    '/accounts/me/second-factor',
    route(
      log,
      requireSignedIn(async ({ response, account }) =>
        sendJson(response, 200, await factors.read(account.id)),
      ),
    ),
  );
  server.post(
    '/accounts/me/second-factor',
    route(
      log,
      requireSignedIn(async ({ request, response, account }) => {
        const body = parseBody(passwordBody, await readJson(request, BODY_LIMIT));
        await checkPassword(account, body.password);
        sendJson(response, 201, await factors.begin(account));
      }),
    ),
  );
  server.post(
    '/accounts/me/second-factor/confirm',
    route(
      log,
      requireSignedIn(async ({ request, response, account, token }) => {
        const { code } = parseBody(codeBody, await readJson(request, BODY_LIMIT));
        sendJson(response, 200, { recoveryCodes: await factors.confirm(account, code, token) });
      }),
    ),
  );
  server.post(
    '/accounts/me/second-factor/remove',
    route(
      log,
      requireSignedIn(async ({ request, response, account }) => {
        const body = parseBody(passwordBody, await readJson(request, BODY_LIMIT));
        await checkPassword(account, body.password);
        await factors.remove(account, account.id);
        sendJson(response, 200, await factors.read(account.id));
      }),
    ),
  );
}
