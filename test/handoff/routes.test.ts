import { type RedisServer, startRedisServer } from '../support/redis-server';
import { until } from '../support/turns';
import { type DeskHost, startDeskHost } from './host';

type Cookie = Record<string, string>;

describe('the agents HTTP API', () => {
  let redis: RedisServer;
  let host: DeskHost;
  let admin: Cookie;
  let anna: { id: string; cookie: Cookie };
  let ben: { id: string; cookie: Cookie };
  let auditor: { id: string; cookie: Cookie };
  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDeskHost(redis.url);
    admin = (await host.accounts.makeAdmin()).cookie;
    anna = await host.accounts.enter(admin, 'anna', 'agent');
    ben = await host.accounts.enter(admin, 'ben', 'agent');
    auditor = await host.accounts.enter(admin, 'audra', 'auditor');
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });

  const get = (who: { cookie: Cookie }, path: string, headers: Cookie = {}) =>
    host.accounts.call('GET', path, undefined, { ...who.cookie, ...headers });
  const post = (who: { cookie: Cookie }, path: string, body: unknown = {}, headers: Cookie = {}) =>
    host.accounts.call('POST', path, body, { ...who.cookie, ...headers });

  it('takes a conversation from the queue to its end', async () => {
    await host.queued('whole', '坏了', '客厅');
    const { body: queue } = await get(anna, '/agent/queue');
    const item = queue.items.find(
      ({ conversationId }: { conversationId: string }) => conversationId === 'whole',
    );
    expect(item).toMatchObject({
      position: expect.any(Number),
      reservedBy: null,
      lastText: '人工',
      channel: 'web',
    });

    expect((await post(anna, '/agent/conversations/whole/claim')).body).toMatchObject({ status: 'changed' });
    const view = (await get(anna, '/agent/conversations/whole')).body;
    expect(view).toMatchObject({
      ownership: { owner: 'human', agentId: anna.id },
      dialogs: [{ dialog: 'test-line', step: 'test', slots: { place: '客厅' } }],
      openCalls: [{ operation: 'operator.line-test' }],
      orders: [{ number: 'F1', phone: '138****8000' }],
      next: null,
      queuePosition: null,
    });
    expect(view.transcript[0]).toMatchObject({ position: 1, text: '坏了', from: { role: 'user' } });

    const sent = await post(anna, '/agent/conversations/whole/messages', { text: '您好', clientId: 'c1' });
    expect([sent.status, sent.body.status]).toEqual([200, 'changed']);
    await post(anna, '/agent/conversations/whole/messages', { text: '您好', clientId: 'c1' });
    expect((await host.texts('whole')).filter((text) => text === '您好')).toHaveLength(1);
    const { body: mine } = await get(anna, '/agent/conversations');
    expect(mine.conversations).toMatchObject([
      { conversationId: 'whole', owner: 'human', dialog: 'test-line' },
    ]);

    expect((await post(anna, '/agent/conversations/whole/close', { note: '已修好' })).status).toBe(200);
    expect((await get(anna, '/agent/conversations')).body.conversations).toMatchObject([
      { owner: 'wrap-up' },
    ]);
    expect((await post(anna, '/agent/conversations/whole/finish')).status).toBe(200);
    expect((await get(anna, '/agent/conversations')).body.conversations).toEqual([]);
  });

  it('gives back to the bot, and transfers to a colleague', async () => {
    await host.queued('hands', '坏了');
    await post(anna, '/agent/conversations/hands/claim');
    expect((await post(anna, '/agent/conversations/hands/transfer', { note: '需要班长' })).status).toBe(200);
    expect((await post(ben, '/agent/conversations/hands/claim')).status).toBe(200);
    expect((await post(ben, '/agent/conversations/hands/release', { resumeAt: 'verify' })).status).toBe(200);
    expect((await get(auditor, '/agent/conversations/hands')).body.ownership).toMatchObject({ owner: 'bot' });
  });

  it('says who may not, and why', async () => {
    await host.queued('refused');
    await post(anna, '/agent/conversations/refused/claim');
    const taken = await post(ben, '/agent/conversations/refused/claim');
    expect([taken.status, taken.body.error.message]).toEqual([409, expect.stringMatching(/Another agent/)]);
    const words = await post(ben, '/agent/conversations/refused/messages', { text: 'x' });
    expect([words.status, words.body.error.message]).toEqual([403, expect.stringMatching(/not yours/)]);
    expect(await host.texts('refused')).not.toContain('x');
    await host.say('idle', '谢谢');
    expect((await post(anna, '/agent/conversations/idle/claim')).status).toBe(409);
    expect((await post(anna, '/agent/conversations/nowhere/claim')).status).toBe(404);
    expect((await get(anna, '/agent/conversations/nowhere')).status).toBe(404);
    expect((await post(anna, '/agent/conversations/nowhere/finish')).status).toBe(404);
  });

  it.each([
    ['no text', 'messages', { text: ' ' }],
    ['too long a text', 'messages', { text: 'x'.repeat(4001) }],
    ['a field that is not known', 'claim', { agentId: 'somebody else' }],
    ['too long a note', 'transfer', { note: 'x'.repeat(501) }],
  ])('refuses %s', async (_name, path, body) => {
    expect((await post(anna, `/agent/conversations/refused/${path}`, body)).status).toBe(400);
  });

  it('takes what must not be stored out of an agent’s words', async () => {
    await host.queued('masked');
    await post(anna, '/agent/conversations/masked/claim');
    await post(anna, '/agent/conversations/masked/messages', { text: '证件11010519491231002X收到' });
    expect(await host.texts('masked')).toContain('证件[证件号]收到');
  });

  it('acts once for an Idempotency-Key', async () => {
    await host.queued('keyed');
    await post(anna, '/agent/conversations/keyed/claim');
    const key = { 'Idempotency-Key': 'k-1' };
    await post(anna, '/agent/conversations/keyed/messages', { text: '一次' }, key);
    await post(anna, '/agent/conversations/keyed/messages', { text: '一次' }, key);
    expect((await host.texts('keyed')).filter((text) => text === '一次')).toHaveLength(1);
  });

  it('masks phone numbers unless a reason is given, which is kept', async () => {
    await host.say('phone', '我的电话13800138000');
    await host.queued('phone');
    const plain = await get(ben, '/agent/conversations/phone');
    expect(plain.text).toContain('138****8000');
    expect(plain.text).not.toContain('13800138000');
    const unexplained = await get(ben, '/agent/conversations/phone?reveal=1');
    expect([unexplained.status, unexplained.text.includes('13800138000')]).toEqual([400, false]);
    const reason = { 'X-Reveal-Reason': encodeURIComponent('回拨客户') };
    const shown = await get(ben, '/agent/conversations/phone?reveal=1', reason);
    expect(shown.text).toContain('13800138000');
    const rows = await host.accounts.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'conversation.reveal')
      .execute();
    expect(rows).toMatchObject([{ account_id: ben.id, subject: 'conversation:phone', note: '回拨客户' }]);
  });

  it('shows an agent what waits and what is theirs, and nothing else', async () => {
    await host.queued('private');
    expect((await get(ben, '/agent/conversations/private')).status).toBe(200);
    await post(anna, '/agent/conversations/private/claim');
    expect((await get(anna, '/agent/conversations/private')).status).toBe(200);
    expect((await get(ben, '/agent/conversations/private')).status).toBe(403);
    expect((await get({ cookie: admin }, '/agent/conversations/private')).status).toBe(200);
  });

  it('pages the transcript', async () => {
    const { body } = await get(auditor, '/agent/conversations/whole?after=2');
    expect(body.transcript[0].position).toBe(3);
    expect((await get(auditor, '/agent/conversations/whole?after=x')).status).toBe(400);
  });

  it('lets auditors read and nothing more, and nobody in who is not signed in', async () => {
    for (const path of ['queue', 'conversations', 'conversations/private', 'orders/F1']) {
      expect((await get(auditor, `/agent/${path}`)).status).toBe(200);
      expect((await get({ cookie: {} }, `/agent/${path}`)).status).toBe(401);
    }
    const acts = ['claim', 'messages', 'transfer', 'release', 'close', 'finish'].map(
      (act) => `/agent/conversations/private/${act}`,
    );
    for (const path of [...acts, '/agent/presence', '/agent/orders/F1/transition']) {
      expect((await post(auditor, path)).status).toBe(403);
      expect((await post({ cookie: {} }, path)).status).toBe(401);
      expect((await post(anna, path, {}, { Origin: 'https://evil.example' })).status).toBe(403);
    }
  });

  it('counts any request of an agent as presence, until they say that they are away', async () => {
    const online = async () => host.queue.onlineAgents();
    await get(anna, '/agent/queue');
    expect(await online()).toContain(anna.id);
    await post(anna, '/agent/presence', { status: 'away' });
    await get(anna, '/agent/queue');
    expect(await online()).not.toContain(anna.id);
    await post(anna, '/agent/presence', { status: 'online' });
    expect(await online()).toContain(anna.id);
    await get({ cookie: admin }, '/agent/queue');
    expect(await online()).not.toContain(auditor.id);
  });

  it('reads and moves work orders', async () => {
    expect((await get(anna, '/agent/orders/F1')).body.order.phone).toBe('138****8000');
    expect((await get(anna, '/agent/orders/F1?reveal=1&reason=call')).body.order.phone).toBe('13800138000');
    expect((await get(anna, '/agent/orders/F2')).status).toBe(404);
    const move = (body: unknown, number = 'F1') => post(anna, `/agent/orders/${number}/transition`, body);
    expect((await move({ to: 'assigned', version: 1, note: '派单' })).body).toMatchObject({
      status: 'changed',
    });
    expect(host.transitions.at(-1)).toEqual({
      number: 'F1',
      to: 'assigned',
      version: 1,
      note: '派单',
      by: `agent:${anna.id}`,
    });
    expect((await move({ to: 'assigned', version: 0 })).status).toBe(409);
    expect((await move({ to: 'registered', version: 1 })).status).toBe(409);
    expect((await move({ to: 'assigned', version: 1 }, 'F2')).status).toBe(404);
    expect((await move({ to: 'flying', version: 1 })).status).toBe(400);
  });

  it('shows what a customer sent, keeps drafts of answers, and lets supervisors alone rule on them', async () => {
    const { evidence } = (await get(anna, '/agent/orders/F1')).body;
    expect(evidence).toEqual([
      {
        at: '2026-11-24T02:00:00.000Z',
        attachments: [{ contentType: 'image/png', contentUrl: '/files/bill.png' }],
      },
    ]);
    const draft = { version: 1, text: '证件 11010519491231002X 的费用已退' };
    expect((await post(anna, '/agent/orders/F1/reply', draft)).status).toBe(200);
    expect(host.transitions.at(-1)).toMatchObject({
      text: '证件 [证件号] 的费用已退',
      by: `agent:${anna.id}`,
    });
    expect((await post(anna, '/agent/orders/F1/reply', { version: 1, text: ' ' })).status).toBe(400);
    const ruling = { version: 1, isApproved: false, note: '写明日期' };
    expect((await post(anna, '/agent/orders/F1/reply-ruling', ruling)).status).toBe(403);
    const boss = { cookie: admin };
    expect((await post(boss, '/agent/orders/F1/reply-ruling', ruling)).status).toBe(200);
    const own = await post(boss, '/agent/orders/F1/reply-ruling', { version: 1, isApproved: true });
    expect([own.status, own.body.error.message]).toEqual([409, expect.stringContaining('of their own')]);
  });

  it('answers 202 while a turn is not through, and the step is done all the same', async () => {
    await host.queued('held-up');
    // Another node has the conversation for a moment.
    const lease = async () => host.redis.hset(metaKey, 'lease', Date.now() + 6500);
    const metaKey = (await host.redis.keys('*conv:held-up:meta'))[0] ?? '';
    await lease();
    const answer = await post(anna, '/agent/conversations/held-up/claim', { reason: '第五个' });
    expect([answer.status, answer.body]).toEqual([202, { status: 'pending' }]);
    await host.redis.hset(metaKey, 'lease', 0);
    await until(async () => (await host.desk.read('held-up')).ownership.agentId === anna.id);
  });
});
