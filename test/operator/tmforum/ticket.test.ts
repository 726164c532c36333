import { orderStatusSchema } from '../../../src/contract/orders';
import { pauseReasons } from '../../../src/contract/sla';
import { ticketEventSchema } from '../../../src/operator/tmforum/apply-ticket-event';
import {
  numberOf,
  type TicketStatus,
  ticketSchema,
  ticketStatusOf,
  ticketStatusSchema,
  toPatch,
  toTicket,
} from '../../../src/operator/tmforum/ticket';
import { problemsWith, readTmf621 } from '../../support/tmforum';
import { AT, messageOf } from './message';

const spec = readTmf621();
const notes = [{ '@type': 'Note', id: 'theirs', text: '已联系机房' }];

describe('an order as a trouble ticket', () => {
  it('is what TMF621 asks of a new one and of a change', () => {
    if (!spec) return;
    for (const status of orderStatusSchema.options) {
      for (const reason of [null, ...pauseReasons]) {
        const pause = reason && { reason, since: AT, isDisputed: false };
        const message = messageOf({ note: '客户补充', reason: 'why' }, { status, pause });
        const ticket = toTicket(message);
        expect(problemsWith(spec, 'TroubleTicket_FVO', ticket)).toEqual([]);
        const patch = toPatch(message, ticketSchema.parse({ id: '1', note: notes }));
        expect(problemsWith(spec, 'TroubleTicket_MVO', patch)).toEqual([]);
      }
    }
  });

  it('would not pass with a mistake in it', () => {
    if (!spec) return;
    const { severity: _gone, ...ticket } = toTicket(messageOf({ note: 'n' }));
    const [note] = ticket.note;
    const broken = { ...ticket, status: 'done', promiseAt: 1, note: [{ ...note, date: 'soon' }] };
    expect(problemsWith(spec, 'TroubleTicket_FVO', broken).sort()).toEqual([
      'TroubleTicket_FVO.note[0].date: no time',
      'TroubleTicket_FVO.promiseAt: unknown',
      'TroubleTicket_FVO.severity: missing',
      expect.stringContaining('TroubleTicket_FVO.status: done is none of'),
    ]);
  });

  it('has the statuses of the specification, and its events can be read', () => {
    if (!spec) return;
    const { schemas, examples } = spec.components;
    expect([...ticketStatusSchema.options].sort()).toEqual(
      [...(schemas.TroubleTicketStatusType?.enum ?? [])].sort(),
    );
    const event = ticketEventSchema.parse(examples.TroubleTicketStatusChangeEvent_request?.value);
    expect(event.event.troubleTicket).toMatchObject({ id: '3180', status: 'pending' });
  });

  it('is held or pending while it stands still, by whom that is for', () => {
    const statusOf = (
      status: 'registered' | 'assigned' | 'resolved',
      reason?: (typeof pauseReasons)[number],
    ) => ticketStatusOf({ status, pause: reason ? { reason, since: AT, isDisputed: false } : null });
    const wanted: TicketStatus[] = ['acknowledged', 'inProgress', 'resolved', 'pending', 'held'];
    expect([
      statusOf('registered'),
      statusOf('assigned'),
      statusOf('resolved'),
      statusOf('assigned', 'customer-postponed'),
      statusOf('assigned', 'parts'),
    ]).toEqual(wanted);
  });

  it('is known again by our number', () => {
    const ticket = ticketSchema.parse({ id: '1', ...toTicket(messageOf()) });
    expect(numberOf(ticket)).toBe('F261124ABCDEFGHJK');
    const foreign = { ...ticket, externalIdentifier: [{ id: 'F261124ABCDEFGHJK', owner: 'crm' }] };
    expect(numberOf(foreign)).toBeNull();
  });

  it('keeps the notes of others, and adds ours once', () => {
    const message = messageOf({ version: 2, note: '孩子在上网课' });
    const first = toPatch(message, ticketSchema.parse({ id: '1', note: notes }));
    expect(first.note.map(({ id }) => id)).toEqual(['theirs', 'F261124ABCDEFGHJK@2']);
    const again = toPatch(message, ticketSchema.parse({ id: '1', note: first.note }));
    expect(again.note).toEqual(first.note);
  });
});
