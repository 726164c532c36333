import { fieldActSchema } from '../../../src/contract/field';
import { orderEventSchema } from '../../../src/contract/orders';
import type { Database } from '../../../src/records/database';
import { needsIdentity } from '../../../src/work-orders/field/needs-identity';
import { transitionOrder } from '../../../src/work-orders/transition-order';
import { openTestDatabase } from '../../support/orders';
import { AT, createFieldOrders, HOUR, li, wang } from './field-orders';

describe("the holder's document at an installation", () => {
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

  const lastEventOf = async (number: string) => {
    const rows = await db.selectFrom('events_out').selectAll().orderBy('id').execute();
    const events = rows.map(({ value }) => orderEventSchema.parse(value));
    return events.filter(({ order }) => order.number === number).at(-1);
  };
  const reasonsOf = async (number: string) => (await field.historyOf(number)).map(({ reason }) => reason);

  it('is kept as seen, told to the conversation and to nobody twice', async () => {
    const number = await field.given(li, 'installation');
    await field.act(number, { type: 'arrive' });
    await field.act(number, { type: 'identity', isVerified: true });
    expect((await field.orderOf(number)).field.identity).toEqual({ isVerified: true, at: AT });
    expect((await reasonsOf(number)).at(-1)).toBe('field:identity-verified');
    expect(await lastEventOf(number)).toMatchObject({ change: 'clock', order: { identity: 'verified' } });
    expect((await lastEventOf(number))?.order.pause).toBeUndefined();
  });

  it('that does not match holds the order with its reason, until somebody stands before the door again', async () => {
    const number = await field.given(li, 'installation');
    await field.act(number, { type: 'arrive' });
    await field.act(number, { type: 'identity', isVerified: false });
    expect(await field.orderOf(number)).toMatchObject({
      status: 'assigned',
      appointment: null,
      pause: { reason: 'customer-documents', since: AT, isDisputed: false },
      field: { arrivedAt: null, identity: { isVerified: false } },
    });
    expect((await reasonsOf(number)).at(-1)).toBe('field:identity-mismatch');
    expect(await lastEventOf(number)).toMatchObject({ change: 'paused', order: { identity: 'mismatch' } });
    field.now = AT + HOUR;
    await field.act(number, { type: 'arrive' });
    await field.act(number, { type: 'identity', isVerified: true });
    const order = await field.orderOf(number);
    expect(order.pause).toBeUndefined();
    expect(order.field).toMatchObject({ visits: 2, identity: { isVerified: true, at: AT + HOUR } });
  });

  it('stays seen when the order is handed on', async () => {
    const number = await field.given(li, 'installation');
    await field.act(number, { type: 'arrive' });
    await field.act(number, { type: 'identity', isVerified: true });
    await field.act(number, { type: 'reassign', reason: 'ill', to: wang });
    expect((await field.orderOf(number)).field.identity).toMatchObject({ isVerified: true });
  });

  it('is looked at on site, and at an installation alone', async () => {
    const number = await field.given(li, 'installation');
    const early = await field.act(number, { type: 'identity', isVerified: true });
    expect(early).toEqual({ status: 'refused', reason: 'not-arrived' });
    const fault = await field.given();
    await field.act(fault, { type: 'arrive' });
    const refused = await field.act(fault, { type: 'identity', isVerified: false });
    expect(refused).toEqual({ status: 'refused', reason: 'not-allowed' });
  });

  it('has to match before a new line is finished, by link and by the operator alike', async () => {
    const done = { type: 'finish', cause: 'installed', reading: { type: 'speed', mbps: 496 } } as const;
    const number = await field.given(li, 'installation');
    await field.act(number, { type: 'arrive' });
    const missing = { status: 'refused', reason: 'no-identity' };
    expect(await field.act(number, done)).toEqual(missing);
    expect(await field.act(number, done, { assignment: null })).toEqual(missing);
    await field.act(number, { type: 'identity', isVerified: false });
    await field.act(number, { type: 'arrive' });
    expect(await field.act(number, done)).toEqual(missing);
    expect((await field.orderOf(number)).status).toBe('in-progress');
    await field.act(number, { type: 'identity', isVerified: true });
    await field.act(number, done);
    expect((await field.orderOf(number)).status).toBe('resolved');
  });

  it('is not asked of a line that moves, nor of a repair, and an agent may know it from elsewhere', async () => {
    const about = { kind: 'installation', details: {} } as const;
    expect(needsIdentity(about)).toBe(true);
    expect(needsIdentity({ ...about, details: { cause: 'relocation' } })).toBe(false);
    expect(needsIdentity({ ...about, kind: 'fault' })).toBe(false);
    const number = await field.given(li, 'installation');
    await field.act(number, { type: 'arrive' });
    const { version } = await field.orderOf(number);
    const resolved = { number, version, to: 'resolved', at: AT } as const;
    const byOperator = await transitionOrder(field.books, { ...resolved, by: 'operator:0518' });
    expect(byOperator).toEqual({ status: 'refused', reason: 'no-identity' });
    await transitionOrder(field.books, { ...resolved, by: 'agent:1' });
    expect((await field.orderOf(number)).status).toBe('resolved');
  });

  it('leaves neither number nor photo behind', () => {
    const act = { type: 'identity', isVerified: false };
    expect(fieldActSchema.safeParse(act).success).toBe(true);
    expect(fieldActSchema.safeParse({ ...act, photo: `${'a'.repeat(64)}.jpg` }).success).toBe(false);
    expect(fieldActSchema.safeParse({ ...act, note: '11010519491231002X' }).success).toBe(false);
    const held = { type: 'suspend', reason: 'customer-documents', photo: `${'a'.repeat(64)}.jpg` };
    expect(fieldActSchema.safeParse(held).success).toBe(false);
  });
});
