import type { AccountBook } from '../channels/accounts/account-book';
import { createWecomSender, type WecomSender } from '../channels/wecom/channel';
import type { Foundation } from './foundation';

/** What sends on WeCom. */
export interface Wecom {
  sender: WecomSender;
}

export function openWecom(
  { config, redis, files, clock, log }: Foundation,
  { maps, refresh }: AccountBook,
  sendText: Parameters<typeof createWecomSender>[0]['sendText'],
): Wecom {
  return {
    sender: createWecomSender({
      redis,
      shards: config.SHARDS,
      accounts: maps.wecom,
      learnAccounts: refresh,
      ...{ fetch, files, sendText, clock, log },
    }),
  };
}
