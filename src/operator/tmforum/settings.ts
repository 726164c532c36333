import { z } from 'zod';

/**
 * Work orders as trouble tickets of a TM Forum system (TMF621 v5), in place of our own call for them. `ticket.ts` says
 * what becomes of an order, `send-ticket.ts` creates and patches, `apply-ticket-event.ts` takes what the system tells
 * its listeners. Visits as appointments of such a system (TMF646 v4) are `tmforum-visits.ts`, with settings of their own.
 */
const text = z.string().trim();
export const optionalText = text.transform((value) => (value === '' ? undefined : value)).optional();
export const tokenText = optionalText.refine(
  (value) => value === undefined || value.length >= 16,
  'at least 16 characters',
);
export const isTmforumUrl = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).username === '';

/** The settings of the environment, as `config.ts` takes them up. */
export const ticketsShape = {
  /** `operator`: by the call of the operator's own API. */
  OPERATOR_TICKETS: z.enum(['operator', 'tmf621']).default('operator'),
  /** Ends before `/troubleTicket`. */
  OPERATOR_TICKETS_URL: optionalText.refine(
    (value) => value === undefined || isTmforumUrl(value),
    'an https address that ends before /troubleTicket',
  ),
  /** What we show to the ticket system, as a bearer. */
  OPERATOR_TICKETS_TOKEN: tokenText,
  /** What the ticket system shows to our listeners, as a bearer. */
  OPERATOR_TICKETS_LISTENER_TOKEN: tokenText,
};

const settingsSchema = z.object(ticketsShape);
type Environment = z.infer<typeof settingsSchema>;

export interface TicketSettings {
  /** Without a slash at its end. */
  url: string;
  token: string;
  listenerToken: string;
}

const NEEDED = ['OPERATOR_TICKETS_URL', 'OPERATOR_TICKETS_TOKEN', 'OPERATOR_TICKETS_LISTENER_TOKEN'] as const;

/** What keeps the server from starting with these settings. */
export function ticketProblems(env: Environment & { NODE_ENV: string }): string[] {
  if (env.OPERATOR_TICKETS !== 'tmf621') return [];
  const missing = NEEDED.filter((name) => env[name] === undefined);
  const { OPERATOR_TICKETS_URL: url } = env;
  const isPlain = url !== undefined && env.NODE_ENV === 'production' && new URL(url).protocol !== 'https:';
  return [
    ...missing.map((name) => `${name}: required with OPERATOR_TICKETS=tmf621`),
    ...(isPlain ? ['OPERATOR_TICKETS_URL: must be https in production'] : []),
  ];
}

/** Null when orders are no trouble tickets. The settings have no problems. */
export function readTicketSettings(env: Environment): TicketSettings | null {
  const { OPERATOR_TICKETS_URL: url, OPERATOR_TICKETS_TOKEN: own } = env;
  const { OPERATOR_TICKETS_LISTENER_TOKEN: listenerToken } = env;
  if (env.OPERATOR_TICKETS !== 'tmf621' || !url || !own || !listenerToken) return null;
  return { url: url.replace(/\/+$/, ''), token: own, listenerToken };
}
