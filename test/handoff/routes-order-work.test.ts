import { registerOrderWork } from '../../src/handoff/routes-order-work';
import { type AccountsHost, startAccountsHost } from '../accounts/host';
import { silent } from '../support/turns';

type Person = { id: string; cookie: Record<string, string> };

describe('orders that agents make and comment', () => {
  let host: AccountsHost;
  let anna: Person;
  let ben: Person;
  const made: Record<string, unknown>[] = [];
  const audited: unknown[] = [];
  beforeAll(async () => {
    host = await startAccountsHost();
    const { requirePermission, server } = host;
    const actors = requirePermission('orders.work');
    const orders = {
      createOrder: async (order: Record<string, unknown>) => {
        made.push(order);
        return { number: 'F1', phone: '13800138000' };
      },
      commentOrder: async (comment: { number: string; note: string }) => {
        made.push(comment);
        return comment.number === 'F1'
          ? { status: 'changed', order: { number: 'F1' } }
          : { status: 'not-found' };
      },
    };
    registerOrderWork(server, {
      orders,
      desk: {
        read: async () => ({
          conversationId: 'c',
          channel: 'web',
          user: { id: 'u', name: null },
          customer: { phone: '13900139000', accounts: [] },
          ownership: { owner: 'human', agentId: anna.id },
          dialog: { shared: { address: { full: '中山路', area: 'gulou-1' } }, frames: [] },
        }),
      },
      actors,
      mask: (text: string) => text.replace(/\d{17}[\dX]/g, '[证件号]'),
      audit: async (entry: unknown) => void audited.push(entry),
      log: silent,
      // What making and commenting needs; the other routes of orders are registered elsewhere.
    } as unknown as Parameters<typeof registerOrderWork>[1]);
    const admin = (await host.makeAdmin()).cookie;
    anna = await host.enter(admin, 'anna', 'agent');
    ben = await host.enter(admin, 'ben', 'agent');
  });
  afterAll(() => host.stop());
  const post = (who: Person, path: string, body: unknown) =>
    host.call('POST', `/agent${path}`, body, who.cookie);

  it('are made by who has the conversation, masked, where the customer lives, and written down', async () => {
    const body = { clientId: 'o1', kind: 'fault', summary: '身份证11010119900307123X 断网' };
    const { status, body: answer } = await post(anna, '/conversations/c/orders', body);
    expect([status, answer.order]).toEqual([201, { number: 'F1', phone: '138****8000' }]);
    expect(made.at(-1)).toMatchObject({
      id: `desk:${anna.id}:o1`,
      by: `agent:${anna.id}`,
      asker: { phone: '13900139000' },
      args: { kind: 'fault', summary: '身份证[证件号] 断网', area: 'gulou-1', priority: 'normal' },
    });
    expect(audited).toEqual([
      { accountId: anna.id, action: 'work-order.create', subject: 'work-order:F1', note: 'fault' },
    ]);
    expect((await post(ben, '/conversations/c/orders', body)).status).toBe(403);
    expect((await post(anna, '/conversations/c/orders', { ...body, kind: 'x' })).status).toBe(400);
  });

  it('take a word once, and only where there is an order', async () => {
    expect((await post(ben, '/orders/F1/comments', { clientId: 'k', note: '先看分光器' })).status).toBe(200);
    expect(made.at(-1)).toMatchObject({ note: '先看分光器', key: `agent:${ben.id}:k` });
    expect((await post(ben, '/orders/F9/comments', { clientId: 'k', note: 'x' })).status).toBe(404);
    expect((await post(ben, '/orders/F1/comments', { clientId: 'k', note: ' ' })).status).toBe(400);
  });
});
