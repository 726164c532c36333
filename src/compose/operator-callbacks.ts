import { applyCallback } from '../operator/apply-callback';
import { readOperatorSettings } from '../operator/http/settings';
import { registerCallbacks } from '../operator/routes-callbacks';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** The way in for the operator's systems, where they have an address and a secret. */
export function registerOperatorCallbacks(
  { config, db, policies, wakeOrders, clock, log }: Engine,
  { server }: Edge,
): void {
  const settings = readOperatorSettings(config);
  if (settings === null) return;
  registerCallbacks(server, {
    apply: (callback) => applyCallback({ db, policies }, callback, clock),
    onEvent: wakeOrders,
    secrets: settings.secrets,
    clock,
    log,
  });
}
