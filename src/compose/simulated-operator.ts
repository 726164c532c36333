import { serveOperator } from '../operator/http/serve-operator';
import { readOperatorSettings } from '../operator/http/settings';
import { registerSimulatorPage } from '../operator/routes';
import { registerOperatorApi } from '../operator/routes-api';
import type { SimulatedOperator } from '../operator/simulated-operator';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** Below it the simulated operator answers as a real one would: `OPERATOR_URL` may lead there. */
export const SIMULATED_API = '/simulator/operator/api';

/** The operator as a developer has it. */
export function registerSimulatedOperator(
  { config, clock, log }: Engine,
  { server }: Edge,
  simulated: SimulatedOperator,
): void {
  registerSimulatorPage(server, { sentCodes: simulated.sentCodes, timeZone: config.TIME_ZONE, log });
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
