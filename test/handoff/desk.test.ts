import type { ActResult } from '../../src/handoff/desk';
import { createDesk } from '../../src/handoff/desk';
import { startQueueDuty } from '../../src/handoff/queue-duty';
import { ensureQueue, rebuildQueue } from '../../src/handoff/rebuild-queue';
import { connectDatabase, type Database } from '../../src/records/database';
import { readOwnerships } from '../../src/records/read-ownerships';
import { createWriteRecords } from '../../src/records/write-records';
import { shippedRouting } from '../support/policies';
import { createTestDatabase } from '../support/postgres';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { silent, until } from '../support/turns';
import { type HandoffNode, startHandoffNode } from './host';

const anna = { id: 'anna', name: '0251 号客服' };
const ben = { id: 'ben', name: '0252 号客服' };

const isNamed = async () => false;

describe('the desk', () => {
  let server: RedisServer;
  let db: Database;
  let host: HandoffNode;
  beforeAll(async () => {
    [server, db] = await Promise.all([
      startRedisServer(),
      createTestDatabase().then((url) => connectDatabase(url, () => undefined)),
    ]);
    host = await startHandoffNode(server.url, { writeRecords: createWriteRecords(db) });
  });
  afterAll(async () => {
    await host.stop();
    await db.destroy();
    await server.stop();
  });

  const claim = (agent: typeof anna, conversationId: string, requestId: string | null = null) =>
    host.desk.claim(agent, { conversationId, requestId });

  it('gives each of 50 conversations to one of 20 agents who claim them all at once', async () => {
    const ids = Array.from({ length: 50 }, (_, i) => `race-${i}`);
    await Promise.all(ids.map((id) => host.queued(id)));
    const agents = Array.from({ length: 20 }, (_, i) => ({ id: `agent-${i}`, name: `${i} 号客服` }));
    const claims = await Promise.all(
      ids.flatMap((id) =>
        agents.map(async (agent) => {
          const result: ActResult | null = await claim(agent, id).catch(() => null);
          return result?.status === 'changed' ? `${id} ${agent.id}` : '';
        }),
      ),
    );
    const won = claims.filter(Boolean).sort();
    expect(new Set(won.map((line) => line.split(' ')[0])).size).toBe(50);
    expect(won).toHaveLength(50);
    const owners = await Promise.all(
      ids.map(async (id) => `${id} ${(await host.desk.read(id)).ownership.agentId}`),
    );
    expect(owners.sort()).toEqual(won);
    await until(async () => (await host.queue.list(100)).length === 0);
    const held = await Promise.all(
      agents.map(async (agent) =>
        (await host.desk.conversationsOf(agent.id)).map(
          ({ conversationId }) => `${conversationId} ${agent.id}`,
        ),
      ),
    );
    expect(held.flat().sort()).toEqual(won);
  });

  it('decides by the conversation alone: without reservations there is one owner all the same', async () => {
    const ids = Array.from({ length: 10 }, (_, i) => `bare-${i}`);
    await Promise.all(ids.map((id) => host.queued(id)));
    const queue = { ...host.queue, reserve: async () => 'reserved' as const };
    const desk = createDesk({ ...host.node, queue, assignments: host.assignments, isNamed, clock: Date.now });
    const agents = Array.from({ length: 8 }, (_, i) => ({ id: `bare-agent-${i}`, name: 'x' }));
    const results = await Promise.all(
      ids.flatMap((conversationId) =>
        agents.map((agent) =>
          desk.claim(agent, { conversationId, requestId: null }).then(
            ({ status }) => status,
            () => 'refused',
          ),
        ),
      ),
    );
    expect(results.filter((status) => status === 'changed')).toHaveLength(10);
    expect(results.filter((status) => status === 'refused')).toHaveLength(70);
  });

  it('acts once for a request that is sent again', async () => {
    await host.queued('again');
    const first = await claim(anna, 'again', 'r1');
    expect(await claim(anna, 'again', 'r1')).toEqual(first);
    const message = {
      conversationId: 'again',
      name: 'agent.message' as const,
      words: { text: '您好' },
      requestId: 'm1',
    };
    await Promise.all([1, 2, 3].map(() => host.desk.act(anna, message)));
    expect((await host.texts('again')).filter((text) => text === '您好')).toHaveLength(1);
  });

  it('keeps the request ids of two agents apart', async () => {
    await host.queued('apart');
    await claim(anna, 'apart', 'same');
    await expect(claim(ben, 'apart', 'same')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('lets the reservation go, and mends the queue, when the conversation refuses', async () => {
    await host.queued('stale');
    await claim(anna, 'stale');
    // As if the command of an older turn had come late to an emptied queue.
    await host.redis.del('{queue}:tombstones');
    const { ownership } = await host.desk.read('stale');
    await host.queue.put({
      conversationId: 'stale',
      epoch: ownership.epoch - 1,
      priority: 'normal',
      since: 1,
      reason: '',
      channel: 'web',
      dialog: null,
      lastText: '',
      group: 'general',
      locale: 'zh',
    });
    await expect(claim(ben, 'stale')).rejects.toMatchObject({ code: 'conflict' });
    expect(await host.queue.position('stale')).toBeNull();
    expect(await host.queue.reserve('stale', 'anna')).toBe('gone');
  });

  it('lets the reservation go when a request that was refused before is sent again', async () => {
    await host.say('repeated', '你好');
    await expect(claim(anna, 'repeated', 'r1')).rejects.toMatchObject({ code: 'conflict' });
    await host.queued('repeated');
    await expect(claim(anna, 'repeated', 'r1')).rejects.toMatchObject({ code: 'conflict' });
    await expect(claim(ben, 'repeated')).resolves.toMatchObject({ status: 'changed' });
  });

  it('takes a claim that the queue does not show yet, since the conversation knows', async () => {
    await host.queued('unshown');
    const { ownership } = await host.desk.read('unshown');
    await host.queue.remove('unshown', ownership.epoch);
    await expect(claim(anna, 'unshown')).resolves.toMatchObject({ status: 'changed' });
  });

  it('answers that a step is pending when its turn takes long', async () => {
    await host.queued('slow');
    const desk = createDesk({
      ...host.node,
      engine: { accept: host.node.engine.accept, outcome: async () => null },
      queue: host.queue,
      assignments: host.assignments,
      isNamed,
      clock: Date.now,
    });
    await expect(desk.claim(anna, { conversationId: 'slow', requestId: null })).resolves.toEqual({
      status: 'pending',
    });
    // The claim itself was accepted, and its name was kept: nothing of it is lost.
    await until(async () => (await host.desk.read('slow')).ownership.agentId === 'anna');
    const mine = await host.desk.conversationsOf('anna');
    expect(mine.map(({ conversationId }) => conversationId)).toContain('slow');
  });

  it('lists no conversation that was given back, and lists it again when it is taken again', async () => {
    const dora = { id: 'dora', name: '0254 号客服' };
    await host.queued('back');
    await claim(dora, 'back');
    const mine = async () =>
      (await host.desk.conversationsOf('dora')).map(({ conversationId }) => conversationId);
    expect(await mine()).toEqual(['back']);
    const words = { note: '' };
    await host.desk.act(dora, { conversationId: 'back', name: 'agent.transfer', words, requestId: null });
    expect(await mine()).toEqual([]);
    await claim(dora, 'back');
    expect(await mine()).toEqual(['back']);
  });

  it('drops a name that has long turned out wrong, unless it was expected again', async () => {
    const { assignments } = host;
    await host.say('wrong', '坏了');
    await assignments.expect('carl', 'wrong');
    const [old] = await assignments.read('carl');
    await assignments.expect('carl', 'wrong');
    await assignments.drop('carl', old ?? { conversationId: '', mark: '', at: 0 });
    expect(await assignments.read('carl')).toHaveLength(1);
    const later = createDesk({
      ...host.node,
      queue: host.queue,
      assignments,
      isNamed,
      clock: () => Date.now() + 25 * 3600_000,
    });
    expect(await later.conversationsOf('carl')).toEqual([]);
    expect(await assignments.read('carl')).toEqual([]);
  });

  it('rebuilds queue and assignments of an emptied Redis from the records, and only what is lost', async () => {
    await host.queued('waits', '坏了');
    await host.queued('held');
    await claim(anna, 'held');
    await host.queued('over');
    await host.say('over', '算了');
    const newest = async () => {
      const rows = (await readOwnerships(db)) as { conversationId: string; value: { owner: string } }[];
      return new Map(rows.map(({ conversationId, value }) => [conversationId, value.owner]));
    };
    await until(async () => {
      const owners = await newest();
      return owners.get('waits') === 'queued' && owners.get('held') === 'human' && !owners.has('over');
    });
    await until(async () => (await host.queue.position('over')) === null);
    const [before] = (await host.queue.list(100)).filter(({ conversationId }) => conversationId === 'waits');
    const deps = {
      queue: host.queue,
      assignments: host.assignments,
      readOwnerships: () => readOwnerships(db),
      isKnown: async (id: string) => (await host.node.store.channelOf(id)) !== null,
    };
    await rebuildQueue(deps);
    await expect(ensureQueue(deps)).resolves.toBeNull();
    const lost = await host.redis.keys('{queue}:*');
    await host.redis.del(...lost);
    await expect(ensureQueue(deps)).resolves.toMatchObject({ unreadable: 0 });
    const after = await host.queue.list(100);
    expect(after.find(({ conversationId }) => conversationId === 'waits')).toEqual({
      ...before,
      position: expect.any(Number),
      waitingSeconds: expect.any(Number),
    });
    const ids = after.map(({ conversationId }) => conversationId);
    expect(ids).not.toContain('held');
    expect(ids).not.toContain('over');
    const mine = await host.desk.conversationsOf('anna');
    expect(mine.map(({ conversationId }) => conversationId)).toContain('held');
    await host.redis.del(...lost);
    await expect(ensureQueue({ ...deps, isKnown: async () => false })).resolves.toMatchObject({ put: 0 });
  });

  it('knows on every node whether anybody is on duty, and mends an emptied queue by itself', async () => {
    const deps = {
      queue: host.queue,
      assignments: host.assignments,
      readOwnerships: () => readOwnerships(db),
      isKnown: async () => true,
    };
    const duty = startQueueDuty({ ...deps, routing: shippedRouting, log: silent, everyMs: 20 });
    await host.queue.notePresence('anna', 'online');
    await until(() => duty.isStaffed());
    await host.queue.notePresence('anna', 'away');
    await until(() => !duty.isStaffed());
    await host.redis.del('{queue}:built');
    await until(() => host.queue.isBuilt());
    await duty.stop();
  });
});
