import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { Callback } from '../contract/operator-orders';
import {
  type SimulatorOrder,
  type SimulatorState,
  type Steer,
  steerSchema,
} from '../contract/operator-simulator';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { ChangeResult } from '../work-orders/clocks/change-order';
import type { OrderRecord } from '../work-orders/order-record';
import { KNOWN_PHONES } from './simulated-customers';
import { KNOWN_PLACES } from './simulated-network';
import type { SimulatedOperator } from './simulated-operator';

export const SIMULATOR_PATH = '/simulator/operator';
const BODY_LIMIT = 16 * 1024;
const HOUR_MS = 3600_000;
/** Who does what in the field when the page says so. */
const TECHNICIAN = { id: '0518', name: '李强', phone: null };

export interface OperatorSimulatorDependencies {
  simulated: SimulatedOperator;
  latestOrders: () => Promise<OrderRecord[]>;
  /** Does to an order what the operator's systems would tell of it. */
  tell: (told: Pick<Callback, 'number' | 'technician' | 'act'>) => Promise<ChangeResult>;
  timeZone: string;
  clock: () => number;
  log: Logger;
}

/**
 * What the page at `/simulator/operator` shows and asks for. It shows codes and orders to whoever opens it: registered
 * in development only. Bodies are JSON by their type, so that no page of others can steer it.
 */
export function registerOperatorSimulator(server: Server, deps: OperatorSimulatorDependencies): void {
  server.get(
    `${SIMULATOR_PATH}/state`,
    route(deps.log, async (_request, response) => sendJson(response, 200, await stateOf(deps))),
  );
  server.post(
    `${SIMULATOR_PATH}/steer`,
    route(deps.log, async (request, response) => {
      await steer(deps, parseBody(steerSchema, await readJson(request, BODY_LIMIT)));
      sendJson(response, 200, await stateOf(deps));
    }),
  );
}

const described = (known: Record<string, { what: string }>) =>
  Object.entries(known).map(([name, { what }]) => ({ name, what }));

async function stateOf(deps: OperatorSimulatorDependencies): Promise<SimulatorState> {
  const { simulated, timeZone } = deps;
  const { steering } = simulated;
  return {
    pace: steering.pace(),
    outages: steering.outages(),
    lines: steering.lines(),
    accounts: steering.accounts(),
    codes: simulated.sentCodes(),
    texts: simulated.sentTexts(),
    orders: (await deps.latestOrders()).map(shownOrder),
    phones: described(KNOWN_PHONES),
    places: described(KNOWN_PLACES),
    timeZone,
  };
}

const shownOrder = ({ field, pause, ...order }: OrderRecord): SimulatorOrder => ({
  number: order.number,
  kind: order.kind,
  status: order.status,
  summary: order.summary,
  address: order.address,
  isPaused: pause !== undefined,
  hasAccepted: field.hasAccepted,
  hasArrived: field.arrivedAt !== null,
  technician: field.technician?.name ?? null,
  updatedAt: order.updatedAt,
});

async function steer({ simulated, tell, clock }: OperatorSimulatorDependencies, wish: Steer): Promise<void> {
  const { steering } = simulated;
  switch (wish.type) {
    case 'pace':
      return steering.setPace(wish.pace);
    case 'outage': {
      const { place, isOut, hours, isPlanned } = wish;
      const cause = wish.cause ?? (isPlanned ? '计划内线路割接' : '光缆被施工挖断');
      return steering.setOutage({ place, isOut, cause, isPlanned, restoreAt: clock() + hours * HOUR_MS });
    }
    case 'line':
      return steering.setLine({ place: wish.place, outcome: wish.outcome });
    case 'account':
      return steering.setAccount(wish.phone, wish.standing);
    case 'forget':
      return steering.forget(wish.what, wish.place);
    case 'order': {
      const { number, act } = wish;
      const result = await tell({ number, technician: TECHNICIAN, act });
      if (result.status === 'changed') return;
      throw new AppError('conflict', `The order stays as it is: ${result.reason}.`);
    }
  }
}
