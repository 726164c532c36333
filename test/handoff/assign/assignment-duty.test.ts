import { startAssignment } from '../../../src/handoff/assign/assignment-duty';
import { repairLoads } from '../../../src/handoff/assign/repair-loads';
import { routingOf } from '../../../src/handoff/routing/routing';
import { upcastState } from '../../../src/turns/upcast';
import { shippedRouting } from '../../support/policies';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { silent, until } from '../../support/turns';
import { type HandoffNode, startHandoffNode } from '../host';
import { age } from '../queue-suite';
import { agentOf } from './assigner-suite';

const routing = routingOf({ ...shippedRouting, disconnectGraceSeconds: 20 }, shippedRouting.calendars);
const anna = { id: 'anna', name: '0251 号客服' };
const ben = { id: 'ben', name: '0252 号客服' };

describe('assignment on a node', () => {
  let server: RedisServer;
  let host: HandoffNode;
  let duties: ReturnType<typeof startAssignment>[];
  beforeAll(async () => {
    server = await startRedisServer();
    host = await startHandoffNode(server.url);
    const start = () =>
      startAssignment({
        ...host,
        routing,
        accept: host.node.engine.accept,
        clock: Date.now,
        log: silent,
        everyMs: 20,
      });
    // Two nodes do the same work.
    duties = [start(), start()];
  });
  afterAll(async () => {
    await Promise.all(duties.map(({ stop }) => stop()));
    await host.stop();
    await server.stop();
  });

  const arrive = (agent: typeof anna, capacity = 4) =>
    host.roster.declare(agentOf(agent.id, { name: agent.name, capacity }), {
      status: 'online',
      reason: null,
    });
  const offersOf = async ({ id }: typeof anna) =>
    (await host.assigner.offersOf(id)).map(({ conversationId }) => conversationId);
  const claim = (agent: typeof anna, conversationId: string) =>
    host.desk.claim(agent, { conversationId, requestId: null });
  const ownerOf = async (id: string) => (await host.desk.read(id)).ownership;
  const loadOf = async ({ id }: typeof anna) => (await host.roster.read(id))?.openCount;

  it('offers what waits to whoever comes on duty, tells the desks, and the claim decides', async () => {
    const heard = new Set<string>();
    const stop = host.news.subscribe(({ topic, agentId = '' }) => heard.add(`${topic} ${agentId}`));
    await host.queued('c1', '坏了');
    await arrive(anna);
    await until(async () => (await offersOf(anna)).includes('c1'));
    await until(() => heard.has('offer anna'));
    await expect(claim(ben, 'c1')).rejects.toMatchObject({ code: 'conflict' });
    await claim(anna, 'c1');
    expect(await offersOf(anna)).toEqual([]);
    expect(await loadOf(anna)).toBe(1);
    await until(() => heard.has('conversation anna') && heard.has('queue '));
    stop();
  });

  it('gives back what a lost agent has, once, in front, and to somebody else', async () => {
    await arrive(ben);
    await host.say('c1', '在吗');
    await age(host.redis, 31_000);
    // One pass notes that nothing is heard of Anna; the grace runs from there.
    await until(async () => (await host.redis.zscore('{queue}:lost', 'anna')) !== null);
    await arrive(ben);
    expect(await ownerOf('c1')).toMatchObject({ owner: 'human', agentId: 'anna' });
    await age(host.redis, 21_000);
    await arrive(ben);
    await until(async () => (await ownerOf('c1')).owner === 'queued');
    await until(async () => (await offersOf(ben)).includes('c1'));
    await claim(ben, 'c1');
    const texts = await host.texts('c1');
    expect(texts.filter((text) => text === 'agent-lost')).toHaveLength(1);
    expect(texts).toContain('在吗');
    expect([await loadOf(anna), await loadOf(ben)]).toEqual([0, 1]);
  });

  it('leaves an agent who comes back within the grace what they have', async () => {
    await age(host.redis, 31_000);
    await until(async () => (await host.redis.zscore('{queue}:lost', 'ben')) !== null);
    await host.queue.notePresence('ben', 'seen');
    await until(async () => (await host.redis.zscore('{queue}:lost', 'ben')) === null);
    expect(await ownerOf('c1')).toMatchObject({ owner: 'human', agentId: 'ben' });
  });

  it('puts counts right that say something else than the conversations', async () => {
    const { epoch } = await ownerOf('c1');
    // As a store that lost its last seconds would have it.
    await host.redis.hset('{queue}:owners', 'c1', `${epoch - 1}|anna`, 'unknown', '3|anna');
    await host.redis.sadd('{queue}:has:anna', 'c1', 'unknown');
    await host.redis.srem('{queue}:has:ben', 'c1');
    const readState = async (id: string) => upcastState(await host.node.store.readState(id));
    const repaired = await repairLoads({ queue: host.queue, readState, countsInWrapUp: true }, '0');
    expect(repaired).toEqual({ cursor: '0', mended: 2 });
    expect([await loadOf(anna), await loadOf(ben)]).toEqual([0, 1]);
    const again = await repairLoads({ queue: host.queue, readState, countsInWrapUp: true }, '0');
    expect(again.mended).toBe(0);
  });
});
