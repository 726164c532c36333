import type { OrderMessage } from '../../../src/contract/operator-orders';
import { AppError } from '../../../src/errors';
import { readAlarms } from '../../../src/records/alarms';
import type { Database } from '../../../src/records/database';
import { changeOrderIn, type Decision } from '../../../src/work-orders/clocks/change-order';
import { readDispatch, reviveDispatch } from '../../../src/work-orders/dispatch/dispatch-store';
import {
  createSendOrders,
  DISPATCH_MAX_AGE_MS,
  dispatchPause,
} from '../../../src/work-orders/dispatch/send-orders';
import { switchDispatch } from '../../../src/work-orders/dispatch/write-dispatch';
import { transitionOrder } from '../../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../../support/orders';
import { shippedPolicies } from '../../support/policies';
import { silent } from '../../support/turns';

type Send = (message: OrderMessage, key: string) => Promise<void>;

describe("work orders on their way to the operator's systems", () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let now = 0;
  let sent: { message: OrderMessage; key: string }[] = [];
  let fail: Send = async () => undefined;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());
  beforeEach(async () => {
    now = orders.time.now;
    sent = [];
    fail = async () => undefined;
    await db.deleteFrom('dispatch_out').execute();
    await switchDispatch(db, true);
  });

  const send: Send = async (message, key) => {
    await fail(message, key);
    sent.push({ message, key });
  };
  const sender = (leaseMs?: number) =>
    createSendOrders({ db, send, clock: () => now, random: () => 1, log: silent, leaseMs });
  async function all(): Promise<void> {
    const round = sender();
    for (let n = 0; n < 20 && (await round()) > 0; n += 1);
  }
  async function cancel(number: string, version = 1): Promise<void> {
    const act = { number, version, to: 'cancelled', by: 'agent:1', note: '误报', at: now } as const;
    expect((await transitionOrder({ db, policies: shippedPolicies }, act)).status).toBe('changed');
  }
  const keys = () => sent.map(({ key }) => key);

  it('arrive in order, whole, each once', async () => {
    const { number } = await orders.create({ address: '中山路18号', phone: '13800138000' });
    await cancel(number);
    await all();
    expect(keys()).toEqual([`order:${number}@1`, `order:${number}@2`]);
    expect(sent.map(({ message }) => message)).toMatchObject([
      { event: 'created', by: 'bot', order: { status: 'registered', address: '中山路18号' } },
      { event: 'cancelled', by: 'agent', note: '误报', order: { status: 'cancelled', phone: '13800138000' } },
    ]);
    expect(await readDispatch(db, 10)).toEqual({ waiting: 0, dead: 0, messages: [] });
  });

  it('are not written while the operator has no address', async () => {
    await switchDispatch(db, false);
    await orders.create();
    expect((await readDispatch(db, 10)).waiting).toBe(0);
  });

  it('are not written for a change that is not committed', async () => {
    const { number } = await orders.create();
    const act = { number, version: 1, to: 'cancelled', by: 'agent:1', at: now } as const;
    const decide = (): Decision => ({
      order: { status: 'cancelled' },
      events: [],
      by: act.by,
      reason: null,
      note: null,
      change: 'status',
    });
    await expect(
      db.transaction().execute(async (tx) => {
        await changeOrderIn({ db: tx, policies: shippedPolicies }, act, decide);
        throw new Error('the process ends');
      }),
    ).rejects.toThrow('the process ends');
    expect((await readDispatch(db, 10)).messages.map(({ version }) => version)).toEqual([1]);
  });

  it('hold up the later ones of their order, and no other order', async () => {
    const { number: stuck } = await orders.create();
    await cancel(stuck);
    const { number: free } = await orders.create();
    fail = async ({ number }) => {
      if (number === stuck) throw new AppError('unavailable', 'down');
    };
    await all();
    expect(keys()).toEqual([`order:${free}@1`]);
    expect((await readDispatch(db, 10)).messages).toMatchObject([
      { number: stuck, version: 1, attempts: 1, reason: 'down' },
      { number: stuck, version: 2, attempts: 0 },
    ]);
    fail = async () => undefined;
    await all();
    expect(keys()).toHaveLength(1);
    now += dispatchPause(0, 1);
    await all();
    expect(keys()).toEqual([`order:${free}@1`, `order:${stuck}@1`, `order:${stuck}@2`]);
  });

  it('are given up after a day, with an alarm, and later ones go on', async () => {
    const { number } = await orders.create();
    fail = async () => {
      throw new AppError('timeout', 'no answer');
    };
    await all();
    now += DISPATCH_MAX_AGE_MS;
    await all();
    const alarms = await readAlarms(db, { isAll: false, limit: 100 });
    expect(alarms.filter((alarm) => alarm.number === number)).toMatchObject([{ reason: 'dispatch-failed' }]);
    expect(await readDispatch(db, 10)).toMatchObject({ waiting: 0, dead: 1 });
    fail = async () => undefined;
    await cancel(number);
    await all();
    // The promise had lapsed by then, which raised the priority first.
    expect(sent.at(-1)?.message).toMatchObject({ number, event: 'cancelled' });
    expect(keys()).not.toContain(`order:${number}@1`);
    await expect(reviveDispatch(db, { number, version: 1 }, now)).resolves.toBe(true);
    await expect(reviveDispatch(db, { number, version: 1 }, now)).resolves.toBe(false);
    await all();
    expect(keys().at(-1)).toBe(`order:${number}@1`);
  });

  it('are given up at once when they are refused for good', async () => {
    const { number } = await orders.create();
    fail = async () => {
      throw new AppError('bad-request', 'http-422');
    };
    await all();
    expect((await readDispatch(db, 10)).messages).toMatchObject([
      { number, reason: 'http-422', deadAt: now },
    ]);
  });

  it('keep their key after a crash between the send and its record', async () => {
    const { number } = await orders.create();
    // The process ends while it sends: nothing after the send happens.
    const crashed = createSendOrders({
      db,
      send: async (message, key) => {
        sent.push({ message, key });
        return new Promise(() => undefined);
      },
      clock: () => now,
      random: () => 1,
      log: silent,
      leaseMs: 1000,
    });
    crashed();
    for (let n = 0; n < 1000 && sent.length === 0; n += 1) await readDispatch(db, 1);
    await all();
    expect(keys()).toEqual([`order:${number}@1`]);
    now += 1000;
    await all();
    expect(keys()).toEqual([`order:${number}@1`, `order:${number}@1`]);
  });

  it('go out once from many nodes', async () => {
    const numbers: string[] = [];
    for (let n = 0; n < 20; n += 1) numbers.push((await orders.create()).number);
    for (const number of numbers.slice(0, 10)) await cancel(number);
    const nodes = Array.from({ length: 4 }, () => sender());
    for (let n = 0; n < 10; n += 1) await Promise.all(nodes.map((node) => node()));
    expect([...keys()].sort()).toEqual(
      [
        ...numbers.map((each) => `order:${each}@1`),
        ...numbers.slice(0, 10).map((each) => `order:${each}@2`),
      ].sort(),
    );
    for (const number of numbers.slice(0, 10)) {
      expect(keys().indexOf(`order:${number}@1`)).toBeLessThan(keys().indexOf(`order:${number}@2`));
    }
  });
});

it('pauses ever longer, never more than five minutes', () => {
  expect([0, 1, 2, 30].map((attempts) => dispatchPause(attempts, 1))).toEqual([1000, 2000, 4000, 300_000]);
  expect(dispatchPause(30, 0)).toBe(150_000);
});
