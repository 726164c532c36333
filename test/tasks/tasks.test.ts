import { randomUUID } from 'node:crypto';
import type { Account } from '../../src/accounts/account';
import { AppError } from '../../src/errors';
import { readAlarms } from '../../src/records/alarms';
import { registerTasks } from '../../src/tasks/routes';
import { tellOverdue } from '../../src/tasks/tasks';
import { type AccountsHost, startAccountsHost } from '../accounts/host';
import { silent } from '../support/turns';

const HOUR = 3600_000;

describe('what an agent has promised', () => {
  let host: AccountsHost;
  let admin: Record<string, string>;
  let agent: Awaited<ReturnType<AccountsHost['enter']>>;
  let colleague: typeof agent;
  beforeAll(async () => {
    host = await startAccountsHost();
    const { db, requirePermission, time } = host;
    const mask = (text: string) => text.replace(/\d{18}/, '[证件号]');
    const checkReadable = async ({ role }: Account, conversationId: string) => {
      if (role === 'agent' && conversationId === 'another’s') throw new AppError('forbidden', 'not shown');
    };
    registerTasks(host.server, {
      db,
      requirePermission,
      checkReadable,
      mask,
      clock: () => time.now,
      log: silent,
    });
    admin = (await host.makeAdmin()).cookie;
    agent = await host.enter(admin, 'g4001', 'agent');
    colleague = await host.enter(admin, 'g4002', 'agent');
  });
  afterAll(() => host.stop());

  const add = (given: Record<string, unknown> = {}, cookie: Record<string, string> = agent.cookie) => {
    const task = {
      id: randomUUID(),
      conversationId: 'c1',
      text: '回电告知检修结果',
      dueAt: host.time.now + HOUR,
    };
    return host.call('POST', '/agent/tasks', { ...task, ...given }, cookie);
  };
  const list = async (query = '', cookie: Record<string, string> = agent.cookie) =>
    (await host.call('GET', `/agent/tasks${query}`, undefined, cookie)).body.tasks as Record<
      string,
      unknown
    >[];

  it('is kept with its time, once however often it is sent, and without documents', async () => {
    const id = randomUUID();
    const first = await add({ id, conversationId: 'c0', text: '核对 110101199003074514 后回电' });
    const second = await add({ id, conversationId: 'c0', text: '另一句' });
    expect(first.body.task).toMatchObject({
      text: '核对 [证件号] 后回电',
      accountName: 'g4001',
      doneAt: null,
    });
    expect(second.body.task).toEqual(first.body.task);
    expect(await list('?conversation=c0')).toHaveLength(1);
  });

  it('is neither read nor made by whom the conversation is not shown', async () => {
    const query = `?conversation=${encodeURIComponent('another’s')}`;
    expect((await host.call('GET', `/agent/tasks${query}`, undefined, agent.cookie)).status).toBe(403);
    expect((await add({ conversationId: 'another’s' })).status).toBe(403);
    expect((await add({ conversationId: 'another’s' }, admin)).status).toBe(201);
    expect(await list(query, admin)).toHaveLength(1);
  });

  it('is refused with a time that is over, or beyond any promise', async () => {
    expect((await add({ dueAt: host.time.now })).body.error.message).toContain('dueAt');
    expect((await add({ dueAt: host.time.now + 91 * 24 * HOUR })).status).toBe(400);
    expect((await add({ text: ' ' })).status).toBe(400);
  });

  it('is done once, by whom it belongs to, or a supervisor', async () => {
    const { id } = (await add({ conversationId: 'c2' })).body.task;
    const done = (cookie: Record<string, string>) => host.call('POST', `/agent/tasks/${id}/done`, {}, cookie);
    expect((await done(colleague.cookie)).status).toBe(403);
    const first = (await done(agent.cookie)).body.task.doneAt;
    host.time.now += 1000;
    expect((await done(agent.cookie)).body.task.doneAt).toBe(first);
    const other = (await add({ conversationId: 'c2' })).body.task;
    expect((await host.call('POST', `/agent/tasks/${other.id}/done`, {}, admin)).status).toBe(200);
    expect((await list()).every(({ conversationId }) => conversationId !== 'c2')).toBe(true);
    expect(await list('?conversation=c2')).toHaveLength(2);
    expect((await host.call('POST', '/agent/tasks/x/done', {}, agent.cookie)).status).toBe(404);
  });

  it('goes with its conversation to a colleague', async () => {
    await add({ conversationId: 'c3' });
    await add({ conversationId: 'c3' });
    const pass = (to: string) =>
      host.call('POST', '/agent/tasks/pass', { conversationId: 'c3', to }, agent.cookie);
    expect((await pass(randomUUID())).status).toBe(404);
    expect((await pass(colleague.id)).body).toEqual({ passed: 2 });
    expect((await pass(colleague.id)).body).toEqual({ passed: 0 });
    expect(await list('', colleague.cookie)).toHaveLength(2);
  });

  it('that was not kept in time is told to the supervisor, once', async () => {
    const { id } = (await add({ conversationId: 'c4', dueAt: host.time.now + 10 * HOUR })).body.task;
    const told = async () =>
      (await readAlarms(host.db, { isAll: true, limit: 50 })).filter((each) => each.id === `task:${id}`);
    await tellOverdue(host.db, host.time.now + 10 * HOUR - 1);
    expect(await told()).toEqual([]);
    expect(await tellOverdue(host.db, host.time.now + 10 * HOUR)).toBeGreaterThan(0);
    expect(await tellOverdue(host.db, host.time.now + 11 * HOUR)).toBe(0);
    expect(await told()).toMatchObject([{ reason: 'task-overdue', conversationId: 'c4' }]);
  });
});
