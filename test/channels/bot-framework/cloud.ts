import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/**
 * Microsoft's side of the Bot Framework on one local port: the keys of the channel, the tokens of bots, a connector
 * that takes replies and can be told to fail, and files that customers sent.
 */
export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const APP_PASSWORD = 'a password of the test';
export const ISSUER = 'https://api.botframework.test';

export type Fault =
  /** Answered so, and nothing is shown; with a Retry-After where one is given. */
  | { status: number; retryAfter?: string }
  /** Shown, and the connection cut before the answer. */
  | 'reset-after-send'
  /** Shown, and never answered. */
  | 'timeout-after-send'
  /** Shown, and answered late. */
  | { slowMs: number };

export interface Shown {
  conversationId: string;
  replyTo: string | null;
  token: string | null;
  activity: Record<string, unknown>;
}

type Json = Record<string, unknown>;

async function readJson(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const answer = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

export async function startCloud(options: { faults?: () => Fault | null } = {}) {
  const known = await generateKeyPair('RS256', { extractable: true });
  const stranger = await generateKeyPair('RS256');
  const jwk = async (kid: string, endorsements?: string[]) => ({
    ...(await exportJWK(known.publicKey)),
    kid,
    use: 'sig',
    ...(endorsements ? { endorsements } : {}),
  });
  const keys = [
    await jwk('good', ['msteams', 'webchat', 'sms', 'test', 'directline']),
    await jwk('other', ['telegram']),
  ];
  const shown: Shown[] = [];
  const files = new Map<string, { bytes: Buffer; tokens: (string | undefined)[] }>();
  const state = {
    faults: options.faults ?? (() => null),
    tokensMade: 0,
    isKeyServiceUp: true,
    valid: new Set<string>(),
  };
  const waiting = new Set<ServerResponse>();

  async function takeActivity(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const [, id = '', replyTo] = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path) ?? [];
    const activity = JSON.parse(await readJson(request)) as Json;
    const token = request.headers.authorization?.replace('Bearer ', '') ?? null;
    if (token !== null && !state.valid.has(token)) return answer(response, 401, {});
    const fault = activity.type === 'typing' ? null : state.faults();
    if (fault !== null && typeof fault === 'object' && 'status' in fault) {
      return answer(response, fault.status, {}, fault.retryAfter ? { 'Retry-After': fault.retryAfter } : {});
    }
    shown.push({
      conversationId: decodeURIComponent(id),
      replyTo: replyTo ? decodeURIComponent(replyTo) : null,
      token,
      activity,
    });
    if (fault === 'reset-after-send') return void request.socket.destroy();
    if (fault === 'timeout-after-send') return void waiting.add(response);
    const done = () => answer(response, 200, { id: `r-${shown.length}` });
    if (fault === null) return done();
    setTimeout(done, fault.slowMs);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path === '/openid') {
      if (!state.isKeyServiceUp) return answer(response, 503, {});
      return answer(response, 200, { issuer: ISSUER, jwks_uri: `${url}/keys` });
    }
    if (path === '/keys') return answer(response, 200, { keys });
    if (path === '/oauth2/v2.0/token') {
      const form = new URLSearchParams(await readJson(request));
      const isKnown = form.get('client_id') === APP_ID && form.get('client_secret') === APP_PASSWORD;
      if (!isKnown || form.get('grant_type') !== 'client_credentials') return answer(response, 401, {});
      state.tokensMade += 1;
      const token = `token-${state.tokensMade}`;
      state.valid.add(token);
      return answer(response, 200, { access_token: token, expires_in: 3600, token_type: 'Bearer' });
    }
    const file = files.get(path);
    if (file) {
      file.tokens.push(request.headers.authorization);
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      return void response.end(file.bytes);
    }
    if (request.method === 'POST' && path.startsWith('/v3/conversations/')) {
      return takeActivity(request, response, path);
    }
    answer(response, 404, {});
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    state,
    shown,
    /** What a customer sees, in order; typing left out. */
    seenIn: (conversationId: string) =>
      shown.filter((each) => each.conversationId === conversationId && each.activity.type !== 'typing'),
    textsIn: (conversationId: string) =>
      shown
        .filter((each) => each.conversationId === conversationId && each.activity.type === 'message')
        .map(({ activity }) => activity.text),
    keepFile(name: string, bytes: Buffer) {
      files.set(`/${name}`, { bytes, tokens: [] });
      return { contentUrl: `${url}/${name}`, tokens: () => files.get(`/${name}`)?.tokens ?? [] };
    },
    /** A token as the channel signs it; everything about it can be wrong. */
    sign(
      changed: JWTPayload & { serviceurl?: string } = {},
      how: { kid?: string; isStranger?: boolean; expiresIn?: number; startsIn?: number } = {},
    ): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        iss: ISSUER,
        aud: APP_ID,
        serviceurl: url,
        iat: now,
        nbf: now + (how.startsIn ?? 0),
        exp: now + (how.expiresIn ?? 3600),
        ...changed,
      })
        .setProtectedHeader({ alg: 'RS256', kid: how.kid ?? 'good' })
        .sign(how.isStranger ? stranger.privateKey : known.privateKey);
    },
    publicKey: known.publicKey,
    settings: {
      BOT_APP_ID: APP_ID,
      BOT_APP_PASSWORD: APP_PASSWORD,
      BOT_OPENID_METADATA: `${url}/openid`,
      BOT_TOKEN_ISSUER: ISSUER,
      BOT_OAUTH_URL: url,
    },
    async stop() {
      for (const response of waiting) response.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
export type Cloud = Awaited<ReturnType<typeof startCloud>>;

/** A customer of the channel, who writes as the connector passes it on. */
export function createCustomer(
  cloud: Cloud,
  botUrl: () => string,
  { channelId = 'webchat', user = 'u1', conversation = 'c1', locale = 'zh-CN' } = {},
) {
  let ids = 0;
  const base = () => ({
    id: `${conversation}-${++ids}`,
    channelId,
    serviceUrl: cloud.url,
    conversation: { id: conversation },
    from: { id: user, name: '王芳' },
    recipient: { id: 'bot-1', name: 'bot' },
    locale,
    timestamp: new Date().toISOString(),
  });
  async function post(activity: Json, token?: string | null) {
    const given = token === undefined ? await cloud.sign() : token;
    const response = await fetch(`${botUrl()}/api/messages`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(given === null ? {} : { Authorization: `Bearer ${given}` }),
      },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text || '{}') as Json };
  }
  return {
    conversation,
    /** The next activity, with what is changed. */
    next: (changed: Json = {}): Json => ({ ...base(), ...changed }),
    post,
    send: (changed: Json) => post({ ...base(), ...changed }),
    say: (text: string) => post({ ...base(), type: 'message', text }),
  };
}
export type BotCustomer = ReturnType<typeof createCustomer>;
