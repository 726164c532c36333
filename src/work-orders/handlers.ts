import type { Logger } from 'pino';
import { AppError } from '../errors';
import type { CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import { type CreateDependencies, createOrder } from './create-order';
import { type FindDependencies, findOrder } from './find-order';
import { viewOf } from './order-record';
import { listVisibleOrders } from './read-orders';

export interface WorkOrderDependencies extends CreateDependencies, FindDependencies {
  log: Logger;
  /** Told when an event was written, to wake the events relay. */
  onEvent?: () => void;
}

/**
 * The `work-order.…` operations of dialogs. An order is created however late: the customer was told that it would be.
 */
export function createWorkOrderHandlers(deps: WorkOrderDependencies): CommandHandlers {
  const { db, log, onEvent } = deps;
  return {
    'work-order.create': operationHandler(
      'work-order.create',
      { mustComplete: true },
      async (args, command) => {
        try {
          const { order, isNew } = await createOrder(deps, command, args);
          if (isNew) onEvent?.();
          return { type: 'ok', value: { order: viewOf(order) } };
        } catch (error) {
          if (!(error instanceof AppError && error.code === 'conflict')) throw error;
          // Trying again would hold up the conversation for ever: people must look, and the dialog hands over to one.
          log.error({ err: error, ...error.details }, 'order number given twice');
          return { type: 'error', code: 'number-collision' };
        }
      },
    ),
    'work-order.find': operationHandler(
      'work-order.find',
      { mustComplete: false },
      async ({ number }, command) => ({
        type: 'ok',
        value: { order: await findOrder(deps, number, command) },
      }),
    ),
    'work-order.list': operationHandler(
      'work-order.list',
      { mustComplete: false },
      async (_args, command) => ({
        type: 'ok',
        value: { orders: await listVisibleOrders(db, command.conversationId) },
      }),
    ),
  };
}
