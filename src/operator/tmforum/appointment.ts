import { z } from 'zod';
import type { OperationArgs } from '../../contract/operations';
import type { Appointment } from '../../contract/orders';
import type { Reservation, Visitor } from '../operator';
import { type FoundSlot, slotIdOf } from './slot-id';
import { OWNER } from './ticket';

/**
 * Visits as appointments of TMF646 v4, and what we read of theirs. Names are those of the specification: definitions
 * `SearchTimeSlot`, `Appointment`, `Appointment_Create` and `Appointment_Update` in
 * https://github.com/tmforum-apis/TMF646_AppointmentManagement/blob/2ca28a7005fa2a9b737f0da5856e491498252439/TMF646-Appointment-v4.0.0.swagger.json
 */
const momentSchema = z.iso.datetime({ offset: true });
const periodSchema = z.looseObject({ startDateTime: momentSchema, endDateTime: momentSchema });

/** Some systems write null for what they do not have; the specification knows no nulls. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(given.map(([name, each]) => [name, withoutNulls(each)]));
}
const said = <S extends z.ZodType>(schema: S) => z.preprocess(withoutNulls, schema);

export const searchSchema = said(
  z.looseObject({
    status: z.enum(['inProgress', 'done', 'rejected', 'terminatedWithError']).optional(),
    availableTimeSlot: z
      .array(z.looseObject({ id: z.string().max(200).optional(), validFor: periodSchema }))
      .optional(),
  }),
);

const noteSchema = z.looseObject({
  author: z.string().optional(),
  date: momentSchema.optional(),
  text: z.string().optional(),
});
const partySchema = z.looseObject({ role: z.string().optional(), name: z.string().optional() });
const mediumSchema = z.looseObject({
  characteristic: z
    .looseObject({ contactType: z.string().optional(), phoneNumber: z.string().optional() })
    .optional(),
});

/** What we need of an appointment; all else is theirs. */
export const tmfAppointmentSchema = said(
  z.looseObject({
    id: z.string().min(1).max(200),
    externalId: z.string().optional(),
    status: z.enum(['initialized', 'confirmed', 'cancelled', 'completed', 'failed']).default('initialized'),
    validFor: periodSchema,
    note: z.array(noteSchema).optional(),
    relatedParty: z.array(partySchema).optional(),
    contactMedium: z.array(mediumSchema).optional(),
  }),
);
export type TmfAppointment = z.infer<typeof tmfAppointmentSchema>;

type Period = Pick<Appointment, 'startAt' | 'endAt'>;

export const periodOf = ({ startAt, endAt }: Period) => ({
  startDateTime: new Date(startAt).toISOString(),
  endDateTime: new Date(endAt).toISOString(),
});
export const timesOf = ({ startDateTime, endDateTime }: TmfAppointment['validFor']): Period => ({
  startAt: Date.parse(startDateTime),
  endAt: Date.parse(endDateTime),
});

const placeOf = (address: string) => ({ '@type': 'GeographicAddress', role: 'visit', name: address });
const entityOf = (id: string, role: string, type: string) => ({ id, role, '@referredType': type });

/** The search for free visits (`SearchTimeSlot_Create`). It has no category: what is to be done is a related entity. */
export const toSearch = (
  { kind, address }: Pick<OperationArgs<'operator.slots'>, 'kind' | 'address'>,
  period: Period,
) => ({
  '@type': 'SearchTimeSlot',
  requestedTimeSlot: [{ validFor: periodOf(period) }],
  relatedPlace: placeOf(address),
  relatedEntity: [entityOf(kind, 'category', 'AppointmentCategory')],
});

/** What a search found that is still to begin, as visits of the port. */
export const slotsOf = (
  { availableTimeSlot = [] }: z.infer<typeof searchSchema>,
  { kind, address }: Pick<FoundSlot, 'kind' | 'address'>,
  now: number,
): Appointment[] =>
  availableTimeSlot
    .map(({ id = null, validFor }) => ({ kind, address, timeSlotId: id, ...timesOf(validFor) }))
    .filter(({ startAt, endAt }) => startAt > now && endAt > startAt)
    .map((slot) => ({ id: slotIdOf(slot), startAt: slot.startAt, endAt: slot.endAt }));

const HELD_UNTIL = 'held-until';

/** When an appointment that is not confirmed is free again, as our note on it says; null without. */
export function heldUntilOf({ note = [] }: TmfAppointment): number | null {
  const date = note.find(({ author, text }) => author === OWNER && text === HELD_UNTIL)?.date;
  return date === undefined ? null : Date.parse(date);
}

const slotEntities = ({ timeSlotId }: FoundSlot) =>
  timeSlotId === null ? {} : { relatedEntity: [entityOf(timeSlotId, 'timeSlot', 'TimeSlot')] };

/** A new appointment (`Appointment_Create`), which the calendar begins as `initialized`: held, not booked. */
export const toAppointment = (slot: FoundSlot, externalId: string, heldUntilAt: number) => ({
  '@type': 'Appointment',
  category: slot.kind,
  externalId,
  validFor: periodOf(slot),
  relatedPlace: placeOf(slot.address),
  ...slotEntities(slot),
  note: [{ '@type': 'Note', author: OWNER, date: new Date(heldUntilAt).toISOString(), text: HELD_UNTIL }],
});

/** What `Appointment_Update` asks for in every change is its `validFor`. */
export const toCancellation = ({ validFor }: TmfAppointment) => ({ status: 'cancelled', validFor });

/** Books an appointment, at another time where a slot is given; the note of the hold goes, those of others stay. */
export const toBooking = ({ validFor, note = [] }: TmfAppointment, slot: FoundSlot | null = null) => ({
  status: 'confirmed',
  validFor: slot ? periodOf(slot) : validFor,
  ...(slot && slotEntities(slot)),
  note: note.filter(({ author, text }) => author !== OWNER || text !== HELD_UNTIL),
});

/** An appointment that stands, as the port says it. */
export const reservedOf = (found: TmfAppointment, heldUntilAt: number | null): Reservation => ({
  status: 'reserved',
  appointment: { id: found.id, ...timesOf(found.validFor) },
  heldUntilAt,
});

const TECHNICIAN = 'technician';

/** The party that comes, and its privacy number among the contact media; null unless both are said. */
export function visitorOf({ relatedParty = [], contactMedium = [] }: TmfAppointment): Visitor | null {
  const name = relatedParty.find(({ role }) => role === TECHNICIAN)?.name?.trim();
  const medium = contactMedium.find(({ characteristic }) => characteristic?.contactType === TECHNICIAN);
  const phone = medium?.characteristic?.phoneNumber?.trim();
  return name && phone ? { name, phone } : null;
}
