import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useCallback, useEffect, useState } from 'react';
import type { Account } from '../../../../accounts/account';
import { matchAccounts } from '../../state/match-accounts';
import { useDesk } from '../context';
import { OverPage } from '../over-page';
import { usePage } from '../page';
import { NewAccount } from './new-account';
import { OneAccount } from './one-account';

/** Who works here, for admins: over the desk, which stays where it was. */
export function AccountsPage() {
  const page = usePage();
  return page.overlay === 'accounts' ? <OpenAccounts /> : null;
}

function OpenAccounts() {
  const { client, words } = useDesk();
  const { accounts: texts, shell } = words;
  const [accounts, setAccounts] = useState<Account[] | null | 'loading'>('loading');
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const read = useCallback(async () => {
    setAccounts((await client.call<{ accounts: Account[] }>('GET', '/accounts'))?.accounts ?? null);
  }, [client]);
  useEffect(() => void read(), [read]);
  const all = Array.isArray(accounts) ? accounts : [];
  const found = matchAccounts(all, sought);
  const account = all.find(({ id }) => id === chosen);
  const beside = Array.isArray(accounts) && <span className="quiet">{texts.count(all.length)}</span>;
  return (
    <OverPage title={texts.title} beside={beside}>
      <div className="accounts">
        <section aria-label={texts.title}>
          <p className="actions">
            <Input
              type="search"
              aria-label={texts.search}
              placeholder={texts.search}
              value={sought}
              onChange={({ target }) => setSought(target.value)}
            />
            <Button type="primary" onClick={() => setIsAdding(true)}>
              {texts.add}
            </Button>
          </p>
          {accounts === 'loading' && <p role="status">{shell.loading}</p>}
          {accounts === null && (
            <p role="alert">
              {shell.notRead} <Button onClick={() => void read()}>{words.talk.retry}</Button>
            </p>
          )}
          {Array.isArray(accounts) && found.length === 0 && <p className="empty">{texts.nobody}</p>}
          <ul>
            {found.map((each) => (
              <AccountRow
                key={each.id}
                account={each}
                isChosen={each.id === chosen}
                onChoose={() => setChosen(each.id)}
              />
            ))}
          </ul>
        </section>
        {account ? (
          <OneAccount key={account.id} account={account} onChange={read} />
        ) : (
          <p className="empty">{texts.choose}</p>
        )}
      </div>
      <NewAccount
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        onAdded={(id) => void read().then(() => setChosen(id))}
      />
    </OverPage>
  );
}

function AccountRow({
  account,
  isChosen,
  onChoose,
}: {
  account: Account;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const { accounts: texts } = useDesk().words;
  const { name, login, role, site, team, disabledAt, hasPassword, hasSecondFactor } = account;
  const place = [site, team].filter(Boolean).join(' · ');
  return (
    <li>
      <button type="button" aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
        <b>{name}</b> <span className="quiet">{login}</span>
        <span className="spring" />
        {disabledAt !== null && <span className="tag strong">{texts.disabled}</span>}
        {disabledAt === null && !hasPassword && <span className="tag">{texts.noPassword}</span>}
        {hasSecondFactor && <span className="tag">{texts.factor}</span>}
        <span className="quiet">
          {texts.roles[role]}
          {place && ` · ${place}`}
        </span>
      </button>
    </li>
  );
}
