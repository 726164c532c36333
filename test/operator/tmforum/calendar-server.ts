import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { z } from 'zod';
import { answerJson } from '../http/host';
import {
  appointmentCreate,
  appointmentUpdate,
  type StoredAppointment,
  searchTimeSlotCreate,
} from './tmf646-shapes';

export const CALENDAR_TOKEN = 'token-of-the-calendar';
const HOUR_MS = 3600_000;
/** Windows of two hours begin so many hours after midnight UTC: 9, 11, 14 and 16 o'clock in Shanghai. */
const HOURS = [1, 3, 6, 8];

/** `lost`: carried out, but not answered. `hang`: never answered. Else a status, or a body that is no answer. */
type Fault = number | 'lost' | 'hang' | { body: string };

const startOf = ({ validFor }: Pick<StoredAppointment, 'validFor'>): number =>
  Date.parse(validFor.startDateTime ?? '');
const endOf = ({ validFor }: Pick<StoredAppointment, 'validFor'>): number =>
  Date.parse(validFor.endDateTime ?? '');

/**
 * A small calendar of TMF646, which takes requests of the published shapes only. `faultOf` may spoil an
 * answer; `problems` keeps what did not fit the shapes.
 */
export async function openCalendarServer(options: { clock: () => number; lapsesHolds: boolean }) {
  const { clock } = options;
  const appointments = new Map<string, StoredAppointment>();
  const calls: string[] = [];
  const paths: string[] = [];
  const problems: string[] = [];
  const self = {
    faultOf: (_call: string): Fault | null => null,
    /** So many can have the same time. */
    teams: 1,
    /** Appointments of others in every list, whatever is asked for. */
    others: [] as unknown[],
  };

  const heldUntil = ({ note = [] }: StoredAppointment): number =>
    Date.parse(note.find(({ text }) => text === 'held-until')?.date ?? '9999-01-01T00:00:00Z');
  const hasTime = (each: StoredAppointment): boolean =>
    each.status === 'confirmed' || (each.status === 'initialized' && heldUntil(each) > clock());
  const isHolding = (each: StoredAppointment): boolean =>
    options.lapsesHolds ? hasTime(each) : ['confirmed', 'initialized'].includes(each.status);
  const isTaken = (at: number, by?: string): boolean =>
    [...appointments.values()].filter((each) => each.id !== by && startOf(each) === at && isHolding(each))
      .length >= self.teams;

  function free(from: number, to: number) {
    const days = Math.ceil((to - from) / (24 * HOUR_MS)) + 1;
    const midnight = from - (from % (24 * HOUR_MS));
    return Array.from({ length: days }, (_, day) =>
      HOURS.map((hour) => midnight + (day * 24 + hour) * HOUR_MS),
    )
      .flat()
      .filter((at) => at >= from && at < to && !isTaken(at))
      .map((at) => ({
        id: `team-1/${at}`,
        validFor: {
          startDateTime: new Date(at).toISOString(),
          endDateTime: new Date(at + 2 * HOUR_MS).toISOString(),
        },
      }));
  }

  /** The day before, it is known who comes. */
  const shown = (each: StoredAppointment) =>
    startOf(each) - clock() > 24 * HOUR_MS
      ? each
      : {
          ...each,
          relatedParty: [{ id: '0518', name: '李师傅', role: 'technician', '@referredType': 'Individual' }],
          contactMedium: [
            {
              mediumType: 'telephone number',
              characteristic: { contactType: 'technician', phoneNumber: '17012345678' },
            },
          ],
        };

  type Answer = [status: number, body: unknown];
  const REFUSED: Answer = [400, { code: '20', reason: 'the body does not fit' }];
  const CONFLICT: Answer = [409, { code: '60', reason: 'the time is taken' }];

  function fitting<S extends z.ZodType>(shape: S, body: unknown): z.infer<S> | null {
    const parsed = shape.safeParse(body);
    if (!parsed.success) problems.push(parsed.error.message);
    return parsed.success ? parsed.data : null;
  }

  function search(body: unknown): Answer {
    const wanted = fitting(searchTimeSlotCreate, body);
    const [requested] = wanted?.requestedTimeSlot ?? [];
    if (!wanted || !requested) return REFUSED;
    return [
      201,
      { ...wanted, id: 's', status: 'done', availableTimeSlot: free(startOf(requested), endOf(requested)) },
    ];
  }

  function create(body: unknown): Answer {
    const wanted = fitting(appointmentCreate, body);
    if (!wanted) return REFUSED;
    if (isTaken(startOf(wanted))) return CONFLICT;
    const id = `apt/${appointments.size + 1}`;
    const made: StoredAppointment = { ...wanted, id, status: 'initialized' };
    appointments.set(made.id, made);
    return [201, shown(made)];
  }

  function patch(id: string, body: unknown): Answer {
    const found = appointments.get(id);
    if (!found) return [404, { code: '60', reason: 'none' }];
    const wanted = fitting(appointmentUpdate, body);
    if (!wanted) return REFUSED;
    const changed = { ...found, ...wanted, status: wanted.status ?? found.status };
    if (changed.status !== 'cancelled' && (!isHolding(found) || isTaken(startOf(changed), id)))
      return CONFLICT;
    appointments.set(id, changed);
    return [200, shown(changed)];
  }

  function list(query: URLSearchParams): Answer {
    const externalId = query.get('externalId');
    const status = query.get('status');
    const found = [...appointments.values()].filter(
      (each) =>
        (externalId === null || each.externalId === externalId) &&
        (status === null || each.status === status),
    );
    return [200, [...self.others, ...found.map(shown)]];
  }

  function handle(method: string, url: URL, body: unknown): Answer {
    const [, base, rest] = /^\/(searchTimeSlot|appointment)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
    const id = rest === undefined ? null : decodeURIComponent(rest);
    if (method === 'POST' && base === 'searchTimeSlot' && id === null) return search(body);
    if (base !== 'appointment') return [404, {}];
    if (method === 'POST' && id === null) return create(body);
    if (method === 'PATCH' && id !== null) return patch(id, body);
    if (method !== 'GET') return [405, {}];
    if (id === null) return list(url.searchParams);
    const found = appointments.get(id);
    return found ? [200, shown(found)] : [404, {}];
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'http://calendar');
    const call = `${method} /${url.pathname.split('/')[1]}`;
    calls.push(call);
    paths.push(url.pathname);
    if (headers.authorization !== `Bearer ${CALENDAR_TOKEN}`) return answerJson(response, 401, {});
    const fault = self.faultOf(call);
    if (fault === 'hang') return;
    if (typeof fault === 'number') return answerJson(response, fault, {});
    if (fault !== null && fault !== 'lost') {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(fault.body);
      return;
    }
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const isTyped = method === 'GET' || headers['content-type'] === type;
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null;
    const [status, answer] = isTyped ? handle(method, url, body) : ([415, {}] as const);
    if (fault === 'lost') response.destroy();
    else answerJson(response, status, answer);
  }

  const server = createServer((request, response) => void serve(request, response));
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
  return Object.assign(self, {
    appointments,
    calls,
    paths,
    problems,
    url: `http://127.0.0.1:${port}`,
    close,
  });
}
