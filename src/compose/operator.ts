import { setTimeout as pause } from 'node:timers/promises';
import type { OperatorCalls } from '../operator/http/call';
import { createHttpOperator } from '../operator/http/http-operator';
import { readOperatorSettings, readTimeouts } from '../operator/http/settings';
import type { Operator } from '../operator/operator';
import { createSimulatedOperator, type SimulatedOperator } from '../operator/simulated-operator';
import { readAppointmentSettings } from '../operator/tmforum/appointment-settings';
import { lapseHolds } from '../operator/tmforum/lapse-holds';
import { createTicketSystem, type TicketSystem } from '../operator/tmforum/send-ticket';
import { readTicketSettings } from '../operator/tmforum/settings';
import type { TmforumVisits } from '../operator/tmforum/tmforum-visits';
import { startLoop } from '../turns/shard-duty';
import { readDispatch, reviveDispatch } from '../work-orders/dispatch/dispatch-store';
import { createSendOrders } from '../work-orders/dispatch/send-orders';
import { switchDispatch } from '../work-orders/dispatch/write-dispatch';
import type { Base, Foundation } from './foundation';

/** Loaded when there is a real operator: the circuit breaker of its calls costs every other start. */
const loadCalls = (): typeof import('../operator/http/call') => require('../operator/http/call');
const loadVisits = (): typeof import('../operator/tmforum/tmforum-visits') =>
  require('../operator/tmforum/tmforum-visits');

export interface OperatorSide {
  operator: Operator;
  /** Its calls; null when the operator is simulated in this process. */
  operatorCalls: OperatorCalls | null;
  /** The calendar that visits are on; null when it is the operator's by its other calls. */
  visitCalendar: TmforumVisits | null;
  /** Also beside a real one in development, to be called as one. */
  simulatedOperator: SimulatedOperator | null;
}

/**
 * The operator's systems: by HTTP where they have an address, else simulated; visits perhaps on a calendar apart. What
 * only a real one needs is loaded only for one.
 */
export function openOperator(base: Base): OperatorSide {
  const visitCalendar = openVisitCalendar(base);
  const side = openMainOperator(base);
  const operator = visitCalendar ? { ...side.operator, ...visitCalendar.visits } : side.operator;
  return { ...side, visitCalendar, operator };
}

function openMainOperator(base: Base): Omit<OperatorSide, 'visitCalendar'> {
  const { config, clock, log, cleanup } = base;
  const settings = readOperatorSettings(config);
  if (settings === null) {
    const simulatedOperator = simulate(base);
    return { operator: simulatedOperator, operatorCalls: null, simulatedOperator };
  }
  const { createOperatorCalls } = loadCalls();
  const operatorCalls = createOperatorCalls({ fetch, settings, clock, random: Math.random, pause, log });
  cleanup.add(() => operatorCalls.close());
  const simulatedOperator = config.NODE_ENV === 'production' ? null : simulate(base);
  return { operator: createHttpOperator(operatorCalls), operatorCalls, simulatedOperator };
}

const LAPSE_EVERY_MS = 60_000;

/** The calendar of TMF646, with the loop that ends its holds. */
function openVisitCalendar({ config, clock, log, cleanup }: Base): TmforumVisits | null {
  const settings = readAppointmentSettings(config, readTimeouts(config));
  if (settings === null) return null;
  const deps = { fetch, settings, clock, random: Math.random, pause, log };
  const { createTmforumVisits } = loadVisits();
  const calendar = createTmforumVisits(deps);
  cleanup.add(() => calendar.close());
  const round = async () => {
    await lapseHolds(deps);
    return false;
  };
  const loop = startLoop({ name: 'holds of visits', everyMs: LAPSE_EVERY_MS, log, round });
  cleanup.add(loop.stop);
  return calendar;
}

const simulate = ({ config, clock }: Base): SimulatedOperator =>
  createSimulatedOperator({
    seed: config.OPERATOR_SEED,
    clock,
    timeZone: config.TIME_ZONE,
    lineTestMs: config.OPERATOR_LINE_TEST_MS,
  });

/** The ticket system that work orders go to; null when there is none. */
export function openTickets(config: Base['config']): TicketSystem | null {
  const settings = readTicketSettings(config);
  return settings && createTicketSystem(fetch, settings);
}

/** Tells the operator's systems of work orders, where they have an address. Answers what wakes it. */
export async function startDispatch(
  { config, db, clock, log, cleanup }: Foundation,
  { operator, operatorCalls }: OperatorSide,
): Promise<() => void> {
  const tickets = openTickets(config);
  const isDispatched = tickets !== null || operatorCalls !== null;
  await switchDispatch(db, isDispatched);
  if (!isDispatched) return () => undefined;
  const dispatch = tickets?.send ?? operator.dispatchOrder;
  const send = createSendOrders({ db, send: dispatch, clock, random: Math.random, log });
  const loop = startLoop({
    name: 'order dispatch',
    everyMs: 1000,
    log,
    round: async () => (await send()) > 0,
  });
  cleanup.add(loop.stop);
  return loop.wake;
}

const SHOWN = 200;

/** How the operator's systems stand, for supervisors; and a second try for what was given up. */
export const operatorDesk = ({ db, clock }: Foundation, { operatorCalls, visitCalendar }: OperatorSide) => ({
  readState: async () => ({
    isSimulated: operatorCalls === null,
    restingCalls: [...(operatorCalls?.restingCalls() ?? []), ...(visitCalendar?.restingCalls() ?? [])],
    orders: await readDispatch(db, SHOWN),
  }),
  revive: (message: { number: string; version: number }) => reviveDispatch(db, message, clock()),
});
