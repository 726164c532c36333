import type { AgentQueue } from '../../../src/handoff/agent-queue';
import type { AgentRecord, AgentRoster } from '../../../src/handoff/assign/agent-roster';
import type { Assigner } from '../../../src/handoff/assign/assigner';
import { createRedisAgentRoster } from '../../../src/handoff/assign/redis-agent-roster';
import { createRedisAssigner } from '../../../src/handoff/assign/redis-assigner';
import { createRedisAgentQueue } from '../../../src/handoff/redis-agent-queue';
import { type Routing, routingOf } from '../../../src/handoff/routing/routing';
import { routingSchema } from '../../../src/handoff/routing/routing-schema';
import { connectRedis, type RedisClient } from '../../../src/turns/redis';
import { age, forgetQueue, itemOf } from '../queue-suite';

const name = { zh: '组', en: 'Group' };

export const routing: Routing = routingOf(
  routingSchema.parse({
    defaultGroup: 'general',
    groups: [
      { id: 'general', name },
      { id: 'fault', name, overflow: { to: 'general', afterSeconds: 30 } },
      { id: 'leads', name, mode: 'pick', isNamedOnly: true },
    ],
  }),
  new Map(),
);

export const agentOf = (id: string, rest: Partial<AgentRecord> = {}): AgentRecord => ({
  id,
  name: id,
  role: 'agent',
  groups: { general: 1, fault: 1 },
  languages: ['zh', 'en'],
  capacity: 2,
  closesAt: null,
  ...rest,
});

