import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors';
import type { Account, Role } from './account';
import { isOwnRequest } from './origin';
import { SIGN_IN_MS, type SignIns } from './sign-ins';

export const COOKIE = 'bot_sign_in';

export interface Call<R extends IncomingMessage> {
  request: R;
  response: ServerResponse;
  account: Account;
}

type Work<R extends IncomingMessage> = (call: Call<R>) => Promise<void>;
type Handler<R extends IncomingMessage> = (request: R, response: ServerResponse) => Promise<void>;

/**
 * The one guard of every agent and admin route: the work runs only for a signed-in account with one of the roles, and
 * only for requests of our own pages or of programs. Throws `unauthenticated` or `forbidden`.
 */
export type RequireRole = (...roles: Role[]) => <R extends IncomingMessage>(work: Work<R>) => Handler<R>;

export const readCookie = (request: IncomingMessage): string =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1] ?? '';

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

export function createRequireRole(deps: { signIns: SignIns; ownOrigins: () => string[] }): RequireRole {
  return (...roles) =>
    (work) =>
    async (request, response) => {
      checkOrigin(request, deps.ownOrigins());
      const token = readCookie(request);
      const account = token === '' ? null : await deps.signIns.accountOf(token);
      if (!account)
        throw new AppError('unauthenticated', 'Nobody is signed in, or the sign-in is over. Sign in again.');
      if (!roles.includes(account.role)) {
        throw new AppError(
          'forbidden',
          `The role "${account.role}" may not do this; it takes: ${roles.join(', ')}.`,
        );
      }
      await work({ request, response, account });
    };
}
