import type { WecomAccount } from '../channels/wecom/account';
import { createWecomSender, startWecom, type WecomSender } from '../channels/wecom/channel';
import { registerWecomSimulator, SIMULATOR_API } from '../channels/wecom/routes-simulator';
import { createSimulatedAccount } from '../channels/wecom/simulator/development';
import type { Edge } from './channels';
import type { Engine } from './engine';
import type { Foundation } from './foundation';
import { transcribeOf } from './transcribe';

/** What sends on WeCom, for the accounts of the settings; development adds the one of its simulator. */
export interface Wecom {
  accounts: Map<string, WecomAccount>;
  sender: WecomSender;
}

export function openWecom(
  { config, redis, files, clock, log }: Foundation,
  sendText: Parameters<typeof createWecomSender>[0]['sendText'],
): Wecom {
  const accounts = new Map(config.WECOM_ACCOUNTS.map((account) => [account.name, account]));
  const shards = config.SHARDS;
  return {
    accounts,
    sender: createWecomSender({ redis, shards, accounts, fetch, files, sendText, clock, log }),
  };
}

export function startWecomChannel({ config, node, wecom, cleanup }: Engine, { server, mask }: Edge): void {
  const channel = startWecom(server, wecom.sender, { node, mask, transcribe: transcribeOf(config) });
  cleanup.add(channel.stop);
}

/** Registers the simulated WeCom; answers what is called once the server listens. */
export function registerSimulatedWecom(engine: Engine, { server }: Edge, ownUrl: () => string): () => void {
  const { keys, wecom, clock, log } = engine;
  const simulated = createSimulatedAccount({ key: keys.dataKey, ownUrl, clock });
  registerWecomSimulator(server, { ...simulated, log });
  return () => {
    const { account } = simulated;
    wecom.accounts.set(account.name, { ...account, apiBase: `${ownUrl()}${SIMULATOR_API}` });
  };
}
