import { z } from 'zod';
import type { OrderMessage } from '../../contract/operator-orders';
import { AppError } from '../../errors';
import type { TicketSettings } from './settings';
import { characteristicOf, numberOf, type Ticket, ticketSchema, toPatch, toTicket } from './ticket';
import { tmforumRequest } from './tmforum-request';

const TIMEOUT_MS = 10_000;

export interface TicketSystem {
  /**
   * Creates or changes the ticket of an order. A message that has arrived before changes nothing. Throws `bad-request`
   * when the system refuses it for good, else `unavailable` or `timeout`: try again.
   */
  send(message: OrderMessage): Promise<void>;
  /** Throws as `send` does. */
  read(id: string): Promise<Ticket>;
}

const call = async (
  fetch: typeof globalThis.fetch,
  { url, token }: TicketSettings,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> => {
  try {
    const response = await fetch(
      url + path,
      tmforumRequest({ token, method, body, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    );
    if (!response.ok) throw refusalOf(response.status, method);
    return await response.json().catch(() => ({}));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('unavailable', `The ticket system was not reached (${method}).`, { cause: error });
  }
};

/** 404 and 409 may come of what has changed there meanwhile; 401 and 403 are a matter of settings. */
const LATER = new Set([401, 403, 404, 408, 409, 425, 429]);

function refusalOf(status: number, method: string): AppError {
  const isFinal = status >= 400 && status < 500 && !LATER.has(status);
  const code = isFinal ? 'bad-request' : 'unavailable';
  return new AppError(code, `The ticket system answered ${method} with http-${status}.`);
}

/** A ticket system of TMF621 v5. */
export function createTicketSystem(fetch: typeof globalThis.fetch, settings: TicketSettings): TicketSystem {
  const ask = (method: string, path: string, body?: object) => call(fetch, settings, method, path, body);

  /** By our number: what the system gave as its own is not kept here, since the answer that says it may be lost. */
  async function find(number: string): Promise<Ticket | null> {
    const filter = encodeURIComponent(`externalIdentifier[?(@id=='${number}')]`);
    const tickets = parse(z.array(ticketSchema), await ask('GET', `/troubleTicket?filter=${filter}`));
    return tickets.find((ticket) => numberOf(ticket) === number) ?? null;
  }

  return {
    async send(message) {
      const ticket = await find(message.number);
      if (ticket === null) {
        await ask('POST', '/troubleTicket', toTicket(message));
        return;
      }
      const known = Number(characteristicOf(ticket, 'version') ?? 0);
      if (known >= message.version) return;
      await ask('PATCH', `/troubleTicket/${encodeURIComponent(ticket.id)}`, toPatch(message, ticket));
    },
    read: async (id) => parse(ticketSchema, await ask('GET', `/troubleTicket/${encodeURIComponent(id)}`)),
  };
}

function parse<S extends z.ZodType>(schema: S, json: unknown): z.infer<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('unavailable', 'The ticket system answered what is no ticket.');
}
