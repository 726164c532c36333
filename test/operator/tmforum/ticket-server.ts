import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Ticket, ticketSchema } from '../../../src/operator/tmforum/ticket';
import { answerJson } from '../http/host';

export const TICKET_TOKEN = 'token-of-the-ticket-system';

/** A small ticket system in memory. `fault` may answer a request before it is carried out, or lose its answer. */
export async function openTicketServer() {
  const tickets = new Map<string, Ticket>();
  const calls: string[] = [];
  const self = { fault: null as null | number | 'lost' };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '' } = request;
    const { pathname } = new URL(url, 'http://tickets');
    const id = decodeURIComponent(pathname.split('/')[2] ?? '');
    const isDenied = request.headers.authorization !== `Bearer ${TICKET_TOKEN}`;
    calls.push(`${method} ${pathname}`);
    if (isDenied) return answerJson(response, 401, {});
    if (typeof self.fault === 'number') return answerJson(response, self.fault, {});
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const isLost = self.fault === 'lost' && method !== 'GET';
    const answer = (status: number, value: unknown) =>
      isLost ? response.destroy() : answerJson(response, status, value);
    if (method === 'GET' && id) return answer(200, tickets.get(id));
    if (method === 'GET') return answer(200, [...tickets.values()]);
    const made = method === 'POST' ? String(tickets.size + 1) : id;
    tickets.set(made, ticketSchema.parse({ ...tickets.get(made), ...body, id: made }));
    answer(method === 'POST' ? 201 : 200, tickets.get(made));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(self, { tickets, calls, url: `http://127.0.0.1:${port}`, close });
}
