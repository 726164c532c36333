import type { CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import type { Operator } from './operator';

/** Nobody waits for these after their time: a visit that was held too late is simply not part of any order. */
const whenAwaited = { mustComplete: false };

/** The `operator.…` operations of dialogs. Account state is disclosed for the asker's own verified phone only. */
export function createOperatorHandlers(operator: Operator): CommandHandlers {
  return {
    'operator.customer': operationHandler('operator.customer', whenAwaited, async (_args, { asker }) => ({
      type: 'ok',
      value: { customer: asker.phone === null ? null : await operator.findCustomer(asker.phone) },
    })),
    'operator.outage': operationHandler('operator.outage', whenAwaited, async ({ address, area }) => ({
      type: 'ok',
      value: { outage: await operator.findOutage(address, area ?? null) },
    })),
    'operator.line-test': operationHandler('operator.line-test', whenAwaited, async (line) => ({
      type: 'ok',
      value: await operator.testLine(line),
    })),
    'operator.slots': operationHandler('operator.slots', whenAwaited, async (wish) => ({
      type: 'ok',
      value: { slots: await operator.listSlots(wish) },
    })),
    'operator.reserve-slot': operationHandler(
      'operator.reserve-slot',
      whenAwaited,
      async ({ slotId }, { id }) => {
        const reservation = await operator.reserveSlot(slotId, id);
        if (reservation.status === 'reserved') {
          return { type: 'ok', value: { appointment: reservation.appointment } };
        }
        return { type: 'error', code: reservation.status === 'taken' ? 'taken' : 'unknown-slot' };
      },
    ),
    'operator.coverage': operationHandler('operator.coverage', whenAwaited, async ({ address }) => ({
      type: 'ok',
      value: await operator.findCoverage(address),
    })),
    'operator.plans': operationHandler('operator.plans', whenAwaited, async () => ({
      type: 'ok',
      value: { plans: await operator.listPlans() },
    })),
  };
}
