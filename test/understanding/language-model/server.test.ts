import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../../support/app';
import {
  answers,
  hangsUp,
  type Misbehave,
  type ModelServer,
  neverAnswers,
  says,
  startModelServer,
  writes,
} from '../../support/model-server';
import { until } from '../../support/turns';

/** The whole server with a language model that is well, dead, slow or mad. */
const UNKNOWN = '那个玩意儿它又搞起来了哦';
const nothing = { intent: 'none', option: 'none', slots: [], answer: [] };

let app: TestApp;
let model: ModelServer;
let admin: string;

beforeAll(async () => {
  model = await startModelServer();
  app = await startTestApp({
    LLM_BASE_URL: model.url,
    LLM_API_KEY: 'key-of-tests',
    LLM_MODEL: 'test-model',
    LLM_TURN_BUDGET_MS: '700',
    LLM_AGENT_BUDGET_MS: '2000',
  });
  admin = await signInFirstAdmin(app);
}, 60_000);
afterAll(async () => {
  await app.stop();
  await model.stop();
});
beforeEach(() => {
  model.asked.length = 0;
});

describe('the server with a language model', () => {
  it('asks the customer what the model makes of a message that nobody understands', async () => {
    model.behave(answers({ ...nothing, intent: 'fault-no-internet' }));
    const customer = await openCustomer(app.url);
    await customer.ask(UNKNOWN, /您是说.*吗/);
    expect(model.asked).toHaveLength(1);
    await customer.ask('是的', /地址|灯|查/);
  });

  it('does not ask it about what is understood', async () => {
    const customer = await openCustomer(app.url);
    await customer.ask('家里宽带断网了', /./);
    await customer.ask('转人工', /./);
    expect(model.asked).toHaveLength(0);
  });

  const bad: [string, Misbehave][] = [
    ['never answers', neverAnswers],
    ['hangs up', hangsUp],
    ['fails', says(500)],
    ['is busy', says(429, { 'Retry-After': '0' })],
    ['talks nonsense', writes('I am a teapot')],
    ['wants to act', writes('{"action":"cancel-everything"}')],
  ];
  it.each(bad)('answers as without one when it %s', async (_name, behaviour) => {
    model.behave(behaviour);
    const customer = await openCustomer(app.url);
    const startedAt = performance.now();
    await customer.ask(UNKNOWN, /您遇到什么事了/);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(model.asked).toHaveLength(1);
    await customer.ask('家里宽带断网了', /地址|灯|查/);
  });

  it('shows who manages what it did and what it cost', async () => {
    let days: { counts: Record<string, number>; spent: { tokens: number } }[] = [];
    await until(async () => {
      const { status, body } = await callJson('GET', `${app.url}/admin/language-model`, { cookie: admin });
      expect(status).toBe(200);
      days = (body as { days: typeof days }).days;
      return (days[0]?.counts['refused.timeout'] ?? 0) > 0;
    });
    expect(days).toHaveLength(7);
    expect(days[0]?.counts['asked.message']).toBeGreaterThan(3);
    expect(days[0]?.spent.tokens).toBeGreaterThan(100);
  });

  it('drafts a summary for an agent', async () => {
    model.behave(answers({ sentences: ['客户要人工。'] }));
    const customer = await openCustomer(app.url);
    await customer.ask('转人工', /./);
    const path = `${app.url}/agent/conversations/${customer.conversationId}/summary`;
    const drafted = await callJson('POST', path, { cookie: admin, body: {} });
    expect([drafted.status, drafted.body]).toEqual([
      200,
      { text: '客户要人工。', writtenBy: 'model', upTo: expect.any(Number) },
    ]);
  });
});

describe('the server without a language model', () => {
  it('loads none of its packages', () => {
    const root = join(__dirname, '../../..');
    const code =
      "require('./src/main'); console.log(Object.keys(require.cache).filter((file) => /node_modules.(@langchain|opossum|openai)/.test(file)).length)";
    const output = execFileSync('node', ['-r', './test/support/register.cjs', '-e', code], { cwd: root });
    expect(output.toString().trim()).toBe('0');
  });
});
