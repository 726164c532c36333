import { z } from 'zod';
import type { OrderMessage } from '../../contract/operator-orders';
import { isBlamedOnCustomer } from '../../contract/sla';

/** Our orders as trouble tickets of TMF621 v5, and what we read of theirs. Names are those of the specification. */
export const ticketStatusSchema = z.enum([
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'closed',
  'resolved',
]);
export type TicketStatus = z.infer<typeof ticketStatusSchema>;

const noteSchema = z.looseObject({ id: z.string().optional(), text: z.string().optional() });
const characteristicSchema = z.looseObject({ name: z.string().optional(), value: z.unknown() });
const identifierSchema = z.looseObject({ id: z.string(), owner: z.string().optional() });

/** What we need of a ticket; all else is theirs. */
export const ticketSchema = z.looseObject({
  id: z.string(),
  status: ticketStatusSchema.optional(),
  statusChangeReason: z.string().optional(),
  externalIdentifier: z.array(identifierSchema).optional(),
  note: z.array(noteSchema).optional(),
  troubleTicketCharacteristic: z.array(characteristicSchema).optional(),
  relatedParty: z
    .array(
      z.looseObject({
        role: z.string().optional(),
        partyOrPartyRole: z.looseObject({ id: z.string(), name: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** Who gives the numbers that tickets carry as external identifiers. */
export const OWNER = 'telecom-service-bot';

/** Our number of a ticket; null for one that is none of ours. */
export const numberOf = ({ externalIdentifier = [] }: Ticket): string | null =>
  externalIdentifier.find(({ owner }) => owner === OWNER)?.id ?? null;

/** The value of a characteristic, by its name. */
export const characteristicOf = ({ troubleTicketCharacteristic = [] }: Ticket, wanted: string): unknown =>
  troubleTicketCharacteristic.find(({ name }) => name === wanted)?.value;

/** `held`: a pause within the operator; `pending`: one that waits for the customer. */
export function ticketStatusOf({
  status,
  pause,
}: Pick<OrderMessage['order'], 'status' | 'pause'>): TicketStatus {
  switch (status) {
    case 'registered':
    case 'assigned':
    case 'in-progress':
      if (pause) return isBlamedOnCustomer(pause.reason) ? 'pending' : 'held';
      return status === 'registered' ? 'acknowledged' : 'inProgress';
    case 'resolved':
    case 'closed':
    case 'cancelled':
      return status;
  }
}

const SEVERITIES = { danger: 'Critical', high: 'Major', normal: 'Minor' } as const;
const timeOf = (at: number): string => new Date(at).toISOString();

const characteristic = (name: string, value: string | null) =>
  value === null ? [] : [{ '@type': 'StringCharacteristic', name, valueType: 'string', value }];

function characteristicsOf({ version, event, order }: OrderMessage) {
  const { phone, address, area, appointment } = order;
  return [
    ...characteristic('version', String(version)),
    ...characteristic('event', event),
    ...characteristic('contactPhone', phone),
    ...characteristic('address', address),
    ...characteristic('serviceArea', area),
    ...characteristic('visitStart', appointment && timeOf(appointment.startAt)),
    ...characteristic('visitEnd', appointment && timeOf(appointment.endAt)),
    ...characteristic('repeats', String(order.repeats)),
  ];
}

/** The words of a change as a note that is known again when it is sent twice. */
const noteOf = ({ number, version, note, by, at }: OrderMessage) =>
  note === null
    ? []
    : [{ '@type': 'Note', id: `${number}@${version}`, author: by, date: timeOf(at), text: note }];

function commonOf(message: OrderMessage) {
  const { order, reason } = message;
  return {
    '@type': 'TroubleTicket',
    name: order.summary.slice(0, 100),
    description: order.summary,
    severity: SEVERITIES[order.priority],
    priority: order.priority,
    ticketType: order.kind,
    expectedResolutionDate: timeOf(order.promiseAt),
    status: ticketStatusOf(order),
    ...(reason === null ? {} : { statusChangeReason: reason }),
    troubleTicketCharacteristic: characteristicsOf(message),
  };
}

/** The ticket that is created for an order (`TroubleTicket_FVO`). */
export const toTicket = (message: OrderMessage) => ({
  ...commonOf(message),
  externalIdentifier: [
    {
      '@type': 'ExternalIdentifier',
      id: message.number,
      owner: OWNER,
      externalIdentifierType: 'WorkOrder',
    },
  ],
  note: noteOf(message),
});

/** What is merged into a ticket that is there (`TroubleTicket_MVO`); notes of others stay. */
export function toPatch(message: OrderMessage, ticket: Ticket) {
  const notes = ticket.note ?? [];
  const fresh = noteOf(message).filter(({ id }) => notes.every((each) => each.id !== id));
  return { ...commonOf(message), note: [...notes, ...fresh] };
}
