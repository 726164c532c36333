import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadDispositions } from '../../src/content/load-dispositions';
import { loadPractice, parsePractice } from '../../src/content/load-practice';
import { registerPractice } from '../../src/sandbox/routes';
import { type AccountsHost, startAccountsHost } from '../accounts/host';
import { shippedRules } from '../support/quality';
import { silent } from '../support/turns';

const ROOT = join(__dirname, '../..');
const dispositions = loadDispositions(ROOT, ROOT);
const scenarios = loadPractice(ROOT, ROOT, dispositions);
const SECOND = 1000;

describe('practice with simulated customers', () => {
  let host: AccountsHost;
  let agent: Awaited<ReturnType<AccountsHost['enter']>>;
  let other: typeof agent;
  let lead: typeof agent;
  beforeAll(async () => {
    host = await startAccountsHost();
    const { db, requirePermission, time } = host;
    registerPractice(host.server, {
      db,
      scenarios,
      dispositions,
      rules: shippedRules,
      mask: (text) => text.replace(/\d{18}/, '[证件号]'),
      requirePermission,
      clock: () => time.now,
      log: silent,
    });
    const admin = (await host.makeAdmin()).cookie;
    agent = await host.enter(admin, '0421', 'agent');
    other = await host.enter(admin, '0422', 'agent');
    lead = await host.enter(admin, 'lead', 'supervisor');
  });
  afterAll(() => host.stop());

  const call = (method: string, path: string, body?: unknown, who = agent) =>
    host.call(method, path, body, who.cookie);
  const begin = async (scenario: string, locale = 'zh') => {
    const id = randomUUID();
    await call('POST', '/practice', { id, scenario, locale });
    return id;
  };
  const say = async (id: string, text: string) => {
    host.time.now += 20 * SECOND;
    const { lines } = (await call('POST', `/practice/${id}/messages`, { text })).body.run.state;
    return lines.at(-1).text as string;
  };
  const end = async (id: string, disposition: string) =>
    (await call('POST', `/practice/${id}/end`, { disposition })).body.run.result;

  it('goes well for whoever asks, says and files what belongs', async () => {
    const id = await begin('red-light');
    expect(await say(id, '您好，我是李雷。请问是什么时候开始的？')).toBe('今早八点多开始的');
    expect(await say(id, '明白了，一上午没网确实着急。')).toMatch(/什么时候能好/);
    expect(await say(id, '我给您派师傅上门，您几点方便？')).toBe('下午两点以后家里有人');
    expect(await say(id, '师傅今天 14:00–16:00 到，点前会联系您。')).toMatch(/等着/);
    expect(await end(id, 'fault/order-made')).toMatchObject({
      total: 100,
      time: 20,
      tone: 30,
      facts: 15,
      goals: 20,
      filing: 15,
      findings: [],
    });
    expect((await call('POST', `/practice/${id}/messages`, { text: '还在吗' })).status).toBe(409);
  });

  it('loses points by the rules that judge real conversations, and all for what is unforgivable', async () => {
    const slow = await begin('move-visit');
    host.time.now += 90 * SECOND;
    await say(slow, '我会联系您');
    const poor = await end(slow, 'fault/order-made');
    expect(poor.findings.map(({ kind }: { kind: string }) => kind)).toEqual([
      'promise-without-task',
      'slow-first-reply',
    ]);
    expect(poor).toMatchObject({ time: 15, tone: 20, facts: 0, goals: 0, filing: 0, missedFacts: 2 });
    const kept = await begin('move-visit');
    await call('POST', `/practice/${kept}/tasks`, { minutes: 60 });
    await say(kept, '我会联系您');
    expect((await end(kept, 'installation/visit-moved')).tone).toBe(30);
    const rude = await begin('fee-complaint');
    await say(rude, '对不起，别投诉了，没用');
    expect((await end(rude, 'complaint/registered')).total).toBe(0);
    const leak = await begin('fee-complaint');
    await say(leak, '您的账单多了 20 元');
    expect((await end(leak, 'complaint/registered')).total).toBe(0);
  });

  it('speaks English too, and keeps no documents', async () => {
    const id = await begin('red-light', 'en');
    expect(await say(id, 'Since when is it out? 110101199003074514')).toBe('Since about eight this morning');
    const run = (await call('GET', '/practice')).body.runs[0];
    expect(JSON.stringify(run)).not.toContain('110101199003074514');
  });

  it('is one’s own; who reads quality sees how it ended, and no report has any of it', async () => {
    const id = await begin('red-light');
    expect(
      (await call('POST', `/practice/${id}/end`, { disposition: 'fault/order-made' }, other)).status,
    ).toBe(404);
    expect((await call('POST', `/practice/${id}/end`, { disposition: 'no/such' })).status).toBe(400);
    expect((await call('GET', '/practice/results')).status).toBe(403);
    const { runs } = (await call('GET', '/practice/results', undefined, lead)).body;
    expect(runs.length).toBe(5);
    for (const table of ['transcript', 'facts', 'quality_items', 'agent_tasks', 'sla_outcomes'] as const)
      expect(await host.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('is told of at start when a scenario files under what there is not', () => {
    const text = `scenarios: [{ id: x, name: { zh: 一, en: a }, minutes: 1, isProven: true, card: { zh: 一, en: a },
      opens: [{ zh: 一, en: a }], facts: [], goals: [], otherwise: { zh: 一, en: a }, dispositions: [no/such] }]`;
    expect(() => parsePractice(text, dispositions)).toThrow(/there is no "no\/such"/);
  });
});
