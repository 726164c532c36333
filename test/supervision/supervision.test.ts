import { randomUUID } from 'node:crypto';
import type { LiveConversation, Wall } from '../../src/contract/supervision';
import {
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { until } from '../support/turns';

const PASSWORD = 'four unrelated words';

/** Those who lead, on the whole server, with real customers on the web chat. */
describe('those who lead', () => {
  let app: TestApp;
  let admin: string;
  const call = (cookie: string, method: string, path: string, body?: unknown) =>
    callJson(method, app.url + path, { cookie, body });
  /** Somebody with an account, signed in and on duty. */
  async function enter(login: string, role: string) {
    const added = await call(admin, 'POST', '/accounts', { login, name: login, role });
    const { link, account } = added.body as { link: string; account: { id: string } };
    const token = new URL(link).searchParams.get('token');
    await callJson('POST', `${app.url}/setup`, { body: { token, password: PASSWORD } });
    const signedIn = await callJson('POST', `${app.url}/accounts/sign-in`, {
      body: { login, password: PASSWORD },
    });
    const cookie = signedIn.cookie ?? '';
    await call(cookie, 'POST', '/agent/presence', { status: 'online' });
    return { id: account.id, cookie, name: login };
  }
  let lead: Awaited<ReturnType<typeof enter>>;
  let anna: typeof lead;
  let ben: typeof lead;
  beforeAll(async () => {
    app = await startTestApp();
    admin = await signInFirstAdmin(app);
    lead = await enter('lead', 'supervisor');
    anna = await enter('anna', 'agent');
    ben = await enter('ben', 'agent');
    await call(lead.cookie, 'POST', '/agent/presence', { status: 'away' });
  }, 60_000);
  afterAll(() => app.stop());

  const wall = async () => (await call(lead.cookie, 'GET', '/supervisor/wall')).body as unknown as Wall;
  const onWall = async (conversationId: string): Promise<LiveConversation | undefined> =>
    (await wall()).conversations.find((each) => each.conversationId === conversationId);
  const ownerOf = async (conversationId: string) =>
    (await call(lead.cookie, 'GET', `/agent/conversations/${encodeURIComponent(conversationId)}`)).body
      .ownership as {
      owner: string;
      agentId: string | null;
    };
  const idOf = (customer: Customer) => encodeURIComponent(customer.conversationId);

  /** A customer who has asked for a human, with the one of the two who is offered it. */
  async function askForHuman() {
    const customer = await openCustomer(app.url);
    await customer.ask('转人工', /人工|同事|前面|接/);
    await until(async () => (await onWall(customer.conversationId))?.owner === 'queued');
    return customer;
  }
  async function claimBy(agent: typeof anna, customer: Customer) {
    // What is offered to the other is declined by them.
    const other = agent === anna ? ben : anna;
    await until(async () => {
      await call(other.cookie, 'POST', `/agent/conversations/${idOf(customer)}/decline`, {});
      return (
        (await call(agent.cookie, 'POST', `/agent/conversations/${idOf(customer)}/claim`, {})).status === 200
      );
    }, 20_000);
  }

  it('see who waits, who works on what, and whom they may be asked about', async () => {
    const customer = await askForHuman();
    const waiting = await onWall(customer.conversationId);
    expect(waiting).toMatchObject({ owner: 'queued', channel: 'web', agentId: null });
    await claimBy(anna, customer);
    await until(async () => (await onWall(customer.conversationId))?.owner === 'human');
    const moved = await call(admin, 'PATCH', `/accounts/${anna.id}`, { site: '南京', team: ' 二班 ' });
    expect(moved.body.account).toMatchObject({ name: 'anna', site: '南京', team: '二班' });
    expect((await call(admin, 'PATCH', `/accounts/${anna.id}`, { team: '' })).status).toBe(400);
    // A wall is read for all who look at it, once a second at most.
    await until(async () => (await wall()).agents.some(({ site }) => site === '南京'));
    const seen = await wall();
    const [annas, bens] = ['anna', 'ben'].map((name) => seen.agents.find((agent) => agent.name === name));
    expect([annas?.site, annas?.team, bens?.site]).toEqual(['南京', '二班', null]);
    expect(seen.conversations).toContainEqual(expect.objectContaining({ agentId: anna.id, owner: 'human' }));
    expect(seen.agents.map(({ name }) => name)).toEqual(expect.arrayContaining(['anna', 'ben']));
    expect(seen.groups.length).toBeGreaterThan(1);
    expect((await call(anna.cookie, 'GET', '/supervisor/wall')).status).toBe(403);
  }, 30_000);

  it('take over from a colleague, who can do nothing more there', async () => {
    const customer = await askForHuman();
    await claimBy(ben, customer);
    const path = `/supervisor/conversations/${idOf(customer)}/take-over`;
    expect((await call(ben.cookie, 'POST', path, {})).status).toBe(403);
    expect((await call(lead.cookie, 'POST', path, {})).body).toMatchObject({ status: 'changed' });
    await customer.hear(/lead/);
    expect((await call(lead.cookie, 'POST', path, {})).body).toMatchObject({ status: 'unchanged' });
    const late = await call(ben.cookie, 'POST', `/agent/conversations/${idOf(customer)}/messages`, {
      text: '晚了',
    });
    expect(late.status).toBe(403);
    await call(lead.cookie, 'POST', `/agent/conversations/${idOf(customer)}/messages`, { text: '我是班长' });
    await customer.hear(/我是班长/);
  }, 30_000);

  it('take over from the bot, and give it back', async () => {
    const customer = await openCustomer(app.url);
    await customer.ask('家里宽带断网了', /小区|路名/);
    await call(lead.cookie, 'POST', `/supervisor/conversations/${idOf(customer)}/take-over`, {});
    await customer.hear(/lead/);
    await call(lead.cookie, 'POST', `/agent/conversations/${idOf(customer)}/release`, {});
    await customer.hear(/小区|路名/);
  }, 30_000);

  it('give many to a colleague at once, and hear which could not be', async () => {
    const customers = [await askForHuman(), await askForHuman()];
    for (const customer of customers) await claimBy(anna, customer);
    const conversationIds = [...customers.map((each) => each.conversationId), 'nobody'];
    const reassign = (to: object) =>
      call(lead.cookie, 'POST', '/supervisor/reassign', { conversationIds, to, note: '班次交接' });
    expect((await reassign({ group: 'moon' })).status).toBe(400);
    expect((await reassign({ agentId: randomUUID() })).status).toBe(409);
    const { results } = (await reassign({ agentId: ben.id })).body as {
      results: { status: string; reason: string }[];
    };
    expect(results.map(({ status }) => status)).toEqual(['reassigned', 'reassigned', 'refused']);
    for (const customer of customers) {
      await customer.hear(/换一位同事/);
      expect((await ownerOf(customer.conversationId)).agentId).not.toBe(anna.id);
      await until(
        async () =>
          (await call(ben.cookie, 'POST', `/agent/conversations/${idOf(customer)}/claim`, {})).status === 200,
      );
    }
  }, 40_000);

  it('change the state of an agent', async () => {
    const set = (id: string, status: string) =>
      call(lead.cookie, 'POST', `/supervisor/agents/${id}/presence`, { status, reason: '午休' });
    expect((await set(randomUUID(), 'break')).status).toBe(404);
    expect((await set(ben.id, 'asleep')).status).toBe(400);
    expect((await set(ben.id, 'break')).body.presence).toMatchObject({ status: 'break', reason: '午休' });
    expect((await call(ben.cookie, 'GET', '/agent/me')).body.presence).toMatchObject({ status: 'break' });
  });

  it('announce to every desk, for a time, and take it back', async () => {
    const announce = (body: object) => call(lead.cookie, 'POST', '/supervisor/broadcasts', body);
    const id = randomUUID();
    const soon = Date.now() + 60_000;
    expect((await announce({ id, text: '城东光缆中断，话术已更新', untilAt: Date.now() - 1 })).status).toBe(
      400,
    );
    await announce({ id, text: '城东光缆中断，话术已更新', untilAt: soon });
    await announce({ id, text: '另一句', untilAt: soon });
    const read = async () => (await call(anna.cookie, 'GET', '/agent/broadcasts')).body.broadcasts;
    expect(await read()).toMatchObject([{ id, text: '城东光缆中断，话术已更新', byName: 'lead' }]);
    expect((await call(anna.cookie, 'DELETE', `/supervisor/broadcasts/${id}`)).status).toBe(403);
    await call(lead.cookie, 'DELETE', `/supervisor/broadcasts/${id}`);
    expect(await read()).toEqual([]);
    expect((await call(lead.cookie, 'DELETE', `/supervisor/broadcasts/${id}`)).status).toBe(404);
  });
});
