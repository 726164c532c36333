import { registerWecomSimulator, SIMULATOR_API } from '../channels/wecom/routes-simulator';
import { createSimulatedAccount } from '../channels/wecom/simulator/development';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** Registers the simulated WeCom; answers what is called once the server listens. */
export function registerSimulatedWecom(engine: Engine, { server }: Edge, ownUrl: () => string): () => void {
  const { keys, channelAccounts, clock, log } = engine;
  const simulated = createSimulatedAccount({ key: keys.dataKey, ownUrl, clock });
  registerWecomSimulator(server, { ...simulated, log });
  return () => {
    const { account } = simulated;
    channelAccounts.maps.wecom.set(account.name, { ...account, apiBase: `${ownUrl()}${SIMULATOR_API}` });
  };
}
