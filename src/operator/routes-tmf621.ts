import { createHash, timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { route } from '../http/server';
import { refusalOf } from './routes-callbacks';
import { type TicketEvent, type TicketResult, ticketEventSchema } from './tmforum/apply-ticket-event';
import { numberOf, type Ticket } from './tmforum/ticket';

export const LISTENER_PATH = '/operator/tmf621/listener';
const BODY_LIMIT = 256 * 1024;
/** Events whose status is looked at; the others are taken and change nothing. */
const EVENTS = [
  'troubleTicketStatusChangeEvent',
  'troubleTicketResolvedEvent',
  'troubleTicketInformationRequiredEvent',
];
const IGNORED = [
  'troubleTicketCreateEvent',
  'troubleTicketAttributeValueChangeEvent',
  'troubleTicketDeleteEvent',
];

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

export interface ListenerDependencies {
  /** By which the ticket system shows itself. */
  listenerToken: string;
  /** Events may carry no more than the id of the ticket. */
  readTicket: (id: string) => Promise<Ticket>;
  apply: (event: TicketEvent, ticket: Ticket) => Promise<TicketResult>;
  onEvent: () => void;
  log: Logger;
}

/** The listeners of TMF621: `POST /operator/tmf621/listener/<event>`; answered 204 only once the change is durable. */
export function registerTicketListeners(server: Server, deps: ListenerDependencies): void {
  for (const name of [...EVENTS, ...IGNORED]) {
    server.post(
      `${LISTENER_PATH}/${name}`,
      route(deps.log, async (request, response) => {
        if (!isSame(request.header('Authorization') ?? '', `Bearer ${deps.listenerToken}`)) {
          request.resume();
          throw new AppError('unauthenticated', 'Show OPERATOR_TICKETS_LISTENER_TOKEN as a bearer.');
        }
        const body = await readJson(request, BODY_LIMIT);
        if (EVENTS.includes(name)) await take(deps, parseBody(ticketEventSchema, body));
        response.writeHead(204);
        response.end();
      }),
    );
  }
}

async function take({ readTicket, apply, onEvent }: ListenerDependencies, event: TicketEvent): Promise<void> {
  const { troubleTicket } = event.event;
  const isWhole = numberOf(troubleTicket) !== null;
  const ticket = isWhole ? troubleTicket : { ...(await readTicket(troubleTicket.id)), ...troubleTicket };
  const result = await apply(event, ticket);
  if (result.status === 'changed') onEvent();
  if (result.status === 'refused') throw refusalOf(result.reason);
}
