import pino from 'pino';
import { noFieldWork } from '../../src/contract/field';
import { isOrderNumber } from '../../src/contract/order-number';
import type { Appointment, OrderKind } from '../../src/contract/orders';
import type { Database } from '../../src/records/database';
import { readOrder, readOrdersOfConversation } from '../../src/work-orders/read-orders';
import { createTestOrders, openTestDatabase } from '../support/orders';

const AT = Date.UTC(2026, 10, 24, 2);
const HOUR_MS = 3600 * 1000;

describe('creating a work order', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let serial = 0;
  const fresh = () => `conversation-${serial++}`;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());
  const eventsOf = (conversationId: string) =>
    db
      .selectFrom('events_out')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('id')
      .execute();

  it('keeps all that the customer said, with its history and an event', async () => {
    const conversationId = fresh();
    const appointment: Appointment = { id: 'v', startAt: AT + HOUR_MS, endAt: AT + 3 * HOUR_MS };
    const details = { light: 'red', steps: ['fibre'] };
    const args = {
      phone: '+86 138-0013-8000',
      address: '中山路18号',
      area: 'nj-gulou-07',
      priority: 'high',
      appointment,
      details,
    };
    const view = await orders.create(args, { conversationId, channel: 'app', at: AT });
    expect(isOrderNumber(view.number)).toBe(true);
    expect(view).toEqual({
      number: view.number,
      kind: 'fault',
      status: 'registered',
      promiseAt: AT + 4 * HOUR_MS,
      summary: '断网',
      appointment,
      updatedAt: AT,
    });
    await expect(readOrder(db, view.number)).resolves.toEqual({
      order: {
        ...view,
        version: 1,
        conversationId,
        channel: 'app',
        phone: '13800138000',
        address: '中山路18号',
        area: 'nj-gulou-07',
        priority: 'high',
        details,
        createdAt: AT,
        repeats: 0,
        incident: null,
        regulator: null,
        field: noFieldWork,
      },
      history: [{ version: 1, at: AT, status: 'registered', by: 'bot', reason: null, note: null }],
    });
    expect(await eventsOf(conversationId)).toMatchObject([
      { name: 'order.registered', value: { order: view, version: 1 } },
    ]);
  });

  it.each<[OrderKind, number]>([
    ['fault', 4],
    ['installation', 24],
    ['complaint', 24],
  ])('promises a %s within %d hours of the report', async (kind, hours) => {
    const view = await orders.create({ kind }, { at: AT });
    expect(view.promiseAt).toBe(AT + hours * HOUR_MS);
    expect(view.number).toMatch({ fault: /^F/, installation: /^I/, complaint: /^C/ }[kind]);
  });

  it('promises the end of a visit that ends later than the rules say, and never earlier', async () => {
    const visit = (hours: number) => ({ id: 'v', startAt: AT, endAt: AT + hours * HOUR_MS });
    const late = await orders.create({ appointment: visit(30) }, { at: AT });
    const early = await orders.create({ appointment: visit(2) }, { at: AT });
    expect([late.promiseAt, early.promiseAt]).toEqual([AT + 30 * HOUR_MS, AT + 4 * HOUR_MS]);
  });

  it('takes the verified phone as contact when the customer named none', async () => {
    const conversationId = fresh();
    await orders.create(
      {},
      { conversationId, asker: { userId: 'u', phone: '+8613800138001', accounts: [] } },
    );
    expect(await readOrdersOfConversation(db, conversationId)).toMatchObject([{ phone: '13800138001' }]);
  });

  it('makes one order of a command, however often it is run', async () => {
    const conversationId = fresh();
    const command = { id: `${conversationId}:step:1`, conversationId };
    const first = await orders.create({}, command);
    await expect(orders.create({}, command)).resolves.toEqual(first);
    expect(await readOrdersOfConversation(db, conversationId)).toHaveLength(1);
    expect(await eventsOf(conversationId)).toHaveLength(1);
  });

  it('makes one order when two nodes run a command at once', async () => {
    for (let i = 0; i < 10; i += 1) {
      const conversationId = fresh();
      const command = { id: `${conversationId}:step:1`, conversationId };
      const views = await Promise.all([1, 2, 3, 4].map(() => orders.create({}, command)));
      expect(new Set(views.map(({ number }) => number)).size).toBe(1);
      expect(await readOrdersOfConversation(db, conversationId)).toHaveLength(1);
      expect(await eventsOf(conversationId)).toHaveLength(1);
    }
  });

  it('makes one order of a command even after the key of numbers was changed', async () => {
    const conversationId = fresh();
    const command = { id: `${conversationId}:step:1`, conversationId };
    const first = await orders.create({}, command);
    const later = createTestOrders(db, { numbers: () => 'F261124000000000' });
    await expect(later.create({}, command)).resolves.toEqual(first);
  });

  it('alarms when two commands get one number, and leaves the first order as it was', async () => {
    const alarms: string[] = [];
    const log = pino({ level: 'error' }, { write: (line) => void alarms.push(line) });
    const colliding = createTestOrders(db, { numbers: () => 'F261124COLLIDES0', log });
    const conversationId = fresh();
    await colliding.create({ summary: 'first' }, { conversationId, id: 'one' });
    await expect(
      colliding.run('work-order.create', { args: { kind: 'fault', summary: 'second' }, id: 'two' }),
    ).resolves.toEqual({ type: 'error', code: 'number-collision' });
    expect(alarms).toHaveLength(1);
    expect(JSON.parse(alarms[0] ?? '')).toMatchObject({ number: 'F261124COLLIDES0', commandId: 'two' });
    expect(await readOrder(db, 'F261124COLLIDES0')).toMatchObject({
      order: { summary: 'first', conversationId },
      history: [{ version: 1 }],
    });
  });

  it('leaves nothing behind when it breaks half way, and succeeds when run again', async () => {
    const conversationId = fresh();
    const command = { id: `${conversationId}:step:1`, conversationId };
    await db.schema.alterTable('events_out').renameTo('events_away').execute();
    await expect(orders.create({}, command)).rejects.toThrow('events_out');
    await db.schema.alterTable('events_away').renameTo('events_out').execute();
    expect(await readOrdersOfConversation(db, conversationId)).toEqual([]);
    await orders.create({}, command);
    expect(await readOrdersOfConversation(db, conversationId)).toHaveLength(1);
    expect(await eventsOf(conversationId)).toHaveLength(1);
  });

  it('takes hostile text as text', async () => {
    const conversationId = fresh();
    const hostile = "'); DROP TABLE work_orders; --\u0000\ud83d";
    const args = { summary: hostile, address: hostile, phone: hostile, details: { [hostile]: hostile } };
    const { number } = await orders.create(args, { conversationId });
    const clean = "'); DROP TABLE work_orders; --\ufffd\ufffd";
    expect((await readOrder(db, number))?.order).toMatchObject({
      summary: clean,
      address: clean,
      phone: clean,
      details: { [clean]: clean },
    });
  });

  it.each([
    {},
    { kind: 'party', summary: 'x' },
    { kind: 'fault', summary: '' },
    { kind: 'fault', summary: 'x'.repeat(301) },
    { kind: 'fault', summary: 'x', appointment: { id: 1 } },
    { kind: 'fault', summary: 'x', priority: 'supreme' },
  ])('answers bad arguments %# with an outcome', async (args) => {
    await expect(orders.run('work-order.create', { args })).resolves.toEqual({
      type: 'error',
      code: 'bad-arguments',
    });
  });

  it('wakes the relay once for a new order', async () => {
    const wakes: string[] = [];
    const woken = createTestOrders(db, { onEvent: () => void wakes.push('woken') });
    const command = { id: fresh() };
    await woken.create({}, command);
    await woken.create({}, command);
    expect(wakes).toEqual(['woken']);
  });

  it('must be completed, while reading need not', () => {
    const { handlers } = orders;
    expect(handlers['work-order.create']?.mustComplete).toBe(true);
    expect(handlers['work-order.find']?.mustComplete).toBe(false);
    expect(handlers['work-order.list']?.mustComplete).toBe(false);
  });
});
