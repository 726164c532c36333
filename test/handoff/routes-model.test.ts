import type { Drafted } from '../../src/contract/language-model';
import { type ModelAssistant, registerModel } from '../../src/handoff/routes-model';
import { startAccountsHost } from '../accounts/host';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { silent } from '../support/turns';
import { type DeskHost, startDeskHost } from './host';

type Cookie = Record<string, string>;

/** Drafts for agents over HTTP: who may ask for them, what they get, and what they are told when there is none. */
describe('drafts of a language model', () => {
  let redis: RedisServer;
  let host: DeskHost;
  let admin: Cookie;
  let anna: { id: string; cookie: Cookie };
  let ben: { id: string; cookie: Cookie };
  let auditor: { id: string; cookie: Cookie };
  let next: Drafted;
  const asked: unknown[] = [];
  const assistant: ModelAssistant = {
    model: 'test-model',
    draft: async (purpose, state, lines) => {
      const texts = lines.map(({ activity }) => activity.text);
      asked.push({ purpose, id: state.conversationId, texts });
      return next;
    },
    readDays: async () => [{ day: '2026-11-24', spent: { tokens: 150, money: 0.00048 }, counts: {} }],
  };
  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDeskHost(redis.url);
    const { desk, node, accounts } = host;
    const { requirePermission } = accounts;
    registerModel(accounts.server, { assistant, desk, store: node.store, requirePermission, log: silent });
    admin = (await accounts.makeAdmin()).cookie;
    anna = await accounts.enter(admin, 'anna', 'agent');
    ben = await accounts.enter(admin, 'ben', 'agent');
    auditor = await accounts.enter(admin, 'audra', 'auditor');
    await host.queued('waits', '家里没网');
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });
  beforeEach(() => {
    asked.length = 0;
    next = { status: 'drafted', draft: { text: '客户报修，电话13800138000。', writtenBy: 'model' } };
  });
  const post = (who: { cookie: Cookie }, path: string) =>
    host.accounts.call('POST', `/agent/conversations/${path}`, {}, who.cookie);

  it('are written for who may read the conversation, marked, and with phones masked', async () => {
    const { status, body } = await post(anna, 'waits/summary');
    expect([status, body]).toEqual([
      200,
      { text: '客户报修，电话138****8000。', writtenBy: 'model', upTo: expect.any(Number) },
    ]);
    expect(asked).toEqual([
      { purpose: 'summary', id: 'waits', texts: expect.arrayContaining(['家里没网', '人工']) },
    ]);
    expect((await post(anna, 'waits/suggested-reply')).status).toBe(200);
    expect(asked[1]).toMatchObject({ purpose: 'reply' });
  });

  it('go nowhere by themselves', async () => {
    const before = await host.texts('waits');
    await post(anna, 'waits/suggested-reply');
    expect(await host.texts('waits')).toEqual(before);
  });

  it('are refused to whom the conversation is not shown', async () => {
    await host.queued('annas');
    await post(anna, 'annas/claim');
    expect((await post(anna, 'annas/summary')).status).toBe(200);
    asked.length = 0;
    expect((await post(ben, 'annas/summary')).status).toBe(403);
    expect((await post(auditor, 'annas/summary')).status).toBe(403);
    expect((await post({ cookie: {} }, 'annas/summary')).status).toBe(401);
    expect((await post(anna, 'nobody/summary')).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it.each([
    ['day-budget', 429],
    ['conversation-budget', 429],
    ['breaker-open', 503],
    ['rate-limited', 503],
    ['timeout', 503],
    ['bad-output', 503],
    ['dropped', 503],
  ] as const)('say why there is none: %s', async (reason, status) => {
    next = { status: reason };
    const answer = await post(anna, 'waits/summary');
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(/Nothing was sent or changed/);
  });

  it('are counted for who manages or audits, and for nobody else', async () => {
    const path = '/admin/language-model';
    const { body } = await host.accounts.call('GET', path, undefined, admin);
    expect(body).toMatchObject({ model: 'test-model', days: [{ day: '2026-11-24' }] });
    expect((await host.accounts.call('GET', path, undefined, auditor.cookie)).status).toBe(200);
    expect((await host.accounts.call('GET', path, undefined, anna.cookie)).status).toBe(403);
    expect((await host.accounts.call('GET', path)).status).toBe(401);
  });

  it('do not exist without a model, which a code says', async () => {
    const accounts = await startAccountsHost();
    try {
      const { requirePermission, server } = accounts;
      const { desk, node } = host;
      registerModel(server, { assistant: null, desk, store: node.store, requirePermission, log: silent });
      const { cookie } = await accounts.makeAdmin();
      for (const [method, path] of [
        ['POST', '/agent/conversations/waits/summary'],
        ['POST', '/agent/conversations/waits/suggested-reply'],
        ['GET', '/admin/language-model'],
      ] as const) {
        const { status, body } = await accounts.call(
          method,
          path,
          method === 'POST' ? {} : undefined,
          cookie,
        );
        expect([status, body.error.code]).toEqual([404, 'no-language-model']);
      }
    } finally {
      await accounts.stop();
    }
  });
});
