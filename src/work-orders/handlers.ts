import type { Logger } from 'pino';
import { z } from 'zod';
import { readOrderNumber } from '../contract/order-number';
import { AppError } from '../errors';
import type { CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import { addRemark } from './add-remark';
import { type CheckDependencies, checkOrder } from './clocks/check-order';
import { continueComplaint } from './complaints/continue-complaint';
import { findEarlier } from './complaints/find-earlier';
import { confirmOrder } from './confirm-order';
import { type CreateDependencies, createOrder } from './create-order';
import { type FindDependencies, findOrder } from './find-order';
import { listVisitsFor, type VisitDesk } from './list-visits';
import { viewOf } from './order-record';
import { disputePause } from './pause-order';
import { listVisibleOrders, readVisibleOrder } from './read-orders';
import { rescheduleOrder } from './reschedule-order';
import { withdrawOrder } from './withdraw-order';

export interface WorkOrderDependencies
  extends CreateDependencies,
    FindDependencies,
    CheckDependencies,
    VisitDesk {
  log: Logger;
  /** Told when an event was written, to wake the events relay. */
  onEvent?: () => void;
}

/** What a conversation asks for when a threshold of an order is due; Postgres decides. */
export const CHECK_ORDER = 'work-order.check';
const checkArgsSchema = z.object({ number: z.string() });

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
      // It may wait for an order to be registered, and nothing else waits for it.
      { mustComplete: false, lane: 'find' },
      async ({ number }, command) => ({
        type: 'ok',
        value: { order: await findOrder(deps, number, command) },
      }),
    ),
    'work-order.dispute': operationHandler(
      'work-order.dispute',
      { mustComplete: true },
      async ({ number }, command) => {
        // Who may not see an order learns nothing by disputing it either.
        const order = await readVisibleOrder(db, readOrderNumber(number) ?? '', command, deps.clock());
        if (!order) return { type: 'ok', value: { isDisputed: false } };
        const act = { number: order.number, by: 'customer', at: command.at };
        const { status } = await disputePause(deps, act);
        if (status === 'changed') onEvent?.();
        return { type: 'ok', value: { isDisputed: status === 'changed' } };
      },
    ),
    'work-order.confirm': operationHandler(
      'work-order.confirm',
      { mustComplete: true },
      async ({ number, isSolved }, command) => {
        const read = readOrderNumber(number) ?? '';
        const value = await confirmOrder(deps, { number: read, isSolved }, command, deps.clock);
        if (value.status === 'closed' || value.status === 'reopened') onEvent?.();
        return { type: 'ok', value };
      },
    ),
    ...createChangeHandlers(deps),
    ...createComplaintHandlers(deps),
    [CHECK_ORDER]: {
      mustComplete: true,
      async run(command) {
        const parsed = checkArgsSchema.safeParse(command.args);
        if (!parsed.success) return { type: 'error', code: 'bad-arguments' };
        // The turn saw that it was due: a clock of ours that is behind must not say otherwise.
        const isDue = await checkOrder(deps, parsed.data.number, Math.max(deps.clock(), command.at));
        if (isDue) onEvent?.();
        return { type: 'ok', value: { isDue } };
      },
    },
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

/** What customers change of their own orders. A number that is none stands for an order that nobody may see. */
function createChangeHandlers(deps: WorkOrderDependencies): CommandHandlers {
  const { onEvent } = deps;
  const mustComplete = { mustComplete: true };
  return {
    'work-order.withdraw': operationHandler('work-order.withdraw', mustComplete, async (args, command) => {
      const value = await withdrawOrder(deps, { ...args, number: numberOf(args) }, command, deps.clock);
      if (value.status === 'withdrawn') onEvent?.();
      return { type: 'ok', value };
    }),
    'work-order.add': operationHandler('work-order.add', mustComplete, async (args, command) => {
      const value = await addRemark(deps, { ...args, number: numberOf(args) }, command, deps.clock);
      if (value.status === 'added') onEvent?.();
      return { type: 'ok', value };
    }),
    'work-order.reschedule': operationHandler(
      'work-order.reschedule',
      mustComplete,
      async (args, command) => {
        const value = await rescheduleOrder(deps, { ...args, number: numberOf(args) }, command, deps.clock);
        if (value.status === 'rescheduled') onEvent?.();
        return { type: 'ok', value };
      },
    ),
    'work-order.visits': operationHandler(
      'work-order.visits',
      { mustComplete: false },
      async (args, command) => ({
        type: 'ok',
        value: { slots: await listVisitsFor(deps, { ...args, number: numberOf(args) }, command, deps.clock) },
      }),
    ),
  };
}

/** The second time the first case goes on. */
function createComplaintHandlers(deps: WorkOrderDependencies): CommandHandlers {
  const { db, onEvent } = deps;
  return {
    'complaint.earlier': operationHandler(
      'complaint.earlier',
      { mustComplete: false },
      async (args, command) => ({ type: 'ok', value: await findEarlier(db, args, command) }),
    ),
    'complaint.continue': operationHandler(
      'complaint.continue',
      { mustComplete: true },
      async (args, command) => {
        const value = await continueComplaint(deps, { ...args, number: numberOf(args) }, command, deps.clock);
        if (value.status === 'continued') onEvent?.();
        return { type: 'ok', value };
      },
    ),
  };
}

const numberOf = ({ number }: { number: string }): string => readOrderNumber(number) ?? '';
