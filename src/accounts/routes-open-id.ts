import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { AppError } from '../errors';
import { route } from '../http/server';
import type { Database } from '../records/database';
import { deviceOf } from './device-of';
import { cookieIn, signInCookie } from './guard';
import { accountOfPerson } from './open-id/account-of-person';
import { FLOW_MS, type Flow, type OpenId, readFlow, safeBack } from './open-id/open-id';
import type { Seal } from './second-factor/second-factors';
import type { SignIns } from './sign-ins';

export interface OpenIdRoutesDependencies {
  db: Database;
  openId: OpenId;
  signIns: Pick<SignIns, 'open'>;
  seal: Seal;
  /** Address of this server as people reach it, without a slash at its end. */
  baseUrl: () => string;
  isSecure: boolean;
  clock: () => number;
  log: Logger;
}

export const OPEN_ID_PATH = '/accounts/open-id';
const FLOW_COOKIE = 'bot_open_id';

/** Why somebody comes back to the sign-in page without being signed in: a word that it puts into a sentence. */
type Failure = 'away' | 'refused' | 'unknown';

const flowCookie = (sealed: string, isSecure: boolean): string =>
  `${FLOW_COOKIE}=${sealed}; Path=${OPEN_ID_PATH}; HttpOnly; SameSite=Lax; Max-Age=${sealed === '' ? 0 : FLOW_MS / 1000}${isSecure ? '; Secure' : ''}`;

function redirect(response: Response, to: string, cookies: string[]): void {
  response.writeHead(302, { Location: to, 'Set-Cookie': cookies, 'Cache-Control': 'no-store' });
  response.end();
}

/** Browsers come here by following links: every end is a redirect to a page of ours. */
export function registerOpenId(server: Server, deps: OpenIdRoutesDependencies): void {
  const { openId, seal, isSecure, clock, log } = deps;
  const giveUp = (response: Response, failure: Failure) =>
    redirect(response, `/agent?sign-in=${failure}`, [flowCookie('', isSecure)]);

  async function begin(request: Request, response: Response): Promise<void> {
    const back = safeBack(new URLSearchParams(request.getQuery()).get('back'));
    const { address, flow } = await openId.begin(back, clock());
    redirect(response, address, [flowCookie(seal.seal(JSON.stringify(flow)), isSecure)]);
  }

  async function finish(request: Request, response: Response): Promise<void> {
    const flow = flowOf(request, seal);
    const address = new URL(request.url ?? '', deps.baseUrl());
    const person = await openId.finish(flow, address, clock());
    const account = await accountOfPerson(deps.db, person, clock());
    const device = deviceOf(request.headers['user-agent']);
    const token = account && (await deps.signIns.open(account, 'open-id', device));
    if (!token) return giveUp(response, 'unknown');
    redirect(response, flow.back, [flowCookie('', isSecure), signInCookie(token, isSecure)]);
  }

  const orGiveUp = (work: (request: Request, response: Response) => Promise<void>) =>
    route(log, async (request, response) => {
      try {
        await work(request, response);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.warn({ err: error }, 'sign-in by OpenID Connect failed');
        giveUp(response, error.code === 'unavailable' ? 'away' : 'refused');
      }
    });
  server.get(OPEN_ID_PATH, orGiveUp(begin));
  server.get(`${OPEN_ID_PATH}/callback`, orGiveUp(finish));
}

/** Throws `unauthenticated` for a browser that did not begin here, or was handed another's answer. */
function flowOf(request: IncomingMessage, seal: Seal): Flow {
  try {
    return readFlow(seal.unseal(cookieIn(request, FLOW_COOKIE)));
  } catch (error) {
    throw new AppError('unauthenticated', 'This browser did not begin to sign in here. Sign in again.', {
      cause: error,
    });
  }
}
