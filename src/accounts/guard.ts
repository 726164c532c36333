import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors';
import type { Role } from './account';
import { isOwnRequest } from './origin';
import { may, type Permission, type Permissions, permissionsOf, type Worker } from './permissions';
import { SIGN_IN_MS, type SignedIn, type SignIns } from './sign-ins';

export const COOKIE = 'bot_sign_in';

export interface Call<R extends IncomingMessage> {
  request: R;
  response: ServerResponse;
  account: Worker;
}

type Work<R extends IncomingMessage> = (call: Call<R>) => Promise<void>;
type Handler<R extends IncomingMessage> = (request: R, response: ServerResponse) => Promise<void>;

/**
 * The one guard of every agent and admin route: the work runs only for a signed-in account whose role may do it, and
 * only for requests of our own pages or of programs. Throws `unauthenticated` or `forbidden`.
 */
export type RequirePermission = (
  permission: Permission,
) => <R extends IncomingMessage>(work: Work<R>) => Handler<R>;

/** Passes on whoever is signed in, with the token of the sign-in. */
export type RequireSignedIn = <R extends IncomingMessage>(
  work: (call: Call<R> & { account: SignedIn & Worker; token: string }) => Promise<void>,
) => Handler<R>;

/** The value of a cookie; empty when the browser sent none. */
export const cookieIn = (request: IncomingMessage, wanted: string): string =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === wanted)?.[1] ?? '';

export const readCookie = (request: IncomingMessage): string => cookieIn(request, COOKIE);

/** The Set-Cookie header of a sign-in; an empty token takes the cookie away. */
export const signInCookie = (token: string, isSecure: boolean): string => {
  const age = token === '' ? 0 : SIGN_IN_MS / 1000;
  return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${isSecure ? '; Secure' : ''}`;
};

/** Throws `forbidden` for a request that a foreign page made a browser send. */
export function checkOrigin(request: IncomingMessage, ownOrigins: string[]): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (isOwnRequest(request.headers, ownOrigins)) return;
  throw new AppError(
    'forbidden',
    `This request did not come from a page of this server. Nothing was changed: open ${ownOrigins[0] ?? 'its address'}, or send JSON without an Origin.`,
  );
}

export interface GuardDependencies {
  signIns: Pick<SignIns, 'accountOf'>;
  ownOrigins: () => string[];
  /** Roles that may do nothing with a password alone. */
  secondFactorRoles: readonly Role[];
  permissions: Permissions;
}

async function authenticate(deps: GuardDependencies, request: IncomingMessage): Promise<SignedIn & Worker> {
  checkOrigin(request, deps.ownOrigins());
  const token = readCookie(request);
  const account = token === '' ? null : await deps.signIns.accountOf(token);
  if (account) return { ...account, permissions: permissionsOf(account, deps.permissions) };
  throw new AppError('unauthenticated', 'Nobody is signed in, or the sign-in is over. Sign in again.');
}

/** The guard of what belongs to one's own account: any role, and before a second factor is set up. */
export function createRequireSignedIn(deps: GuardDependencies): RequireSignedIn {
  return (work) => async (request, response) => {
    await work({ request, response, account: await authenticate(deps, request), token: readCookie(request) });
  };
}

/** True for who signed in with a password alone, where the role asks for a code of the app as well. */
export const lacksSecondFactor = (account: SignedIn, roles: readonly Role[]): boolean =>
  account.way === 'password' && !account.hasSecondFactor && roles.includes(account.role);

const rolesThatMay = (permissions: Permissions, permission: Permission): string[] =>
  Object.entries(permissions).flatMap(([role, names]) => (names.includes(permission) ? [role] : []));

export function createRequirePermission(deps: GuardDependencies): RequirePermission {
  return (permission) => (work) => async (request, response) => {
    const account = await authenticate(deps, request);
    if (lacksSecondFactor(account, deps.secondFactorRoles)) {
      throw new AppError(
        'forbidden',
        `The role "${account.role}" needs a code from an authenticator app here. Nothing was changed: set it up first (POST /accounts/me/second-factor).`,
      );
    }
    if (!may(account, permission)) {
      if (deps.permissions[account.role].includes(permission))
        throw new AppError(
          'forbidden',
          `An account that is limited to places may not do this: it takes "${permission}". Nothing was changed: ask an admin without this limit.`,
        );
      const roles = rolesThatMay(deps.permissions, permission).join(', ') || 'no role';
      throw new AppError(
        'forbidden',
        `The role "${account.role}" may not do this: it takes "${permission}", which ${roles} may.`,
      );
    }
    await work({ request, response, account });
  };
}
