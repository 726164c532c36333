import { createTicketSystem } from '../../../src/operator/tmforum/send-ticket';
import { messageOf } from './message';
import { openTicketServer, TICKET_TOKEN } from './ticket-server';

describe('a system of trouble tickets', () => {
  let server: Awaited<ReturnType<typeof openTicketServer>>;
  beforeEach(async () => {
    server = await openTicketServer();
  });
  afterEach(() => server.close());
  const system = (token = TICKET_TOKEN) =>
    createTicketSystem(fetch, { url: server.url, token, listenerToken: 'not-used-in-this-direction' });

  it('gets one ticket an order, which is patched afterwards', async () => {
    const { send } = system();
    await send(messageOf());
    await send(messageOf({ number: 'I261124ABCDEFGHJK' }, { kind: 'installation' }));
    await send(messageOf({ event: 'cancelled', version: 2, note: '误报' }, { status: 'cancelled' }));
    expect([...server.tickets.values()]).toMatchObject([
      { id: '1', ticketType: 'fault', status: 'cancelled', note: [{ text: '误报' }] },
      { id: '2', ticketType: 'installation', status: 'acknowledged' },
    ]);
  });

  it('gets no second ticket, and no older state, when an answer was lost', async () => {
    const { send } = system();
    server.fault = 'lost';
    await expect(send(messageOf())).rejects.toMatchObject({ code: 'unavailable' });
    server.fault = null;
    await send(messageOf());
    expect(server.tickets.size).toBe(1);
    await send(messageOf({ version: 3 }, { status: 'resolved' }));
    const before = server.calls.length;
    await send(messageOf({ version: 2 }, { status: 'assigned' }));
    expect(server.calls.slice(before)).toEqual(['GET /troubleTicket']);
    expect(server.tickets.get('1')?.status).toBe('resolved');
  });

  it.each([
    [400, 'bad-request'],
    [422, 'bad-request'],
    [401, 'unavailable'],
    [409, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('is tried again after %d or not: %s', async (fault, code) => {
    server.fault = fault;
    await expect(system().send(messageOf())).rejects.toMatchObject({ code });
  });

  it('takes our token only', async () => {
    await expect(system('another-token-altogether').send(messageOf())).rejects.toThrow(/http-401/);
    expect(server.tickets.size).toBe(0);
  });
});
