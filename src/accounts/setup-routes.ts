import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readBody, readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { setupSchema } from './account';
import type { AccountLinks } from './links';
import { SETUP_HEADERS, type SetupView, setupPage } from './setup-page';

const BODY_LIMIT = 16 * 1024;

function sendPage(response: ServerResponse, status: number, view: SetupView): void {
  response.writeHead(status, SETUP_HEADERS);
  response.end(setupPage(view));
}

/** The page for a token, with what was typed before and what was wrong with it. */
async function viewOf(
  links: AccountLinks,
  token: string,
  problem: string | null,
  typed: { login?: string; name?: string } = {},
): Promise<SetupView> {
  const link = await links.read(token);
  if (link.type === 'dead') return link;
  const isFirstAdmin = link.type === 'first-admin';
  const login = isFirstAdmin ? (typed.login ?? '') : link.login;
  return { type: 'form', token, isFirstAdmin, login, name: typed.name ?? '', problem };
}

/** `GET /setup?token=…`: the page on which a password is set. */
export async function showSetup(links: AccountLinks, token: string, response: ServerResponse): Promise<void> {
  const view = await viewOf(links, token, null);
  sendPage(response, view.type === 'dead' ? 403 : 200, view);
}

/** `POST /setup`: the form of that page is answered with a page, JSON with JSON. */
export async function takeSetup(
  links: AccountLinks,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    const account = await links.redeem(parseBody(setupSchema, await readJson(request, BODY_LIMIT)));
    return sendJson(response, 200, { account });
  }
  const fields = Object.fromEntries(
    new URLSearchParams((await readBody(request, BODY_LIMIT)).toString('utf8')),
  );
  try {
    await links.redeem(parseBody(setupSchema, fields));
    sendPage(response, 200, { type: 'done' });
  } catch (error) {
    // What a person can mend is shown on the page they sent; anything else is the server's own trouble.
    if (!(error instanceof AppError)) throw error;
    const view = await viewOf(links, fields.token ?? '', error.message, fields);
    sendPage(response, view.type === 'dead' ? 403 : 400, view);
  }
}
