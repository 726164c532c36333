import { useCallback, useEffect, useState } from 'react';
import type { AccountTrial, ChannelAccount, ChannelAccounts } from '../../../../contract/channel-accounts';
import type { Answer } from '../../client/answer';
import { useAdmin } from '../context';

/** What a page does with accounts of channels; each answers the code of what was wrong, null when it went well. */
export interface Channels {
  page: ChannelAccounts | null;
  isAway: boolean;
  read(): Promise<void>;
  save(account: Pick<ChannelAccount, 'vendor' | 'name'>, change: object): Promise<string | null>;
  remove(account: ChannelAccount): Promise<string | null>;
  /** Asks the platform; the code of what was wrong when the server itself refuses. */
  attempt(account: ChannelAccount): Promise<Answer<AccountTrial>>;
}

const PATH = '/admin/channels';
const pathOf = ({ vendor, name }: Pick<ChannelAccount, 'vendor' | 'name'>): string =>
  `${PATH}/${vendor}/${encodeURIComponent(name)}`;

export function useChannels(): Channels {
  const { client } = useAdmin();
  const [page, setPage] = useState<ChannelAccounts | null>(null);
  const [isAway, setIsAway] = useState(false);
  const take = useCallback((answer: Answer<ChannelAccounts>): string | null => {
    if (!answer.ok) return answer.code;
    setPage(answer.value);
    setIsAway(false);
    return null;
  }, []);
  const read = useCallback(async () => {
    setIsAway(take(await client.call<ChannelAccounts>('GET', PATH)) !== null);
  }, [client, take]);
  useEffect(() => void read(), [read]);
  return {
    page,
    isAway,
    read,
    save: async (account, change) => take(await client.call<ChannelAccounts>('PUT', pathOf(account), change)),
    remove: async (account) =>
      take(
        await client.call<ChannelAccounts>('DELETE', `${pathOf(account)}?revision=${account.revision ?? 0}`),
      ),
    attempt: (account) => client.call<AccountTrial>('POST', `${pathOf(account)}/try`, {}),
  };
}
