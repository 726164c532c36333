import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { registerPages, registerRedirect } from '../http/pages';
import { applyCallback } from '../operator/apply-callback';
import { serveOperator } from '../operator/http/serve-operator';
import { readOperatorSettings } from '../operator/http/settings';
import { registerOperatorApi } from '../operator/routes-api';
import { registerOperatorSimulator, SIMULATOR_PATH } from '../operator/routes-simulator';
import type { SimulatedOperator } from '../operator/simulated-operator';
import { readLatestOrders } from '../work-orders/read-orders';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** The page as it was bundled, wherever this file runs from. */
const PAGE = join(__dirname, '../../dist/web/operator-simulator');
/** Below it the simulated operator answers as a real one would: `OPERATOR_URL` may lead there. */
export const SIMULATED_API = `${SIMULATOR_PATH}/api`;
const ORDERS_SHOWN = 20;

/** The operator as a developer has it: the page that steers it, and its API. */
export function registerSimulatedOperator(
  { config, db, policies, wakeOrders, clock, log }: Engine,
  { server }: Edge,
  simulated: SimulatedOperator,
): void {
  registerPages(server, SIMULATOR_PATH, PAGE);
  registerRedirect(server, '/simulator/codes', SIMULATOR_PATH);
  registerOperatorSimulator(server, {
    simulated,
    latestOrders: () => readLatestOrders(db, ORDERS_SHOWN),
    tell: async (told) => {
      const callback = { ...told, id: randomUUID(), at: clock() };
      const result = await applyCallback({ db, policies }, callback, clock);
      wakeOrders();
      return result;
    },
    timeZone: config.TIME_ZONE,
    clock,
    log,
  });
  const settings = readOperatorSettings(config);
  if (settings === null) return;
  const { secrets } = settings;
  registerOperatorApi(server, {
    base: SIMULATED_API,
    answers: serveOperator(simulated),
    secrets,
    clock,
    log,
  });
}
