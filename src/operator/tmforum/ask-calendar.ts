import { z } from 'zod';
import type { ApiName } from '../../contract/operator-api';
import { exchange, type Fetch, OperatorFault } from '../http/attempt';
import { searchSchema, type TmfAppointment, tmfAppointmentSchema } from './appointment';
import type { AppointmentSettings } from './appointment-settings';
import { tmforumRequest } from './tmforum-request';

/** The requests of one attempt at a method of the port. They throw an `OperatorFault` for what is no good answer. */
export interface Calendar {
  search(wanted: object): Promise<z.infer<typeof searchSchema>>;
  /** By our key; null when there is none. */
  find(externalId: string): Promise<TmfAppointment | null>;
  /** Null when there is none. */
  read(id: string): Promise<TmfAppointment | null>;
  /** Those that are held. */
  listHeld(): Promise<TmfAppointment[]>;
  /** `conflict`: the time is taken. */
  create(appointment: object): Promise<TmfAppointment | 'conflict'>;
  /** `conflict`: the time is taken, or the appointment can no longer be changed so; null when there is none. */
  patch(id: string, change: object): Promise<TmfAppointment | 'conflict' | null>;
}

export interface CalendarDependencies {
  fetch: Fetch;
  settings: AppointmentSettings;
  clock: () => number;
}

/** A value in place of a refusal with this status. */
async function unless<T, V>(status: number, value: V, asked: Promise<T>): Promise<T | V> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof OperatorFault && error.status === status) return value;
    throw error;
  }
}

/** An id may come from anywhere: none of these is a path of its own. */
const isName = (id: string): boolean => id !== '' && id !== '.' && id !== '..';
const pathOf = (id: string): string => `/appointment/${encodeURIComponent(id)}`;

/** A calendar of TMF646 v4; `name` for its errors and its time, which all requests together have. */
export function askCalendar({ fetch, settings, clock }: CalendarDependencies, name: ApiName): Calendar {
  const signal = AbortSignal.timeout(settings.timeoutMs(name));
  const ask = <S extends z.ZodType>(method: string, path: string, answer: S, body?: object) =>
    exchange(
      { fetch, clock },
      {
        name,
        url: settings.url + path,
        init: tmforumRequest({ token: settings.token, method, body, signal }),
        answer,
      },
    );
  /** Unread, since appointments of others need not be what we can read. */
  const list = (filter: string) => ask('GET', `/appointment?${filter}`, z.array(z.looseObject({})));

  return {
    search: (wanted) => ask('POST', '/searchTimeSlot', searchSchema, wanted),
    async find(externalId) {
      const rows = await list(`externalId=${encodeURIComponent(externalId)}`);
      // A calendar that does not know the filter answers them all.
      const row = rows.find((each) => each.externalId === externalId);
      if (row === undefined) return null;
      const parsed = tmfAppointmentSchema.safeParse(row);
      if (parsed.success) return parsed.data;
      throw new OperatorFault(name, 'garbage', 'the appointment in the list does not fit');
    },
    read: async (id) => (isName(id) ? unless(404, null, ask('GET', pathOf(id), tmfAppointmentSchema)) : null),
    listHeld: async () =>
      (await list('status=initialized'))
        .flatMap((row) => tmfAppointmentSchema.safeParse(row).data ?? [])
        .filter(({ status }) => status === 'initialized'),
    create: (appointment) =>
      unless(409, 'conflict', ask('POST', '/appointment', tmfAppointmentSchema, appointment)),
    patch: (id, change) =>
      unless(404, null, unless(409, 'conflict', ask('PATCH', pathOf(id), tmfAppointmentSchema, change))),
  };
}
