import { randomUUID } from 'node:crypto';
import { addNote, readNotes } from '../../src/records/desk/notes';
import { giveBackAfterShift } from '../../src/rosters/after-shift';
import { registerHandOver } from '../../src/rosters/routes-hand-over';
import { addTask, listTasks, passTasks } from '../../src/tasks/tasks';
import { agentOf } from '../handoff/assign/assigner-suite';
import { type DeskHost, startDeskHost } from '../handoff/host';
import { shippedRouting } from '../support/policies';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { silent } from '../support/turns';

const HOUR = 3600_000;
const MINUTE = 60_000;

describe('the end of a shift', () => {
  let server: RedisServer;
  let host: DeskHost;
  let anna: Awaited<ReturnType<DeskHost['accounts']['enter']>>;
  let ben: typeof anna;
  const clock = () => Date.now();
  beforeAll(async () => {
    server = await startRedisServer();
    host = await startDeskHost(server.url);
    const { db, server: http, requirePermission } = host.accounts;
    registerHandOver(http, {
      desk: host.desk,
      roster: host.roster,
      routing: shippedRouting,
      addNote: async (note) => void (await addNote(db, { ...note, at: clock(), mentions: [] })),
      passTasks: async (pass, accountId) => void (await passTasks(db, pass, { accountId, at: clock() })),
      tasksOf: (conversationId) => listTasks(db, { conversationId }),
      mask: (text) => text.replace(/\d{18}/, '[证件号]'),
      requirePermission,
      clock,
      log: silent,
    });
    const admin = (await host.accounts.makeAdmin()).cookie;
    anna = await host.accounts.enter(admin, 'anna', 'agent');
    ben = await host.accounts.enter(admin, 'ben', 'agent');
  }, 30_000);
  afterAll(async () => {
    await host.stop();
    await server.stop();
  });

  const arrive = (who: typeof anna, given: object = {}) =>
    host.roster.declare(agentOf(who.id, given), { status: 'online', reason: null });
  const take = async (conversationId: string) => {
    await host.queued(conversationId, '坏了，电话 13800138000');
    await host.desk.claim({ id: anna.id, name: 'anna' }, { conversationId, requestId: null });
  };
  const ownerOf = async (id: string) => (await host.desk.read(id)).ownership;
  const handOver = async (items: object[]) =>
    (await host.accounts.call('POST', '/agent/hand-over', { clientId: randomUUID(), items }, anna.cookie))
      .body.results;

  it('hands over to colleagues who have room, with the words and the tasks', async () => {
    await arrive(anna);
    await arrive(ben, { capacity: 1 });
    await take('h1');
    await take('h2');
    const { db } = host.accounts;
    const task = { id: randomUUID(), conversationId: 'h1', text: '回电', dueAt: clock() + HOUR };
    await addTask(db, task, { accountId: anna.id, at: clock() });
    const view = (await host.accounts.call('GET', '/agent/hand-over', undefined, anna.cookie)).body;
    expect(view.items).toMatchObject([
      { conversationId: 'h1', tasks: [{ text: '回电' }] },
      { conversationId: 'h2', tasks: [] },
    ]);
    expect(JSON.stringify(view)).not.toContain('13800138000');
    expect(view.colleagues).toEqual([{ id: ben.id, name: expect.any(String), room: 1, notFree: null }]);
    const done = await handOver([
      { conversationId: 'h1', to: ben.id, done: '已派单', promised: '明早回电 110101199003074514' },
      { conversationId: 'h2', to: ben.id },
      { conversationId: 'nobody', to: anna.id },
    ]);
    expect(done).toEqual([
      { conversationId: 'h1', status: 'handed-over', reason: null },
      { conversationId: 'h2', status: 'refused', reason: 'full' },
      { conversationId: 'nobody', status: 'refused', reason: 'not-there' },
    ]);
    expect((await ownerOf('h1')).line).toMatchObject({ wantedAgentId: ben.id });
    expect((await ownerOf('h2')).agentId).toBe(anna.id);
    expect(await readNotes(db, 'h1')).toMatchObject([
      { text: '已做 / done: 已派单\n已答应 / promised: 明早回电 [证件号]', by: { id: anna.id } },
    ]);
    expect(await listTasks(db, { accountId: ben.id })).toMatchObject([{ text: '回电' }]);
  });

  it('refuses whoever goes soon, and what is not one’s own', async () => {
    await arrive(ben, { capacity: 4, closesAt: clock() - 1 });
    expect(await handOver([{ conversationId: 'h2', to: ben.id }])).toMatchObject([{ reason: 'shift-ends' }]);
    await arrive(ben);
    expect(await handOver([{ conversationId: 'h1', to: ben.id }])).toMatchObject([{ reason: 'not-yours' }]);
  });

  it('gives back what is left some minutes after the shift, once, and leaves what was taken later', async () => {
    const over = (minutes: number) =>
      giveBackAfterShift({
        roster: host.roster,
        desk: host.desk,
        routing: shippedRouting,
        accept: host.node.engine.accept,
        clock: () => clock() + minutes * MINUTE,
        log: silent,
      });
    await arrive(anna, { closesAt: clock() + MINUTE });
    const { lastMinutesOfShift, minutesAfterShift } = shippedRouting;
    const end = 1 + lastMinutesOfShift;
    expect(await over(end + minutesAfterShift - 1)).toBe(0);
    expect(await over(end + minutesAfterShift + 1)).toBe(1);
    expect(await ownerOf('h2')).toMatchObject({
      owner: 'queued',
      reason: 'shift-over',
      line: { note: expect.stringContaining('下班'), isReturned: true },
    });
    expect(await host.texts('h2')).toContain('shift-over');
    // Taken after the end: theirs.
    await take('h3');
    await arrive(anna, { closesAt: clock() - (lastMinutesOfShift + 1) * MINUTE });
    expect(await over(minutesAfterShift + 5)).toBe(0);
    expect(await ownerOf('h3')).toMatchObject({ owner: 'human' });
  });
});
