import type { Server } from 'restify';
import { createHttpServer, listen } from '../../../src/http/server';
import { LISTENER_PATH, registerTicketListeners } from '../../../src/operator/routes-tmf621';
import { applyTicketEvent } from '../../../src/operator/tmforum/apply-ticket-event';
import { OWNER, ticketSchema } from '../../../src/operator/tmforum/ticket';
import type { Database } from '../../../src/records/database';
import { readOrder } from '../../../src/work-orders/read-orders';
import { transitionOrder } from '../../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../../support/orders';
import { shippedPolicies } from '../../support/policies';
import { silent } from '../../support/turns';

const TOKEN = 'token-of-our-listeners';
const HOUR_MS = 3600_000;

describe('what a ticket system tells its listeners', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let server: Server;
  let url: string;
  let now = 0;
  let woken = 0;
  let serial = 0;
  const stored = new Map<string, string>();
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
    server = createHttpServer();
    registerTicketListeners(server, {
      listenerToken: TOKEN,
      readTicket: async (id) =>
        ticketSchema.parse({ id, externalIdentifier: [{ id: stored.get(id), owner: OWNER }] }),
      apply: (event, ticket) => applyTicketEvent({ db, policies: shippedPolicies }, event, ticket, () => now),
      onEvent: () => {
        woken += 1;
      },
      log: silent,
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}${LISTENER_PATH}`;
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

  async function post(
    ticket: object,
    { name = 'troubleTicketStatusChangeEvent', id = '', at = now, token = TOKEN } = {},
  ) {
    serial += 1;
    const body = {
      '@type': 'TroubleTicketStatusChangeEvent',
      eventId: id || `event-${serial}`,
      eventTime: new Date(at).toISOString(),
      event: { troubleTicket: { '@type': 'TroubleTicket', id: 'T1', ...ticket } },
    };
    const response = await fetch(`${url}/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return response.status;
  }
  const ours = (number: string) => ({ externalIdentifier: [{ id: number, owner: OWNER }] });
  const tell = (number: string, ticket: object, more: Parameters<typeof post>[1] = {}) =>
    post({ ...ours(number), ...ticket }, more);
  const read = async (number: string) => {
    const found = await readOrder(db, number);
    if (!found) throw new Error('no such order');
    return found;
  };
  const statusOf = async (number: string) => (await read(number)).order.status;

  it('moves an order from work to a pause, on, and to its end', async () => {
    const { number } = await orders.create();
    const party = { role: 'technician', partyOrPartyRole: { '@type': 'PartyRef', id: '0518', name: '李强' } };
    expect(await tell(number, { status: 'inProgress', relatedParty: [party] })).toBe(204);
    expect((await read(number)).order).toMatchObject({
      status: 'assigned',
      field: { technician: { name: '李强' } },
    });
    await tell(number, { status: 'held', statusChangeReason: 'parts', relatedParty: [party] });
    expect((await read(number)).order.pause?.reason).toBe('parts');
    await tell(number, { status: 'inProgress', relatedParty: [party] });
    expect((await read(number)).order.pause).toBeUndefined();
    const troubleTicketCharacteristic = [
      { '@type': 'StringCharacteristic', name: 'cause', value: 'connector' },
      { '@type': 'StringCharacteristic', name: 'opticalDbm', value: '-19.5' },
    ];
    await tell(number, { status: 'resolved', troubleTicketCharacteristic, relatedParty: [party] });
    expect((await read(number)).order).toMatchObject({
      status: 'resolved',
      field: { result: { cause: 'connector' } },
    });
    expect(await tell(number, { status: 'closed' })).toBe(204);
    expect(await statusOf(number)).toBe('resolved');
    expect(woken).toBe(4);
  });

  it('resolves without a reading, and cancels what is rejected', async () => {
    const [one, other] = [await orders.create(), await orders.create()];
    await tell(one.number, { status: 'resolved', statusChangeReason: '远程处理' });
    expect((await read(one.number)).history.at(-1)).toMatchObject({ status: 'resolved', note: '远程处理' });
    await tell(other.number, { status: 'rejected' });
    expect(await statusOf(other.number)).toBe('cancelled');
  });

  it('blames a pause on the customer only where it says so', async () => {
    const { number } = await orders.create();
    await tell(number, { status: 'pending', statusChangeReason: 'Need more information from the customer' });
    expect((await read(number)).order.pause?.reason).toBe('third-party');
  });

  it('is done once for an event', async () => {
    const { number } = await orders.create();
    const statuses = await Promise.all(
      Array.from({ length: 6 }, () => tell(number, { status: 'inProgress' }, { id: 'same' })),
    );
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect((await read(number)).history).toHaveLength(2);
  });

  it('is no echo of what we have changed ourselves', async () => {
    const { number } = await orders.create();
    const act = { number, version: 1, to: 'assigned', by: 'agent:1', at: now } as const;
    await transitionOrder({ db, policies: shippedPolicies }, act);
    await tell(number, { status: 'inProgress' });
    await tell(number, { status: 'held' }, { at: now - 1000 });
    expect((await read(number)).history).toHaveLength(2);
    expect(woken).toBe(0);
  });

  it('may name the ticket only', async () => {
    const { number } = await orders.create();
    stored.set('T77', number);
    expect(await post({ id: 'T77', status: 'cancelled' })).toBe(204);
    expect(await statusOf(number)).toBe('cancelled');
  });

  it('is taken by its token, for our orders, in its shape', async () => {
    const { number } = await orders.create();
    expect(await tell(number, { status: 'cancelled' }, { token: 'another-token-altogether' })).toBe(401);
    expect(await tell('F261124ZZZZZZZZZZ', { status: 'cancelled' })).toBe(404);
    expect(await tell(number, { status: 'exploded' })).toBe(400);
    expect(await tell(number, { status: 'cancelled' }, { name: 'troubleTicketCreateEvent' })).toBe(204);
    expect(await statusOf(number)).toBe('registered');
  });
});
