import type { Command } from '../contract/conversation';
import { AppError } from '../errors';
import type { CommandHandler, CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import type { Customer, Operator, Reservation } from './operator';
import { visitsToOffer } from './visits-to-offer';

/** Nobody waits for these after their time: a visit that was taken too late is given back. */
const whenAwaited = { mustComplete: false };

/** What changes something: late or not, no later change of the customer's overtakes it. */
const asChange = { mustComplete: false, lane: 'operator-changes', keepsOrder: true };

/** What is owed to the operator even when nobody waits: in a lane of its own, so that it holds up nothing else. */
const owed = (handler: CommandHandler): CommandHandler => ({ ...handler, lane: 'operator-owed' });

/**
 * The `operator.…` operations of dialogs. What belongs to an account is disclosed, and changed, for the asker's own
 * verified phone only. `areaOf`: the service area that an address in words lies in.
 */
export function createOperatorHandlers(
  operator: Operator,
  clock: () => number,
  areaOf: (address: string) => string | null = () => null,
): CommandHandlers {
  const handlers: CommandHandlers = {
    'operator.customer': operationHandler('operator.customer', whenAwaited, async (_args, { asker }) => ({
      type: 'ok',
      value: {
        customer: asker.phone === null ? null : withArea(await operator.findCustomer(asker.phone), areaOf),
      },
    })),
    'operator.outage': operationHandler('operator.outage', whenAwaited, async ({ address, area }) => ({
      type: 'ok',
      value: { outage: await operator.findOutage(address, area ?? null) },
    })),
    'operator.line-test': operationHandler(
      'operator.line-test',
      { ...whenAwaited, lane: 'line-test' },
      async (line) => ({
        type: 'ok',
        value: await operator.testLine(line),
      }),
    ),
    'operator.coverage': operationHandler('operator.coverage', whenAwaited, async ({ address }) => ({
      type: 'ok',
      value: await operator.findCoverage(address),
    })),
    'operator.plans': operationHandler('operator.plans', whenAwaited, async () => ({
      type: 'ok',
      value: { plans: await operator.listPlans() },
    })),
    ...visitHandlers(operator, clock),
    ...accountHandlers(operator),
    ...contractHandlers(operator),
  };
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, withRefusals(handler)]));
}

/** Where the operator does not say in which service area the address lies, it is read from its words. */
const withArea = (customer: Customer | null, areaOf: (address: string) => string | null) =>
  customer && { ...customer, area: customer.area ?? areaOf(customer.address) };

/** What the operator's systems refuse once they will refuse again: the dialog goes on at once. */
const withRefusals = (handler: CommandHandler): CommandHandler => ({
  ...handler,
  async run(command) {
    try {
      return await handler.run(command);
    } catch (error) {
      if (error instanceof AppError && error.code === 'bad-request')
        return { type: 'error', code: 'refused' };
      throw error;
    }
  },
});

/** A visit that dialogs may go on with, or why there is none. */
const outcomeOf = (reservation: Reservation) => {
  if (reservation.status === 'reserved') {
    const { appointment, heldUntilAt } = reservation;
    return { type: 'ok' as const, value: { appointment, heldUntilAt } };
  }
  return { type: 'error' as const, code: reservation.status === 'taken' ? 'taken' : 'unknown-slot' };
};

const isLate = ({ at, timeoutMs }: Command, now: number): boolean =>
  timeoutMs !== null && now > at + timeoutMs;

const visitHandlers = (operator: Operator, clock: () => number): CommandHandlers => ({
  'operator.slots': operationHandler('operator.slots', whenAwaited, async (wish) => ({
    type: 'ok',
    value: { slots: visitsToOffer(await operator.listSlots(wish), wish.wishAt ?? null) },
  })),
  'operator.reserve-slot': operationHandler(
    'operator.reserve-slot',
    whenAwaited,
    async ({ slotId, holdMinutes }, command) => {
      const holdMs = holdMinutes ? holdMinutes * 60_000 : null;
      const reservation = await operator.reserveSlot({ slotId, holdMs }, command.id);
      if (reservation.status !== 'reserved' || !isLate(command, clock())) return outcomeOf(reservation);
      await operator.releaseSlot(reservation.appointment.id, `${command.id}:late`);
      return { type: 'error', code: 'late' };
    },
  ),
  'operator.book-slot': operationHandler(
    'operator.book-slot',
    whenAwaited,
    async ({ appointmentId }, { id }) => outcomeOf(await operator.bookSlot(appointmentId, id)),
  ),
  'operator.change-slot': operationHandler('operator.change-slot', whenAwaited, async (wanted, { id }) =>
    outcomeOf(await operator.changeSlot(wanted, id)),
  ),
  'operator.release-slot': owed(
    operationHandler('operator.release-slot', { mustComplete: true }, async ({ appointmentId }, { id }) => ({
      type: 'ok',
      value: { isReleased: await operator.releaseSlot(appointmentId, id) },
    })),
  ),
  'operator.visitor': operationHandler('operator.visitor', whenAwaited, async ({ appointmentId }) => ({
    type: 'ok',
    value: { visitor: await operator.findVisitor(appointmentId) },
  })),
});

const accountHandlers = (operator: Operator): CommandHandlers => ({
  'operator.bill': operationHandler('operator.bill', whenAwaited, async (_args, { asker }) => ({
    type: 'ok',
    value: { bill: asker.phone === null ? null : await operator.findBill(asker.phone) },
  })),
  'operator.services': operationHandler('operator.services', whenAwaited, async (_args, { asker }) => ({
    type: 'ok',
    value: { services: asker.phone === null ? null : await operator.listServices(asker.phone) },
  })),
  'operator.cancel-service': operationHandler(
    'operator.cancel-service',
    asChange,
    async ({ serviceId }, { id, asker: { phone } }) => {
      if (phone === null) return { type: 'error', code: 'not-verified' };
      const { status, ...value } = await operator.cancelService({ phone, serviceId }, id);
      return 'service' in value ? { type: 'ok', value } : { type: 'error', code: `${status}-service` };
    },
  ),
});

/** Nothing of a contract is told, or changed, for another phone than the asker's own. */
const contractHandlers = (operator: Operator): CommandHandlers => ({
  'operator.contract': operationHandler(
    'operator.contract',
    whenAwaited,
    async (_args, { asker: { phone } }) => ({
      type: 'ok',
      value: { contract: phone === null ? null : await operator.findContract(phone) },
    }),
  ),
  'operator.relocation': operationHandler(
    'operator.relocation',
    whenAwaited,
    async ({ address }, { asker: { phone } }) => ({
      type: 'ok',
      value: { terms: phone === null ? null : await operator.findRelocation({ phone, address }) },
    }),
  ),
  'operator.plan-quote': operationHandler(
    'operator.plan-quote',
    whenAwaited,
    async ({ planId }, { asker: { phone } }) => ({
      type: 'ok',
      value: { quote: phone === null ? null : await operator.quotePlan({ phone, planId }) },
    }),
  ),
  'operator.change-plan': operationHandler(
    'operator.change-plan',
    asChange,
    async ({ planId }, { id, asker: { phone } }) => {
      if (phone === null) return { type: 'error', code: 'not-verified' };
      const { status, ...value } = await operator.changePlan({ phone, planId }, id);
      if ('plan' in value) return { type: 'ok', value };
      return { type: 'error', code: status === 'unknown' ? 'unknown-plan' : 'refused' };
    },
  ),
});
