import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { type DeskHost, startDeskHost } from '../host';

type Person = { id: string; cookie: Record<string, string> };

/** Colleagues in a conversation, over HTTP, with the real turn. */
describe('a colleague who is asked in', () => {
  let redis: RedisServer;
  let host: DeskHost;
  let anna: Person;
  let ben: Person;
  let auditor: Person;
  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDeskHost(redis.url);
    const admin = (await host.accounts.makeAdmin()).cookie;
    anna = await host.accounts.enter(admin, 'anna', 'agent');
    ben = await host.accounts.enter(admin, 'ben', 'agent');
    auditor = await host.accounts.enter(admin, 'audra', 'auditor');
    for (const { cookie } of [anna, ben])
      await host.accounts.call('POST', '/agent/presence', { status: 'busy' }, cookie);
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });
  const call = (who: Person, method: string, path: string, body?: unknown) =>
    host.accounts.call(method, `/agent/conversations${path}`, body, who.cookie);
  const post = async (who: Person, path: string, body: unknown = {}) =>
    (await call(who, 'POST', path, body)).status;
  const taken = async (id: string) => {
    await host.queued(id);
    await post(anna, `/${id}/claim`);
  };
  const ownership = async (id: string) => (await host.desk.read(id)).ownership;

  it('reads, and writes where the owner allows it; who has it stays, and the customer hears who that is once', async () => {
    await taken('asked');
    const before = await ownership('asked');
    expect((await call(ben, 'GET', '/asked')).status).toBe(403);
    expect(await post(anna, '/asked/invite', { agentId: ben.id })).toBe(200);
    const view = (await call(ben, 'GET', '/asked')).body;
    expect(view.guests).toEqual([{ agentId: ben.id, agentName: 'ben', mayWrite: false }]);
    expect((await call(ben, 'GET', '')).body).toMatchObject({
      conversations: [],
      invited: [{ conversationId: 'asked', owner: 'human' }],
    });
    expect(await post(ben, '/asked/messages', { text: '先不能说' })).toBe(403);
    expect(await post(anna, '/asked/invite', { agentId: ben.id, mayWrite: true })).toBe(200);
    expect(await post(ben, '/asked/messages', { text: '我也在看' })).toBe(200);
    expect(await post(ben, '/asked/messages', { text: '线路是好的' })).toBe(200);
    const texts = await host.texts('asked');
    expect(texts.slice(-3)).toEqual(['colleague-joined', '我也在看', '线路是好的']);
    expect(texts).not.toContain('先不能说');
    // A guest decides nothing about the conversation.
    for (const step of ['transfer', 'release', 'close', 'finish'])
      expect([step, await post(ben, `/asked/${step}`)]).toEqual([step, 403]);
    expect(await post(ben, '/asked/claim')).toBe(409);
    expect(await post(ben, '/asked/invite', { agentId: anna.id })).toBe(403);
    expect(await ownership('asked')).toEqual(before);
    const rows = await host.accounts.db
      .selectFrom('audit')
      .select(['account_id', 'action', 'note'])
      .where('subject', '=', 'conversation:asked')
      .execute();
    const invited = { account_id: anna.id, action: 'conversation.invite', note: `account:${ben.id}` };
    expect(rows).toEqual([invited, invited]);
  });

  it('goes by themselves, is sent, and is gone with the owner', async () => {
    await taken('leaves');
    const invite = () => post(anna, '/leaves/invite', { agentId: ben.id, mayWrite: true });
    await invite();
    expect(await post(ben, '/leaves/leave')).toBe(200);
    expect((await call(ben, 'GET', '/leaves')).status).toBe(403);
    await invite();
    expect(await post(ben, '/leaves/leave', { agentId: anna.id })).toBe(403);
    expect(await post(anna, '/leaves/leave', { agentId: ben.id })).toBe(200);
    expect(await post(ben, '/leaves/messages', { text: 'x' })).toBe(403);
    await invite();
    await post(anna, '/leaves/close');
    expect(await post(ben, '/leaves/messages', { text: 'x' })).toBe(403);
    expect((await call(ben, 'GET', '')).body.invited).not.toContainEqual(
      expect.objectContaining({ conversationId: 'leaves' }),
    );
  });

  it('is somebody else who works with customers and is at the desk', async () => {
    await taken('whom');
    const invite = (agentId: string) => post(anna, '/whom/invite', { agentId });
    expect(await invite(anna.id)).toBe(400);
    expect(await invite(auditor.id)).toBe(400);
    expect(await invite('0195e0a0-0000-7000-8000-000000000000')).toBe(400);
    await host.accounts.call('POST', '/agent/presence', { status: 'break' }, ben.cookie);
    expect(await invite(ben.id)).toBe(409);
    expect((await host.desk.read('whom')).guests).toBeUndefined();
  });
});
