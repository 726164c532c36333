import type { Server } from 'restify';
import { z } from 'zod';
import type { Callback } from '../../src/contract/operator-orders';
import { createHttpServer, listen } from '../../src/http/server';
import { applyCallback } from '../../src/operator/apply-callback';
import { callHeaders } from '../../src/operator/http/sign-call';
import { CALLBACKS_PATH, registerCallbacks } from '../../src/operator/routes-callbacks';
import type { Database } from '../../src/records/database';
import { readDispatch } from '../../src/work-orders/dispatch/dispatch-store';
import { switchDispatch } from '../../src/work-orders/dispatch/write-dispatch';
import { readOrder } from '../../src/work-orders/read-orders';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';
import { silent } from '../support/turns';
import { SECRET } from './http/host';

const HOUR_MS = 3600_000;
const answerSchema = z.object({
  version: z.number().optional(),
  status: z.string().optional(),
  number: z.string().optional(),
  error: z.object({ message: z.string() }).optional(),
});
const technician = { id: '0518', name: '李强', phone: null };

describe("callbacks of the operator's systems", () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let server: Server;
  let url: string;
  let now = 0;
  let woken = 0;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
    server = createHttpServer();
    registerCallbacks(server, {
      apply: (callback) => applyCallback({ db, policies: shippedPolicies }, callback, () => now),
      onEvent: () => {
        woken += 1;
      },
      secrets: [SECRET, 'the-secret-before-this-one'],
      clock: () => now,
      log: silent,
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  });
  beforeEach(() => {
    now = orders.time.now + HOUR_MS;
    woken = 0;
  });
  afterAll(async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.server.closeAllConnections();
    });
    await db.destroy();
  });

  let serial = 0;
  const callbackOf = (number: string, act: Callback['act'], changed: Partial<Callback> = {}): Callback => {
    serial += 1;
    return { id: `callback-${serial}`, number, at: now, technician, act, ...changed };
  };
  async function post(callback: unknown, { secret = SECRET, at = now, path = CALLBACKS_PATH } = {}) {
    const body = JSON.stringify(callback);
    const response = await fetch(url + CALLBACKS_PATH, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...callHeaders({ path, key: null, body }, [secret], at),
      },
      body,
    });
    return { status: response.status, body: answerSchema.parse(await response.json()) };
  }
  const tell = (number: string, act: Callback['act'], changed: Partial<Callback> = {}) =>
    post(callbackOf(number, act, changed));
  const orderOf = async (number: string) => (await readOrder(db, number))?.order;

  it('take an order from accepting to done, by a detour and a second visit', async () => {
    const { number } = await orders.create();
    const visit = { startAt: now + 2 * HOUR_MS, endAt: now + 4 * HOUR_MS };
    const acts: Callback['act'][] = [
      { type: 'accept' },
      { type: 'appoint', ...visit },
      { type: 'reassign', reason: 'too-far', to: { id: '0519', name: '王磊', phone: null } },
    ];
    for (const act of acts) expect((await tell(number, act)).status).toBe(200);
    const wang = { technician: { id: '0519', name: '王磊', phone: null } };
    const more: Callback['act'][] = [
      { type: 'accept' },
      { type: 'arrive' },
      { type: 'suspend', reason: 'customer-postponed' },
      { type: 'resume' },
      { type: 'revisit', reason: 'parts', visit: { startAt: now + 24 * HOUR_MS, endAt: now + 26 * HOUR_MS } },
      { type: 'arrive' },
      { type: 'finish', cause: 'connector', reading: { type: 'optical', dbm: -19.5 } },
    ];
    for (const act of more) {
      const told = await tell(number, act, wang);
      expect([act.type, told.status]).toEqual([act.type, 200]);
    }
    expect(await orderOf(number)).toMatchObject({
      status: 'resolved',
      field: { technician: { id: '0519' }, visits: 2, result: { cause: 'connector' } },
    });
    expect(woken).toBe(acts.length + more.length);
  });

  it('cancel an order', async () => {
    const { number } = await orders.create();
    const callback = callbackOf(number, { type: 'cancel', note: '重复工单' });
    const told = await post(callback);
    expect(told).toMatchObject({ status: 200, body: { number, status: 'cancelled', version: 2 } });
    expect(await post(callback)).toEqual(told);
    expect((await readOrder(db, number))?.history.at(-1)).toMatchObject({
      by: 'operator:0518',
      note: '重复工单',
    });
  });

  it('are done once for an id, however often they arrive', async () => {
    const { number } = await orders.create();
    const callback = callbackOf(number, { type: 'accept' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(callback)));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body.version])))).toEqual(
      new Set(['[200,2]']),
    );
    expect((await readOrder(db, number))?.history).toHaveLength(2);
  });

  it('count when they say it happened, within what is possible', async () => {
    const { number } = await orders.create();
    const { updatedAt = 0 } = (await orderOf(number)) ?? {};
    await tell(number, { type: 'accept' }, { at: now - 60_000 });
    expect((await orderOf(number))?.updatedAt).toBe(now - 60_000);
    await tell(number, { type: 'arrive' }, { at: 0 });
    expect((await orderOf(number))?.updatedAt).toBe(now - 60_000);
    await tell(number, { type: 'suspend', reason: 'customer-postponed' }, { at: now + 9e6 });
    expect((await orderOf(number))?.updatedAt).toBe(now);
    expect(updatedAt).toBeLessThan(now);
  });

  it('are not told back to the operator', async () => {
    await switchDispatch(db, true);
    const { number } = await orders.create();
    await tell(number, { type: 'accept' });
    await tell(number, { type: 'cancel' });
    const own = (await readDispatch(db, 100)).messages.filter((each) => each.number === number);
    expect(own.map(({ event }) => event)).toEqual(['created']);
    await switchDispatch(db, false);
  });

  it.each([
    ['resume', { type: 'resume' }, 409, /cannot go there/],
    [
      'a bad reading',
      { type: 'finish', cause: 'ont', reading: { type: 'optical', dbm: -31 } },
      422,
      /reading/,
    ],
    ['a visit that is over', { type: 'appoint', startAt: 1, endAt: 2 }, 422, /visit/],
    ['an unknown act', { type: 'explode' }, 400, /Nothing was changed/],
    [
      'a photo',
      { type: 'suspend', reason: 'customer-postponed', photo: `${'a'.repeat(64)}.jpg` },
      400,
      /field page/,
    ],
  ])('are refused clearly: %s', async (_what, act, status, message) => {
    const { number } = await orders.create();
    const told = await tell(number, act as Callback['act']);
    expect([told.status, told.body.error?.message]).toEqual([status, expect.stringMatching(message)]);
    expect((await readOrder(db, number))?.history).toHaveLength(1);
    expect(woken).toBe(0);
  });

  it('bring no photos: those are taken by the field page', async () => {
    const { number } = await orders.create();
    const photo = `${'a'.repeat(64)}.jpg`;
    const told = await tell(number, { type: 'suspend', reason: 'customer-postponed', photo });
    expect([told.status, told.body.error?.message]).toEqual([400, expect.stringMatching(/field page/)]);
    expect((await orderOf(number))?.version).toBe(1);
  });

  it('are refused for an order that there is not', async () => {
    expect((await tell('F261124ABCDEFGHJK', { type: 'accept' })).status).toBe(404);
    expect((await tell("'; DROP TABLE work_orders; --", { type: 'accept' })).status).toBe(404);
  });

  it('need a signature of now, over this path and body, by one of the secrets', async () => {
    const { number } = await orders.create();
    const callback = callbackOf(number, { type: 'accept' });
    for (const wrong of [
      { secret: 'another-secret-altogether' },
      { at: now - 301_000 },
      { at: now + 301_000 },
      { path: '/orders' },
    ]) {
      expect((await post(callback, wrong)).status).toBe(401);
    }
    const unsigned = await fetch(url + CALLBACKS_PATH, { method: 'POST', body: JSON.stringify(callback) });
    expect(unsigned.status).toBe(401);
    expect((await orderOf(number))?.version).toBe(1);
    expect((await post(callback, { secret: 'the-secret-before-this-one' })).status).toBe(200);
  });

  it('finish a new line only after the document of its holder was seen to match', async () => {
    const { number } = await orders.create({ kind: 'installation' });
    await tell(number, { type: 'arrive' });
    const done = { type: 'finish', cause: 'installed', reading: { type: 'speed', mbps: 496 } } as const;
    const refused = await tell(number, done);
    expect(refused.status).toBe(409);
    expect(refused.body.error?.message).toContain('document');
    await tell(number, { type: 'identity', isVerified: true });
    expect(await tell(number, done)).toMatchObject({ status: 200, body: { status: 'resolved' } });
  });
});
