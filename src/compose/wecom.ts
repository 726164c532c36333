import type { WecomAccount } from '../channels/wecom/account';
import { createWecomSender, type WecomSender } from '../channels/wecom/channel';
import type { Foundation } from './foundation';

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
