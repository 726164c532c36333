import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { type App, startApp } from '../../src/main';
import { keepModels, seedModels } from './models';
import { createTestDatabase } from './postgres';
import { type RedisServer, startRedisServer } from './redis-server';
import { until } from './turns';

export const APP_SECRET = 'app-secret-of-tests-0000';
export const WEB_SECRET = 'web-secret-of-tests-0000';

/** The whole server, as `npm start` composes it, on a Redis and a database of its own. */
export interface TestApp extends App {
  redis: RedisServer;
  databaseUrl: string;
  /** Ends the server and starts it again on the same data; `url` changes. */
  restart(): Promise<void>;
  /** Another node beside it, with a folder of its own; ends with the first. */
  addNode(): Promise<App>;
  stop(): Promise<void>;
}

export async function startTestApp(
  changed: Record<string, string> = {},
  clock: () => number = Date.now,
): Promise<TestApp> {
  const [redis, databaseUrl] = await Promise.all([startRedisServer(), createTestDatabase()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'app-test-'));
  seedModels(dataDir);
  const settings = {
    PORT: '0',
    DATA_DIR: dataDir,
    REDIS_URL: redis.url,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    DIRECT_LINE_APP_SECRET: APP_SECRET,
    DIRECT_LINE_WEB_SECRET: WEB_SECRET,
    OPERATOR_LINE_TEST_MS: '0',
    USER_RATE_PER_MINUTE: '0',
    ...changed,
  };
  const start = () => startApp(readConfig(settings), () => undefined, clock);
  const others: App[] = [];
  const app = await start();
  keepModels(dataDir);
  const self: TestApp = {
    ...app,
    redis,
    databaseUrl,
    restart: async () => {
      await self.close();
      Object.assign(self, await start());
    },
    addNode: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'app-test-node-'));
      seedModels(folder);
      const own = { ...settings, DATA_DIR: folder };
      const node = await startApp(readConfig(own), () => undefined, clock);
      others.push({
        ...node,
        close: async () => {
          await node.close();
          rmSync(folder, { recursive: true, force: true });
        },
      });
      return node;
    },
    stop: async () => {
      for (const node of others) await node.close();
      await self.close();
      await redis.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}

export interface Said {
  id: string;
  text: string;
  role: string;
  quickReplies: string[];
}

interface Json {
  [key: string]: unknown;
}

export async function callJson(
  method: string,
  url: string,
  options: { token?: string; cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: Json; cookie: string | null }> {
  const { token, cookie, body, headers } = options;
  const response = await fetch(url, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { Cookie: cookie } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const setCookie = response.headers.get('set-cookie');
  const text = await response.text();
  return {
    status: response.status,
    body: JSON.parse(text || '{}'),
    cookie: setCookie?.split(';')[0] ?? null,
  };
}

/** A customer who talks over Direct Line by polling, and waits for what is said instead of sleeping. */
export interface Customer {
  conversationId: string;
  token: string;
  send(text: string): Promise<void>;
  /** Everything said so far, oldest first. */
  all(): Promise<Said[]>;
  /** Sends, and answers what is said since, up to the first line that fits. */
  ask(text: string, answer: RegExp): Promise<string[]>;
  /** Waits for a line after the last that was waited for; answers it. */
  hear(line: RegExp, withinMs?: number): Promise<string>;
}

const linesOf = (said: Said[]): string[] => said.flatMap(({ text, role }) => (role === 'user' ? [] : [text]));

/** A customer in a new conversation, who has been greeted, or in the one that is resumed. */
export async function openCustomer(
  url: string,
  request: { secret?: string; user?: Json; customer?: Json; locale?: string; resume?: boolean } = {},
): Promise<Customer> {
  const { secret = WEB_SECRET, ...body } = request;
  const api = `${url}/v3/directline`;
  const made = await callJson('POST', `${api}/tokens/generate`, { token: secret, body });
  if (made.status !== 200) throw new Error(JSON.stringify(made));
  const token = String(made.body.token);
  const started = await callJson('POST', `${api}/conversations`, { token });
  const customer = talkIn(url, String(started.body.conversationId), token);
  // Else what greets a new customer could be taken for an answer.
  if (started.status === 201) await until(async () => (await customer.all()).length > 0);
  return customer;
}

export function talkIn(url: string, conversationId: string, token: string): Customer {
  const api = `${url}/v3/directline/conversations/${conversationId}/activities`;
  let heard = 0;
  const all = async (): Promise<Said[]> => {
    const said: Said[] = [];
    for (let watermark = ''; ; ) {
      const { body } = await callJson('GET', `${api}?watermark=${watermark}`, { token });
      // The shape of an ActivitySet.
      const set = body as unknown as {
        activities: {
          id: string;
          text?: string;
          from: { role?: string };
          suggestedActions?: { actions: { title: string }[] };
        }[];
        watermark: string;
      };
      said.push(
        ...set.activities.map(({ id, text = '', from, suggestedActions }) => ({
          id,
          text,
          role: from.role ?? '',
          quickReplies: suggestedActions?.actions.map(({ title }) => title) ?? [],
        })),
      );
      if (set.activities.length === 0) return said;
      watermark = set.watermark;
    }
  };
  const send = async (text: string): Promise<void> => {
    const sent = await callJson('POST', api, { token, body: { type: 'message', text } });
    if (sent.status !== 200) throw new Error(JSON.stringify(sent));
  };
  /** What was said from a place on until a line fits: no more, however much has come meanwhile. */
  async function waitFor(line: RegExp, from: number, withinMs: number): Promise<string[]> {
    let said: Said[] = [];
    let at = -1;
    try {
      await until(async () => {
        said = (await all()).slice(from);
        at = said.findIndex(({ text, role }) => role !== 'user' && line.test(text));
        return at >= 0;
      }, withinMs);
    } catch (error) {
      throw new Error(`nothing like ${line} was said, but: ${JSON.stringify(linesOf(said))}`, {
        cause: error,
      });
    }
    heard = from + at + 1;
    return linesOf(said.slice(0, at + 1));
  }
  return {
    conversationId,
    token,
    send,
    all,
    async ask(text, answer) {
      const before = (await all()).length;
      await send(text);
      return waitFor(answer, before, 15_000);
    },
    async hear(line, withinMs = 15_000) {
      return (await waitFor(line, heard, withinMs)).at(-1) ?? '';
    },
  };
}

/** Signs in the first admin by its one-time link; answers the cookie. */
export async function signInFirstAdmin(app: Pick<App, 'url' | 'firstAdminLink'>): Promise<string> {
  const token = new URL(app.firstAdminLink ?? '').searchParams.get('token');
  const credentials = { login: 'admin@operator.example', password: 'correct horse battery' };
  const set = await callJson('POST', `${app.url}/setup`, { body: { token, name: '管理员', ...credentials } });
  if (set.status >= 300) throw new Error(JSON.stringify(set));
  const signedIn = await callJson('POST', `${app.url}/accounts/sign-in`, { body: credentials });
  if (!signedIn.cookie) throw new Error(JSON.stringify(signedIn));
  return signedIn.cookie;
}
