import { z } from 'zod';

/**
 * What TMF646 v4.0.0 lets a client send: `SearchTimeSlot_Create`, `Appointment_Create` and `Appointment_Update` of
 * `TMF646-Appointment-v4.0.0.swagger.json` in github.com/tmforum-apis/TMF646_AppointmentManagement (commit 2ca28a7).
 * Strict, so that a name which is not in the specification fails; attachments and calendar events are never sent.
 */
const moment = z.iso.datetime({ offset: true });
const extended = {
  '@baseType': z.string().optional(),
  '@schemaLocation': z.url().optional(),
  '@type': z.string().optional(),
};
const timePeriod = z.strictObject({ startDateTime: moment.optional(), endDateTime: moment.optional() });
const reference = {
  ...extended,
  id: z.string(),
  href: z.string().optional(),
  name: z.string().optional(),
  '@referredType': z.string(),
};
const relatedEntity = z.strictObject({ ...reference, role: z.string() });
const relatedParty = z.strictObject({ ...reference, role: z.string().optional() });
const relatedPlace = z.strictObject({
  ...reference,
  id: z.string().optional(),
  role: z.string(),
  '@referredType': z.string().optional(),
});
const timeSlot = z.strictObject({
  ...extended,
  id: z.string().optional(),
  href: z.string().optional(),
  relatedParty: relatedParty.optional(),
  validFor: timePeriod,
});
const note = z.strictObject({
  ...extended,
  id: z.string().optional(),
  author: z.string().optional(),
  date: moment.optional(),
  text: z.string().optional(),
});

export const searchTimeSlotCreate = z.strictObject({
  ...extended,
  relatedEntity: z.array(relatedEntity).optional(),
  relatedParty: relatedParty.optional(),
  relatedPlace: relatedPlace.optional(),
  requestedTimeSlot: z.array(timeSlot).optional(),
});

const common = {
  ...extended,
  category: z.string().optional(),
  description: z.string().optional(),
  externalId: z.string().optional(),
  note: z.array(note).optional(),
  relatedEntity: z.array(relatedEntity).optional(),
  relatedParty: z.array(relatedParty).optional(),
  relatedPlace: relatedPlace.optional(),
  validFor: timePeriod,
};

const state = z.enum(['initialized', 'confirmed', 'cancelled', 'completed', 'failed']);

/** Without a status: the calendar begins an appointment as `initialized`. */
export const appointmentCreate = z.strictObject(common);
export const appointmentUpdate = z.strictObject({
  ...common,
  lastUpdate: moment.optional(),
  status: state.optional(),
});
export type StoredAppointment = z.infer<typeof appointmentCreate> & {
  id: string;
  status: z.infer<typeof state>;
};
