import type { Database } from '../../../src/records/database';
import { createOrderDesk } from '../../../src/work-orders/order-desk';
import { createTestOrders, openTestDatabase, testNumbers } from '../../support/orders';
import { shippedPolicies } from '../../support/policies';

const HOUR = 3600_000;
const START = { caseNumber: '苏通管申2611240001', firstCase: 'C261123A1B2C3D4G' };

describe('a complaint that was taken to the authority', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let desk: ReturnType<typeof createOrderDesk>;
  let who: { conversationId: string };
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
    const { clock } = orders.time;
    desk = createOrderDesk({
      db,
      policies: shippedPolicies,
      numbers: testNumbers,
      clock,
      onEvent: () => undefined,
    });
  });
  afterAll(() => db.destroy());
  beforeEach(() => {
    who = { conversationId: `c-${Math.random()}` };
  });

  const appeal = () => orders.create({ kind: 'complaint', regulator: START }, who);
  async function orderOf(number: string) {
    const found = await desk.readOrder(number);
    if (!found) throw new Error('no such order');
    return found;
  }
  async function act(number: string, by: string) {
    const { version } = (await orderOf(number)).order;
    return { number, version, by, note: null };
  }
  const resolve = async (number: string) =>
    desk.transitionOrder({ ...(await act(number, 'agent:anna')), to: 'resolved' });
  const draft = async (number: string, text: string, by = 'agent:anna') =>
    desk.draftReply({ ...(await act(number, by)), text });
  const rule = async (number: string, isApproved: boolean, by = 'agent:boss') =>
    desk.ruleOnReply({ ...(await act(number, by)), isApproved });
  const alarms = (number: string) =>
    db.selectFrom('supervisor_alarms').select('reason').where('number', '=', number).execute();
  const eventsOf = async () => {
    const rows = await db
      .selectFrom('events_out')
      .select('value')
      .where('conversation_id', '=', who.conversationId)
      .orderBy('id')
      .execute();
    return rows.map(({ value }) => value);
  };

  it('has its number and clocks of its own, nearer than those of other complaints', async () => {
    const { number, promiseAt } = await appeal();
    expect((await orderOf(number)).order).toMatchObject({ regulator: { ...START, reply: null } });
    // Tuesday 10:00: the fifth working day is the Monday after.
    expect(promiseAt).toBeGreaterThan(orders.time.now + 5 * 24 * HOUR);
    const rows = await db
      .selectFrom('order_clocks')
      .select('state')
      .where('number', '=', number)
      .orderBy('clock')
      .execute();
    expect(JSON.stringify(rows)).toContain('regulator-promise');
    expect(JSON.stringify(rows)).toContain('regulator-legal');
  });

  it('is answered only in words that somebody else has approved', async () => {
    const { number } = await appeal();
    await expect(resolve(number)).resolves.toEqual({ status: 'reply-not-approved' });
    await expect(rule(number, true)).resolves.toEqual({ status: 'no-reply' });
    await expect(draft(number, '多收的 20 元已退回。')).resolves.toMatchObject({ status: 'changed' });
    expect(await alarms(number)).toEqual([{ reason: 'reply-waits' }]);
    await expect(resolve(number)).resolves.toEqual({ status: 'reply-not-approved' });
    await expect(rule(number, true, 'agent:anna')).resolves.toEqual({ status: 'own-reply' });
    expect(JSON.stringify(await eventsOf())).not.toContain('多收的 20 元');
    await expect(rule(number, true)).resolves.toMatchObject({ status: 'changed' });
    expect((await orderOf(number)).order).toMatchObject({
      status: 'resolved',
      regulator: { reply: { by: 'agent:anna' }, approved: { by: 'agent:boss' } },
    });
    expect((await eventsOf()).at(-1)).toMatchObject({
      answer: '多收的 20 元已退回。',
      order: { status: 'resolved' },
    });
    const { history } = await orderOf(number);
    expect(history.map(({ reason }) => reason)).toEqual([null, 'reply-drafted', 'reply-approved']);
    // It has gone out.
    await expect(draft(number, 'x')).resolves.toEqual({ status: 'not-allowed' });
  });

  it('whose answer was sent back needs another, and one that did not satisfy as well', async () => {
    const { number } = await appeal();
    await draft(number, 'x');
    const { version } = (await orderOf(number)).order;
    const back = { number, version, by: 'agent:boss', note: '写明退款日期', isApproved: false };
    await expect(desk.ruleOnReply(back)).resolves.toMatchObject({ status: 'changed' });
    await expect(desk.ruleOnReply(back)).resolves.toEqual({ status: 'conflict' });
    expect((await orderOf(number)).order.regulator?.returned?.note).toBe('写明退款日期');
    await draft(number, '11 月 26 日退回。');
    await rule(number, true);
    const outcome = await orders.run('work-order.confirm', { ...who, args: { number, isSolved: false } });
    expect(outcome).toMatchObject({ value: { status: 'reopened' } });
    await expect(resolve(number)).resolves.toEqual({ status: 'reply-not-approved' });
  });

  it('leaves other complaints as they are', async () => {
    const { number } = await orders.create({ kind: 'complaint' }, who);
    await expect(draft(number, 'x')).resolves.toEqual({ status: 'not-allowed' });
    await expect(resolve(number)).resolves.toMatchObject({ status: 'changed' });
  });

  it('shows the pictures that the customer sent about it, and nobody else’s', async () => {
    const { number } = await appeal();
    const say = (role: string, hours: number, files: unknown[]) => ({
      type: 'message',
      timestamp: new Date(orders.time.now + hours * HOUR).toISOString(),
      from: { id: role, role },
      text: 't',
      ...(files.length > 0 && { attachments: files }),
    });
    const bill = { contentType: 'image/png', contentUrl: '/files/bill.png' };
    const lines = [
      say('user', -30, [{ ...bill, contentUrl: '/files/older.png' }]),
      say('user', -1, [bill]),
      say('bot', 1, [{ ...bill, contentUrl: '/files/card.png' }]),
      say('user', 2, []),
      say('user', 3, [{ ...bill, contentUrl: '/files/later.png' }]),
    ];
    await db
      .insertInto('transcript')
      .values(
        lines.map((activity, position) => ({
          conversation_id: who.conversationId,
          position,
          activity: JSON.stringify(activity),
        })),
      )
      .execute();
    const evidence = await desk.readEvidence(number);
    const urls = evidence.flatMap(({ attachments = [] }) => attachments.map(({ contentUrl }) => contentUrl));
    expect(urls).toEqual(['/files/bill.png', '/files/later.png']);
  });
});