/** Assignment on a real store: who is offered what, and what becomes of an offer. */
export function describeAssigner(where: string, url: () => string): void {
  describe(`assignment on ${where}`, () => {
    let redis: RedisClient;
    let queue: AgentQueue;
    let roster: AgentRoster;
    let assigner: Assigner;
    beforeAll(() => {
      redis = connectRedis(url());
      queue = createRedisAgentQueue(redis);
      roster = createRedisAgentRoster(redis);
      assigner = createRedisAssigner(redis);
    });
    afterAll(() => redis.disconnect());
    beforeEach(() => forgetQueue(redis));

    const arrive = (id: string, rest: Partial<AgentRecord> = {}) =>
      roster.declare(agentOf(id, rest), { status: 'online', reason: null });
    /** By Redis' clock, so that what is said of waits holds. */
    const now = async () => Number(((await redis.time()) as unknown as [string])[0]) * 1000;
    let serial = 0;
    const wait = async (id: string, rest: Parameters<typeof itemOf>[2] = {}) => {
      serial += 1;
      await queue.put(itemOf(id, serial, { since: (await now()) + serial, ...rest }));
    };
    const offered = async () =>
      (await assigner.assign(routing, 20)).flatMap((news) =>
        news.type === 'offered' ? [`${news.conversationId} ${news.agentId}`] : [],
      );
    const take = async (conversationId: string, agentId: string) => {
      serial += 1;
      await queue.remove(conversationId, serial, agentId);
    };

    it('offers to an agent what was put, once, until the capacity is used', async () => {
      await arrive('anna');
      for (const id of ['a', 'b', 'c']) await wait(id);
      expect(await offered()).toEqual(['a anna', 'b anna']);
      expect(await offered()).toEqual([]);
      expect((await assigner.offersOf('anna')).map(({ conversationId }) => conversationId).sort()).toEqual([
        'a',
        'b',
      ]);
      expect(await queue.reserve('a', 'ben')).toBe('taken');
      expect(await roster.read('anna')).toMatchObject({ openCount: 2, presence: { status: 'online' } });
      await take('a', 'anna');
      expect(await roster.read('anna')).toMatchObject({ openCount: 2 });
      expect(await offered()).toEqual([]);
      // It is over: there is room again.
      await queue.remove('a', 1000, null);
      expect(await offered()).toEqual(['c anna']);
    });

    it('asks the least loaded, of those the most versed, of those who waited longest', async () => {
      await arrive('anna', { capacity: 4 });
      await arrive('ben', { capacity: 2 });
      await take('x', 'anna');
      await take('y', 'ben');
      await wait('a');
      expect(await offered()).toEqual(['a anna']);
      await arrive('carl', { groups: { general: 1 } });
      await arrive('dora', { groups: { general: 3 } });
      await wait('b');
      expect(await offered()).toEqual(['b dora']);
      await take('b', 'dora');
      await queue.remove('b', 2000, null);
      await arrive('emil', { groups: { general: 3 } });
      await wait('c');
      expect(await offered()).toEqual(['c emil']);
    });

    it('asks first who had the customer last', async () => {
      for (const id of ['anna', 'ben', 'carl']) await arrive(id);
      await take('x', 'ben');
      await wait('a', { lastAgentId: 'ben' });
      expect(await offered()).toEqual(['a ben']);
      await wait('b', { lastAgentId: 'ben' });
      // Ben has no room: nobody waits for him.
      expect((await offered())[0]).toMatch(/^b (anna|carl)$/);
    });

    it('minds skills and language, and asks the group it overflows to after the wait', async () => {
      await arrive('anna', { groups: { general: 1 }, languages: ['zh'] });
      await wait('fault', { group: 'fault' });
      await wait('english', { locale: 'en' });
      expect(await offered()).toEqual([]);
      await wait('long', { group: 'fault', since: (await now()) - 31_000 });
      expect(await offered()).toEqual(['long anna']);
      await arrive('ben', { groups: { fault: 2, general: 1 }, languages: ['en', 'zh'] });
      expect((await offered()).sort()).toEqual(['english ben', 'fault ben']);
    });

    it('leaves to be picked what agents pick, and serves the default group for one that is gone', async () => {
      await arrive('anna', { groups: { general: 1, leads: 1 } });
      await wait('picked', { group: 'leads' });
      await wait('gone', { group: 'of-yesterday' });
      expect(await offered()).toEqual(['gone anna']);
      expect(await queue.reserve('picked', 'anna')).toBe('reserved');
    });

    it('offers to a colleague by name alone for a while, and never back to who gave it away', async () => {
      await arrive('anna');
      await arrive('ben', { capacity: 1 });
      await take('x', 'ben');
      await wait('a', { wantedAgentId: 'ben', avoidAgentId: 'anna' });
      expect(await offered()).toEqual([]);
      await queue.remove('x', 1000, null);
      expect(await offered()).toEqual(['a ben']);
      await wait('b', { avoidAgentId: 'anna' });
      expect(await offered()).toEqual([]);
      await wait('c', { wantedAgentId: 'ben', since: (await now()) - 61_000 });
      expect(await offered()).toEqual(['c anna']);
    });

    it('gives an offer that was declined to the next, and not back at once', async () => {
      await arrive('anna');
      await wait('a');
      expect(await offered()).toEqual(['a anna']);
      expect(await assigner.decline('a', 'ben', 60_000)).toBe(false);
      expect(await assigner.decline('a', 'anna', 60_000)).toBe(true);
      expect(await assigner.decline('a', 'anna', 60_000)).toBe(false);
      expect(await roster.read('anna')).toMatchObject({ openCount: 0 });
      expect(await offered()).toEqual([]);
      await arrive('ben');
      expect(await offered()).toEqual(['a ben']);
    });

    it('gives an offer that lapsed to the next, and counts who lets three lapse as away', async () => {
      await arrive('anna', { capacity: 1 });
      for (const id of ['a', 'b', 'c']) {
        await wait(id);
        expect(await offered()).toEqual([`${id} anna`]);
        await age(redis, 11_000);
        if (id !== 'c')
          expect(await assigner.assign(routing, 20)).toContainEqual({
            type: 'lapsed',
            conversationId: id,
            agentId: 'anna',
          });
        if (id !== 'c') await take(id, 'nobody-else');
        // Whom a conversation counts for is told by its turn, so that lapses in between are not forgotten.
      }
      const news = await assigner.assign(routing, 20);
      expect(news).toContainEqual({ type: 'away', agentId: 'anna' });
      expect(await roster.read('anna')).toMatchObject({
        presence: { status: 'away', reason: 'missed-offers' },
        openCount: 0,
      });
      expect(await queue.onlineAgents()).not.toContain('anna');
      await arrive('ben');
      expect(await offered()).toEqual(['c ben']);
    });

    it('keeps an offer over a raise of priority, and prolongs it for who claims', async () => {
      await arrive('anna');
      await arrive('ben');
      await wait('a', { priority: 'normal' });
      const [line = ''] = await offered();
      const agentId = line.split(' ')[1] ?? '';
      await wait('a', { priority: 'high' });
      expect(await offered()).toEqual([]);
      await age(redis, 8000);
      expect(await queue.reserve('a', agentId)).toBe('reserved');
      await age(redis, 8000);
      expect(await offered()).toEqual([]);
      expect(await assigner.offersOf(agentId)).toHaveLength(1);
    });

    it.each<[string, () => Promise<unknown>]>([
      ['busy', () => roster.declare(agentOf('anna'), { status: 'busy', reason: null })],
      ['on a break', () => roster.declare(agentOf('anna'), { status: 'break', reason: '午饭' })],
      ['at the end of the shift', () => arrive('anna', { closesAt: Date.now() - 1 })],
      ['not heard of', async () => age(redis, 31_000)],
    ])('offers nothing to an agent who is %s', async (_what, become) => {
      await arrive('anna');
      await become();
      await wait('a');
      expect(await offered()).toEqual([]);
    });

    it('offers nothing to who is there without having said so', async () => {
      await queue.notePresence('anna', 'seen');
      await wait('a');
      expect(await offered()).toEqual([]);
      expect(await queue.onlineAgents()).toEqual(['anna']);
    });

    it('takes what somebody else says of an agent for no sign of life', async () => {
      await roster.declare(agentOf('anna'), { status: 'online', reason: null, isByAnother: true });
      await wait('a');
      expect(await offered()).toEqual([]);
      expect(await queue.onlineAgents()).toEqual([]);
      await queue.notePresence('anna', 'seen');
      expect(await offered()).toEqual(['a anna']);
    });

    it('offers nothing to who has signed out, until there is another sign of them', async () => {
      await arrive('anna');
      await queue.notePresence('anna', 'gone');
      await wait('a');
      expect(await offered()).toEqual([]);
      expect([await queue.onlineAgents(), (await queue.lines(['general']))[0]?.onDuty]).toEqual([[], 0]);
      await queue.notePresence('anna', 'seen');
      expect(await offered()).toEqual(['a anna']);
    });

    it('follows what an agent can do as it changes, and serves again who comes back', async () => {
      await arrive('anna', { groups: { fault: 1 } });
      await wait('a');
      expect(await offered()).toEqual([]);
      await roster.update(agentOf('anna', { groups: { general: 1 } }));
      await age(redis, 31_000);
      expect(await offered()).toEqual([]);
      await queue.notePresence('anna', 'seen');
      expect(await offered()).toEqual(['a anna']);
      await roster.update(agentOf('somebody'));
      expect(await roster.read('somebody')).toBeNull();
    });

    it('counts whom conversations belong to by their epochs, however late and twice it hears of it', async () => {
      await arrive('anna');
      const load = async () => (await roster.read('anna'))?.openCount;
      await queue.remove('a', 5, 'anna');
      await queue.remove('a', 5, 'anna');
      expect(await load()).toBe(1);
      await queue.remove('a', 4, null);
      await queue.put(itemOf('a', 4));
      expect(await load()).toBe(1);
      await queue.put(itemOf('a', 6));
      expect(await load()).toBe(0);
      await queue.remove('a', 5, 'anna');
      expect(await load()).toBe(0);
      await queue.remove('a', 7, 'anna');
      expect((await queue.owners('0')).owners).toEqual([{ conversationId: 'a', agentId: 'anna', epoch: 7 }]);
      await queue.remove('a', 8, null);
      expect([await load(), (await queue.owners('0')).owners]).toEqual([0, []]);
    });

    it('forgets of whom nothing was heard for a day, unless they have something', async () => {
      await arrive('anna');
      await arrive('ben');
      await take('a', 'ben');
      await age(redis, 25 * 3600_000);
      await queue.onlineAgents();
      expect((await roster.list()).map(({ id }) => id)).toEqual(['ben']);
      expect(await roster.read('anna')).toBeNull();
    });

    it('finds agents who have conversations and of whom nothing is heard for longer than the grace', async () => {
      await arrive('anna');
      await take('a', 'anna');
      const lost = () => assigner.lost(60_000);
      expect(await lost()).toEqual([]);
      await age(redis, 31_000);
      expect(await lost()).toEqual([]);
      await age(redis, 59_000);
      await queue.notePresence('anna', 'seen');
      expect(await lost()).toEqual([]);
      await age(redis, 31_000);
      expect(await lost()).toEqual([]);
      await age(redis, 60_000);
      expect(await lost()).toEqual([{ agentId: 'anna', conversationId: 'a', epoch: serial }]);
      await take('a', 'ben');
      expect(await lost()).toEqual([]);
    });

    it('shows the lines of groups: who is there, who waits, how many were served', async () => {
      await arrive('anna', { groups: { general: 1 } });
      await queue.notePresence('undeclared', 'seen');
      await wait('a');
      await wait('b');
      await take('a', 'anna');
      expect(await queue.lines(['general', 'fault', '*'])).toMatchObject([
        { group: 'general', onDuty: 1, waiting: 1, served: 1, conversationIds: ['b'] },
        { group: 'fault', onDuty: 0, waiting: 0, served: 0, conversationIds: [] },
        { group: '*', onDuty: 1, waiting: 0 },
      ]);
      expect(await queue.place('b')).toEqual({ group: 'general', position: 1 });
      expect(await queue.place('a')).toBeNull();
    });
  });
}
