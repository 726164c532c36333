import { fieldActSchema } from '../../../src/contract/field';
import { orderEventSchema } from '../../../src/contract/orders';
import { readAlarms } from '../../../src/records/alarms';
import type { Database } from '../../../src/records/database';
import { readClocks } from '../../../src/work-orders/clocks/order-clocks';
import { assignTechnician, noteCall } from '../../../src/work-orders/field/act-in-field';
import { STANDARD } from '../../../src/work-orders/field/judge-reading';
import { transitionOrder } from '../../../src/work-orders/transition-order';
import { openTestDatabase } from '../../support/orders';
import { AT, createFieldOrders, good, HOUR, li, wang } from './field-orders';

const photo = `${'a'.repeat(64)}.jpg`;

describe('work in the field', () => {
  let db: Database;
  let field: ReturnType<typeof createFieldOrders>;
  beforeAll(async () => {
    db = await openTestDatabase();
    field = createFieldOrders(db);
  });
  beforeEach(() => {
    field.now = AT;
  });
  afterAll(() => db.destroy());

  const eventsOf = async (number: string) =>
    (await db.selectFrom('events_out').selectAll().orderBy('id').execute()).flatMap(({ value }) => {
      const event = orderEventSchema.parse(value);
      return event.order.number === number ? [event] : [];
    });

  it('goes from accepting over a visit to a repair, and tells the customer each step', async () => {
    const number = await field.given();
    await field.act(number, { type: 'accept' });
    await field.act(number, { type: 'appoint', startAt: AT + HOUR, endAt: AT + 3 * HOUR });
    field.now = AT + HOUR;
    await field.act(number, { type: 'arrive' });
    field.now = AT + 2 * HOUR;
    await field.act(number, { type: 'finish', cause: 'connector', reading: good, photo, note: '更换接头' });
    const order = await field.orderOf(number);
    expect(order).toMatchObject({
      status: 'resolved',
      appointment: { startAt: AT + HOUR, endAt: AT + 3 * HOUR },
      field: { technician: li, visits: 1, result: { cause: 'connector', reading: good }, photos: [photo] },
    });
    expect((await eventsOf(number)).map(({ change }) => change)).toEqual([
      'status',
      'clock',
      'status',
      'appointed',
      'arrived',
      'status',
    ]);
    // Customers see who comes, and nothing of the technician's phone.
    const view = (await eventsOf(number)).at(-1)?.order;
    expect(view?.technician).toEqual({ id: '0518', name: '李强' });
    expect(JSON.stringify(view)).not.toContain('13900000518');
    expect((await field.historyOf(number)).map(({ reason }) => reason)).toEqual([
      null,
      'field:given',
      'field:accepted',
      'field:appointed',
      'field:arrived',
      'field:finished:connector',
    ]);
  });

  it('is done once for a key, also by many at the same time', async () => {
    const number = await field.given();
    const key = field.nextKey();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => field.act(number, { type: 'accept' }, { key })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill('changed'));
    expect(await field.historyOf(number)).toHaveLength(3);
  });

  it('ends for a technician whose order was given to another', async () => {
    const number = await field.given();
    await field.act(number, { type: 'accept' });
    const { assignment } = (await field.orderOf(number)).field;
    const { version } = await field.orderOf(number);
    await assignTechnician(field.books, { number, version, technician: wang, by: 'agent:1', at: field.now });
    await expect(field.act(number, { type: 'arrive' }, { assignment })).resolves.toEqual({
      status: 'refused',
      reason: 'reassigned',
    });
    await expect(field.act(number, { type: 'arrive' }, { technician: wang })).resolves.toMatchObject({
      status: 'changed',
      order: { field: { technician: { id: '0519' }, arrivedAt: AT } },
    });
  });

  it('tells the supervisor of an order that is handed back to nobody', async () => {
    const number = await field.given();
    await field.act(number, { type: 'reassign', reason: 'ill' });
    expect((await field.orderOf(number)).field).toMatchObject({ technician: null, hasAccepted: false });
    const alarms = await readAlarms(db, { isAll: true, limit: 100 });
    expect(alarms.filter((alarm) => alarm.number === number)).toMatchObject([{ reason: 'field-returned' }]);
    await expect(
      field.act(number, { type: 'reassign', reason: 'ill', to: wang }, { technician: wang }),
    ).resolves.toEqual({
      status: 'refused',
      reason: 'not-allowed',
    });
  });

  it('blames nobody for not answering who was never called', async () => {
    const number = await field.given();
    const unreachable = { type: 'suspend', reason: 'customer-unreachable', photo } as const;
    await expect(field.act(number, unreachable)).resolves.toEqual({ status: 'refused', reason: 'no-call' });
    const { assignment } = (await field.orderOf(number)).field;
    const call = { number, technician: li, at: field.now, key: field.nextKey() };
    await expect(noteCall(field.books, { ...call, assignment: assignment - 1 })).resolves.toMatchObject({
      reason: 'reassigned',
    });
    await noteCall(field.books, { ...call, assignment });
    await noteCall(field.books, { ...call, assignment });
    expect((await field.orderOf(number)).field.calls).toEqual([AT]);
    await expect(field.act(number, unreachable)).resolves.toMatchObject({
      status: 'changed',
      order: { pause: { reason: 'customer-unreachable', since: AT }, field: { photos: [photo] } },
    });
    await expect(field.act(number, unreachable)).resolves.toEqual({
      status: 'refused',
      reason: 'not-allowed',
    });
  });

  it('lets the clock run again as soon as somebody stands before the door', async () => {
    const number = await field.given();
    await field.act(number, { type: 'suspend', reason: 'customer-postponed', photo });
    const before = (await field.orderOf(number)).promiseAt;
    field.now = AT + 2 * HOUR;
    await field.act(number, { type: 'arrive' });
    const order = await field.orderOf(number);
    expect(order.pause).toBeUndefined();
    expect(order.promiseAt).toBe(before + 2 * HOUR);
    const [clock] = await readClocks(db, number);
    expect(clock?.log.map(({ type }) => type)).toEqual(['started', 'paused', 'resumed']);
  });

  it('does not let a visit that was put off move the promise', async () => {
    const number = await field.given();
    const { promiseAt } = await field.orderOf(number);
    await field.act(number, { type: 'appoint', startAt: AT + 24 * HOUR, endAt: AT + 26 * HOUR });
    expect(await field.orderOf(number)).toMatchObject({
      promiseAt,
      appointment: { startAt: AT + 24 * HOUR },
    });
  });

  it.each([
    ['in the past', AT - 2 * HOUR, AT - HOUR],
    ['that ends before it begins', AT + 2 * HOUR, AT + HOUR],
    ['of two days', AT, AT + 48 * HOUR],
    ['next year', AT + 365 * 24 * HOUR, AT + 365 * 24 * HOUR + HOUR],
  ])('takes no visit %s', async (_name, startAt, endAt) => {
    const number = await field.given();
    await expect(field.act(number, { type: 'appoint', startAt, endAt })).resolves.toMatchObject({
      reason: 'bad-visit',
    });
    await field.act(number, { type: 'arrive' });
    await expect(
      field.act(number, { type: 'revisit', reason: 'parts', visit: { startAt, endAt } }),
    ).resolves.toMatchObject({ reason: 'bad-visit' });
  });

  it.each([
    [{ type: 'optical', dbm: STANDARD.opticalDbm.from - 0.1 }, 'bad-reading'],
    [{ type: 'optical', dbm: STANDARD.opticalDbm.from }, null],
    [{ type: 'optical', dbm: STANDARD.opticalDbm.to }, null],
    [{ type: 'optical', dbm: STANDARD.opticalDbm.to + 0.1 }, 'bad-reading'],
    [{ type: 'speed', mbps: 0 }, 'bad-reading'],
    [{ type: 'speed', mbps: 94 }, null],
    [{ type: 'mobile', rsrpDbm: -111 }, 'bad-reading'],
    [{ type: 'mobile', rsrpDbm: -110 }, null],
  ] as const)('calls nothing repaired that measures %j: %s', async (reading, reason) => {
    const number = await field.given();
    const done = { type: 'finish', cause: 'connector', reading } as const;
    await expect(field.act(number, done)).resolves.toEqual({ status: 'refused', reason: 'not-arrived' });
    await field.act(number, { type: 'arrive' });
    await expect(field.act(number, done)).resolves.toMatchObject(
      reason ? { status: 'refused', reason } : { status: 'changed', order: { status: 'resolved' } },
    );
  });

  it('keeps an order open that needs a second visit, and counts it', async () => {
    const number = await field.given();
    await field.act(number, { type: 'arrive' });
    const visit = { startAt: AT + 20 * HOUR, endAt: AT + 22 * HOUR };
    await field.act(number, { type: 'revisit', reason: 'parts', visit, note: '缺分光器' });
    expect(await field.orderOf(number)).toMatchObject({
      status: 'assigned',
      appointment: visit,
      field: { visits: 1, arrivedAt: null },
    });
    expect((await eventsOf(number)).at(-1)).toMatchObject({ change: 'revisit', reason: 'parts' });
    field.now = AT + 20 * HOUR;
    await field.act(number, { type: 'arrive' });
    await field.act(number, { type: 'finish', cause: 'splitter', reading: good });
    expect(await field.orderOf(number)).toMatchObject({ status: 'resolved', field: { visits: 2 } });
  });

  it('sends somebody again when the customer says that it is not repaired', async () => {
    const number = await field.given();
    await field.act(number, { type: 'arrive' });
    await field.act(number, { type: 'finish', cause: 'connector', reading: good });
    const { version } = await field.orderOf(number);
    await transitionOrder(field.books, { number, version, to: 'in-progress', by: 'customer', at: field.now });
    expect((await field.orderOf(number)).field).toMatchObject({
      technician: li,
      arrivedAt: null,
      result: null,
      visits: 1,
    });
    await expect(field.act(number, { type: 'arrive' })).resolves.toMatchObject({ status: 'changed' });
  });

  it("believes the operator's own systems who has an order and where they are", async () => {
    const number = await field.given();
    const told = { technician: wang, assignment: null };
    await field.act(number, { type: 'suspend', reason: 'customer-unreachable' }, told);
    expect(await field.orderOf(number)).toMatchObject({
      field: { technician: { id: '0519' }, assignment: 2 },
    });
    await field.act(number, { type: 'finish', cause: 'router', reading: good }, told);
    expect(await field.orderOf(number)).toMatchObject({ status: 'resolved', pause: undefined });
    await expect(field.act(number, { type: 'arrive' }, told)).resolves.toMatchObject({
      reason: 'not-allowed',
    });
  });

  it('is told in a shape that refuses what it does not know', () => {
    const bad: unknown[] = [
      { type: 'accept', extra: 1 },
      { type: 'finish', cause: 'magic', reading: good },
      { type: 'finish', cause: 'ont' },
      { type: 'suspend', reason: 'tired' },
      { type: 'suspend', reason: 'parts', photo: '../../etc/passwd' },
      { type: 'appoint', startAt: '1', endAt: 2 },
    ];
    for (const each of bad) expect(fieldActSchema.safeParse(each).success).toBe(false);
  });
});
