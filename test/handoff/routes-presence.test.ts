import { shippedRouting } from '../support/policies';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { until } from '../support/turns';
import { type DeskHost, startDeskHost } from './host';

type Cookie = Record<string, string>;

describe('who is there, over HTTP', () => {
  let redis: RedisServer;
  let host: DeskHost;
  let admin: { cookie: Cookie };
  let anna: { id: string; cookie: Cookie };
  let ben: { id: string; cookie: Cookie };
  let auditor: { id: string; cookie: Cookie };
  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDeskHost(redis.url);
    admin = { cookie: (await host.accounts.makeAdmin()).cookie };
    anna = await host.accounts.enter(admin.cookie, 'anna', 'agent');
    ben = await host.accounts.enter(admin.cookie, 'ben', 'agent');
    auditor = await host.accounts.enter(admin.cookie, 'audra', 'auditor');
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });

  const get = (who: { cookie: Cookie }, path: string) =>
    host.accounts.call('GET', path, undefined, who.cookie);
  const post = (who: { cookie: Cookie }, path: string, body: unknown = {}) =>
    host.accounts.call('POST', path, body, who.cookie);
  const patch = (who: { cookie: Cookie }, path: string, body: unknown) =>
    host.accounts.call('PATCH', path, body, who.cookie);
  const assign = () => host.assigner.assign(shippedRouting, 20);

  it('keeps what an agent says: status with its reason, and how many at once', async () => {
    expect((await get(anna, '/agent/me')).body).toMatchObject({
      account: { id: anna.id, name: 'anna', role: 'agent' },
      presence: { status: 'away', reason: null, capacity: 4 },
      languages: ['zh', 'en'],
      openCount: 0,
    });
    const said = await post(anna, '/agent/presence', { status: 'break', reason: ' 午饭 ', capacity: 6 });
    expect(said.body).toMatchObject({ presence: { status: 'break', reason: '午饭', capacity: 6 } });
    expect(await host.queue.onlineAgents()).not.toContain(anna.id);
    await post(anna, '/agent/presence', { status: 'online' });
    const { body } = await get(anna, '/agent/me');
    expect(body.presence).toEqual({ status: 'online', reason: null, capacity: 6 });
    // Who has no skills of their own serves every group that does not ask for its members by name.
    expect(body.groups.map(({ id }: { id: string }) => id)).toEqual([
      'general',
      'fault',
      'installation',
      'complaint',
      'care',
    ]);
    expect(body.groups[1]).toEqual({ id: 'fault', name: { zh: '报障', en: 'Faults' }, level: 1 });
  });

  it.each([
    ['a status that there is not', { status: 'sleeping' }],
    ['eleven at once', { status: 'online', capacity: 11 }],
    ['a field that is not known', { status: 'online', since: 1 }],
    ['too long a reason', { status: 'away', reason: 'x'.repeat(101) }],
  ])('refuses %s', async (_what, body) => {
    expect((await post(anna, '/agent/presence', body)).status).toBe(400);
  });

  it('lets supervisors and admins say what somebody can do, which counts at once and is audited', async () => {
    const path = `/accounts/${ben.id}/skills`;
    await post(ben, '/agent/presence', { status: 'online' });
    const change = { groups: { fault: 3 }, languages: ['en'], capacity: 2, shiftEnd: '18:00' };
    expect((await patch(admin, path, change)).body.skills).toEqual(change);
    expect((await patch(admin, path, { capacity: 3 })).body.skills).toEqual({ ...change, capacity: 3 });
    expect((await get(auditor, path)).body).toMatchObject({ skills: { shiftEnd: '18:00' } });
    expect((await get(ben, '/agent/me')).body).toMatchObject({
      presence: { status: 'online', capacity: 3 },
      groups: [{ id: 'fault', level: 3 }],
      languages: ['en'],
    });
    const unknown = await patch(admin, path, { groups: { flying: 1 } });
    expect([unknown.status, unknown.body.error.message]).toEqual([
      400,
      expect.stringMatching(/no skill group flying; there are: general, fault/),
    ]);
    expect((await patch(admin, path, { groups: { fault: 4 } })).status).toBe(400);
    expect((await patch(admin, path, { shiftEnd: '25:00' })).status).toBe(400);
    expect((await patch(anna, path, { capacity: 9 })).status).toBe(403);
    expect((await patch(admin, '/accounts/nobody/skills', {})).status).toBe(404);
    const [row] = await host.accounts.db
      .selectFrom('audit')
      .select(['subject', 'note'])
      .where('action', '=', 'account.skills')
      .execute();
    expect(row).toEqual({ subject: `account:${ben.id}`, note: 'capacity, groups, languages, shiftEnd' });
    await patch(admin, path, { groups: null, languages: null, shiftEnd: null });
  });

  it('shows colleagues and groups, auditors included', async () => {
    await get(auditor, '/agent/queue');
    const { agents } = (await get(auditor, '/agent/agents')).body;
    expect(agents.map(({ id, isThere }: { id: string; isThere: boolean }) => [id, isThere])).toEqual([
      [anna.id, true],
      [ben.id, true],
    ]);
    const { groups } = (await get(anna, '/agent/groups')).body;
    expect(groups[0]).toMatchObject({ id: 'general', mode: 'automatic', onDuty: 2, waiting: 0 });
    expect(groups.find(({ id }: { id: string }) => id === 'supervisors')).toMatchObject({ onDuty: 0 });
    expect((await post(auditor, '/agent/presence', { status: 'online' })).status).toBe(403);
    for (const path of ['me', 'agents', 'groups', 'offers'])
      expect((await get({ cookie: {} }, `/agent/${path}`)).status).toBe(401);
  });

  it('asks why somebody takes more than their number, and writes it down', async () => {
    const claim = (id: string, reason?: string) =>
      post(ben, `/agent/conversations/${id}/claim`, reason === undefined ? {} : { reason });
    await post(ben, '/agent/presence', { status: 'busy', capacity: 1 });
    await host.queued('fits');
    await host.queued('beyond');
    expect((await claim('fits')).status).toBe(200);
    await until(async () => (await get(ben, '/agent/me')).body.openCount === 1);
    const asked = await claim('beyond');
    expect([asked.status, asked.body.error.code]).toEqual([409, 'reason-needed']);
    expect((await host.desk.read('beyond')).ownership.owner).toBe('queued');
    expect((await claim('beyond', '客户是我刚接过的')).status).toBe(200);
    const written = await host.accounts.db
      .selectFrom('audit')
      .select(['account_id', 'subject', 'note'])
      .where('action', '=', 'conversation.beyond-capacity')
      .execute();
    expect(written).toEqual([
      { account_id: ben.id, subject: 'conversation:beyond', note: '客户是我刚接过的' },
    ]);
    for (const id of ['fits', 'beyond']) await post(ben, `/agent/conversations/${id}/release`);
    await post(ben, '/agent/presence', { status: 'away', capacity: 4 });
  });

  it('keeps the number that somebody said when their skills change', async () => {
    await post(ben, '/agent/presence', { status: 'away', capacity: 2 });
    await patch(admin, `/accounts/${ben.id}/skills`, { groups: null });
    expect((await get(ben, '/agent/me')).body.presence.capacity).toBe(2);
    await patch(admin, `/accounts/${ben.id}/skills`, { capacity: 4 });
    expect((await get(ben, '/agent/me')).body.presence.capacity).toBe(4);
  });

  it('offers to one agent, who accepts, or declines for the next', async () => {
    const heard: string[] = [];
    const stop = host.news.subscribe(({ topic, agentId }) => heard.push(`${topic} ${agentId ?? ''}`));
    await post(anna, '/agent/presence', { status: 'online', capacity: 1 });
    await post(ben, '/agent/presence', { status: 'busy' });
    await host.queued('offered', '坏了');
    expect(await assign()).toMatchObject([{ type: 'offered', conversationId: 'offered', agentId: anna.id }]);
    const { offers } = (await get(anna, '/agent/offers')).body;
    expect(offers).toMatchObject([
      { conversationId: 'offered', group: 'general', lastText: '人工', untilAt: expect.any(Number) },
    ]);
    expect((await get(ben, '/agent/offers')).body.offers).toEqual([]);
    expect((await post(ben, '/agent/conversations/offered/decline')).status).toBe(409);
    expect((await post(anna, '/agent/conversations/offered/decline')).body).toEqual({ status: 'declined' });
    await until(() => heard.includes(`offer ${anna.id}`));
    expect(await assign()).toEqual([]);
    await post(ben, '/agent/presence', { status: 'online' });
    expect(await assign()).toMatchObject([{ type: 'offered', agentId: ben.id }]);
    expect((await post(ben, '/agent/conversations/offered/claim')).body).toMatchObject({ status: 'changed' });
    expect((await get(ben, '/agent/offers')).body.offers).toEqual([]);
    expect((await get(ben, '/agent/me')).body.openCount).toBe(1);
    stop();
  });

  it('passes a conversation to a colleague or a group who are there, with a note for them', async () => {
    const transfer = (to: unknown, note = '要懂光猫') =>
      post(ben, '/agent/conversations/offered/transfer', { to, note });
    for (const [to, status] of [
      [{ agentId: ben.id }, 400],
      [{ agentId: 'nobody' }, 409],
      [{ group: 'flying' }, 400],
      [{ group: 'fault', agentId: anna.id }, 400],
    ] as const)
      expect((await transfer(to)).status).toBe(status);
    expect((await transfer({ agentId: anna.id })).status).toBe(200);
    await until(async () => (await host.queue.position('offered')) !== null);
    expect(await assign()).toMatchObject([{ type: 'offered', agentId: anna.id }]);
    const [offer] = (await get(anna, '/agent/offers')).body.offers;
    expect(offer).toMatchObject({ note: '要懂光猫', wantedAgentId: anna.id, lastAgentId: ben.id });
    await post(anna, '/agent/conversations/offered/claim');
    await until(async () => (await get(ben, '/agent/me')).body.openCount === 0);
    expect(
      (await post(anna, '/agent/conversations/offered/transfer', { to: { group: 'fault' } })).status,
    ).toBe(200);
    await until(async () => (await host.queue.place('offered'))?.group === 'fault');
  });
});
