import fc from 'fast-check';
import { type FieldAct, fieldActSchema, type Technician } from '../../../src/contract/field';
import { orderEventSchema } from '../../../src/contract/orders';
import { readAlarms } from '../../../src/records/alarms';
import type { Database } from '../../../src/records/database';
import { readClocks } from '../../../src/work-orders/clocks/order-clocks';
import { actInField, assignTechnician, noteCall } from '../../../src/work-orders/field/act-in-field';
import { STANDARD } from '../../../src/work-orders/field/judge-reading';
import { readOrder } from '../../../src/work-orders/read-orders';
import { transitionOrder } from '../../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../../support/orders';
import { shippedPolicies } from '../../support/policies';
import { SEED, size } from '../../support/size';

const AT = Date.UTC(2026, 10, 24, 2);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const li: Technician = { id: '0518', name: '李强', phone: '13900000518' };
const wang: Technician = { id: '0519', name: '王磊', phone: null };
const good = { type: 'optical', dbm: -19.5 } as const;
const photo = `${'a'.repeat(64)}.jpg`;

describe('work in the field', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let now = AT;
  let serial = 0;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  beforeEach(() => {
    now = AT;
  });
  afterAll(() => db.destroy());

  const books = () => ({ db, policies: shippedPolicies });
  const orderOf = async (number: string) => {
    const found = await readOrder(db, number);
    if (!found) throw new Error('no such order');
    return found.order;
  };
  const historyOf = async (number: string) => (await readOrder(db, number))?.history ?? [];
  const nextKey = (): string => {
    serial += 1;
    return `key-${serial}`;
  };

  async function given(technician = li): Promise<string> {
    serial += 1;
    const { number } = await orders.create({}, { conversationId: `field-${serial}`, at: AT });
    const result = await assignTechnician(books(), {
      number,
      version: 1,
      technician,
      by: 'agent:1',
      at: now,
    });
    expect(result.status).toBe('changed');
    return number;
  }
  /** Acts as the holder of the link, unless told otherwise. */
  async function act(
    number: string,
    told: FieldAct,
    {
      technician = li,
      assignment,
      key = nextKey(),
    }: { technician?: Technician; assignment?: number | null; key?: string } = {},
  ) {
    const current = (await orderOf(number)).field.assignment;
    const asked = assignment === undefined ? current : assignment;
    return actInField(books(), told, { number, technician, assignment: asked, at: now, key });
  }
  const eventsOf = async (number: string) =>
    (await db.selectFrom('events_out').selectAll().orderBy('id').execute()).flatMap(({ value }) => {
      const event = orderEventSchema.parse(value);
      return event.order.number === number ? [event] : [];
    });

  it('goes from accepting over a visit to a repair, and tells the customer each step', async () => {
    const number = await given();
    await act(number, { type: 'accept' });
    await act(number, { type: 'appoint', startAt: AT + HOUR, endAt: AT + 3 * HOUR });
    now = AT + HOUR;
    await act(number, { type: 'arrive' });
    now = AT + 2 * HOUR;
    await act(number, { type: 'finish', cause: 'connector', reading: good, photo, note: '更换接头' });
    const order = await orderOf(number);
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
    expect((await historyOf(number)).map(({ reason }) => reason)).toEqual([
      null,
      'field:given',
      'field:accepted',
      'field:appointed',
      'field:arrived',
      'field:finished:connector',
    ]);
  });

  it('is done once for a key, also by many at the same time', async () => {
    const number = await given();
    const key = nextKey();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => act(number, { type: 'accept' }, { key })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill('changed'));
    expect(await historyOf(number)).toHaveLength(3);
  });

  it('ends for a technician whose order was given to another', async () => {
    const number = await given();
    await act(number, { type: 'accept' });
    const { assignment } = (await orderOf(number)).field;
    const { version } = await orderOf(number);
    await assignTechnician(books(), { number, version, technician: wang, by: 'agent:1', at: now });
    await expect(act(number, { type: 'arrive' }, { assignment })).resolves.toEqual({
      status: 'refused',
      reason: 'reassigned',
    });
    await expect(act(number, { type: 'arrive' }, { technician: wang })).resolves.toMatchObject({
      status: 'changed',
      order: { field: { technician: { id: '0519' }, arrivedAt: AT } },
    });
  });

  it('tells the supervisor of an order that is handed back to nobody', async () => {
    const number = await given();
    await act(number, { type: 'reassign', reason: 'ill' });
    expect((await orderOf(number)).field).toMatchObject({ technician: null, hasAccepted: false });
    const alarms = await readAlarms(db, { isAll: true, limit: 100 });
    expect(alarms.filter((alarm) => alarm.number === number)).toMatchObject([{ reason: 'field-returned' }]);
    await expect(
      act(number, { type: 'reassign', reason: 'ill', to: wang }, { technician: wang }),
    ).resolves.toEqual({
      status: 'refused',
      reason: 'not-allowed',
    });
  });

  it('blames nobody for not answering who was never called', async () => {
    const number = await given();
    const unreachable = { type: 'suspend', reason: 'customer-unreachable', photo } as const;
    await expect(act(number, unreachable)).resolves.toEqual({ status: 'refused', reason: 'no-call' });
    const { assignment } = (await orderOf(number)).field;
    const call = { number, technician: li, at: now, key: nextKey() };
    await expect(noteCall(books(), { ...call, assignment: assignment - 1 })).resolves.toMatchObject({
      reason: 'reassigned',
    });
    await noteCall(books(), { ...call, assignment });
    await noteCall(books(), { ...call, assignment });
    expect((await orderOf(number)).field.calls).toEqual([AT]);
    await expect(act(number, unreachable)).resolves.toMatchObject({
      status: 'changed',
      order: { pause: { reason: 'customer-unreachable', since: AT }, field: { photos: [photo] } },
    });
    await expect(act(number, unreachable)).resolves.toEqual({ status: 'refused', reason: 'not-allowed' });
  });

  it('lets the clock run again as soon as somebody stands before the door', async () => {
    const number = await given();
    await act(number, { type: 'suspend', reason: 'customer-postponed', photo });
    const before = (await orderOf(number)).promiseAt;
    now = AT + 2 * HOUR;
    await act(number, { type: 'arrive' });
    const order = await orderOf(number);
    expect(order.pause).toBeUndefined();
    expect(order.promiseAt).toBe(before + 2 * HOUR);
    const [clock] = await readClocks(db, number);
    expect(clock?.log.map(({ type }) => type)).toEqual(['started', 'paused', 'resumed']);
  });

  it('does not let a visit that was put off move the promise', async () => {
    const number = await given();
    const { promiseAt } = await orderOf(number);
    await act(number, { type: 'appoint', startAt: AT + 24 * HOUR, endAt: AT + 26 * HOUR });
    expect(await orderOf(number)).toMatchObject({ promiseAt, appointment: { startAt: AT + 24 * HOUR } });
  });

  it.each([
    ['in the past', AT - 2 * HOUR, AT - HOUR],
    ['that ends before it begins', AT + 2 * HOUR, AT + HOUR],
    ['of two days', AT, AT + 48 * HOUR],
    ['next year', AT + 365 * 24 * HOUR, AT + 365 * 24 * HOUR + HOUR],
  ])('takes no visit %s', async (_name, startAt, endAt) => {
    const number = await given();
    await expect(act(number, { type: 'appoint', startAt, endAt })).resolves.toMatchObject({
      reason: 'bad-visit',
    });
    await act(number, { type: 'arrive' });
    await expect(
      act(number, { type: 'revisit', reason: 'parts', visit: { startAt, endAt } }),
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
    const number = await given();
    const done = { type: 'finish', cause: 'connector', reading } as const;
    await expect(act(number, done)).resolves.toEqual({ status: 'refused', reason: 'not-arrived' });
    await act(number, { type: 'arrive' });
    await expect(act(number, done)).resolves.toMatchObject(
      reason ? { status: 'refused', reason } : { status: 'changed', order: { status: 'resolved' } },
    );
  });

  it('keeps an order open that needs a second visit, and counts it', async () => {
    const number = await given();
    await act(number, { type: 'arrive' });
    const visit = { startAt: AT + 20 * HOUR, endAt: AT + 22 * HOUR };
    await act(number, { type: 'revisit', reason: 'parts', visit, note: '缺分光器' });
    expect(await orderOf(number)).toMatchObject({
      status: 'assigned',
      appointment: visit,
      field: { visits: 1, arrivedAt: null },
    });
    expect((await eventsOf(number)).at(-1)).toMatchObject({ change: 'revisit', reason: 'parts' });
    now = AT + 20 * HOUR;
    await act(number, { type: 'arrive' });
    await act(number, { type: 'finish', cause: 'splitter', reading: good });
    expect(await orderOf(number)).toMatchObject({ status: 'resolved', field: { visits: 2 } });
  });

  it('sends somebody again when the customer says that it is not repaired', async () => {
    const number = await given();
    await act(number, { type: 'arrive' });
    await act(number, { type: 'finish', cause: 'connector', reading: good });
    const { version } = await orderOf(number);
    await transitionOrder(books(), { number, version, to: 'in-progress', by: 'customer', at: now });
    expect((await orderOf(number)).field).toMatchObject({
      technician: li,
      arrivedAt: null,
      result: null,
      visits: 1,
    });
    await expect(act(number, { type: 'arrive' })).resolves.toMatchObject({ status: 'changed' });
  });

  it("believes the operator's own systems who has an order and where they are", async () => {
    const number = await given();
    const told = { technician: wang, assignment: null };
    await act(number, { type: 'suspend', reason: 'customer-unreachable' }, told);
    expect(await orderOf(number)).toMatchObject({ field: { technician: { id: '0519' }, assignment: 2 } });
    await act(number, { type: 'finish', cause: 'router', reading: good }, told);
    expect(await orderOf(number)).toMatchObject({ status: 'resolved', pause: undefined });
    await expect(act(number, { type: 'arrive' }, told)).resolves.toMatchObject({ reason: 'not-allowed' });
  });

  it('keeps its history whole, whatever comes in whatever order', async () => {
    const minutes = fc.integer({ min: 0, max: 600 });
    const anyAct: fc.Arbitrary<FieldAct> = fc.oneof(
      fc.constant<FieldAct>({ type: 'accept' }),
      fc.constant<FieldAct>({ type: 'arrive' }),
      fc.constant<FieldAct>({ type: 'resume' }),
      fc.constant<FieldAct>({ type: 'suspend', reason: 'parts' }),
      fc.constant<FieldAct>({ type: 'suspend', reason: 'customer-unreachable' }),
      fc.constant<FieldAct>({ type: 'revisit', reason: 'daylight' }),
      fc.constant<FieldAct>({ type: 'reassign', reason: 'too-far', to: wang }),
      fc.constant<FieldAct>({ type: 'finish', cause: 'ont', reading: good }),
      minutes.map(
        (m): FieldAct => ({ type: 'appoint', startAt: AT + m * MINUTE, endAt: AT + (m + 60) * MINUTE }),
      ),
    );
    const anyone = fc.record({ isLi: fc.boolean(), isLink: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyAct, anyone, minutes), { maxLength: 12 }), async (steps) => {
        now = AT;
        const number = await given();
        let changes = 2;
        for (const [told, { isLi, isLink }, wait] of steps) {
          now += wait * MINUTE;
          const before = await orderOf(number);
          const technician = isLi ? li : wang;
          const assignment = isLink ? before.field.assignment : null;
          // Whoever holds a link is the one that it was made for.
          if (isLink && before.field.technician?.id !== technician.id) continue;
          const result = await act(number, told, { technician, assignment });
          const after = await orderOf(number);
          if (result.status === 'refused') expect(after).toEqual(before);
          else changes = after.version;
          expect(after.field.assignment).toBeGreaterThanOrEqual(before.field.assignment);
          expect(after.field.visits - before.field.visits).toBe(
            result.status === 'changed' && told.type === 'arrive' ? 1 : 0,
          );
          if (after.status === 'resolved') expect(after.pause).toBeUndefined();
        }
        const versions = (await historyOf(number)).map(({ version }) => version);
        expect(versions).toEqual(Array.from({ length: changes }, (_, i) => i + 1));
      }),
      { seed: SEED, numRuns: size({ test: 25, prove: 1000 }) },
    );
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
