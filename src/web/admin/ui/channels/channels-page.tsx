import Button from 'antd/es/button';
import { useState } from 'react';
import type { ChannelAccount, Vendor } from '../../../../contract/channel-accounts';
import { useAdmin } from '../context';
import { AccountCard } from './account-card';
import { AccountEditor } from './account-editor';
import { Copied } from './copied';
import { useChannels } from './use-channels';

const VENDORS: readonly Vendor[] = ['wechat', 'wecom'];

/** Where customers come from: accounts of WeChat and WeCom, and what else is on. */
export function ChannelsPage() {
  const { channels: texts, shell } = useAdmin().words;
  const channels = useChannels();
  const [edited, setEdited] = useState<{ vendor: Vendor; account: ChannelAccount | null } | null>(null);
  const { page, isAway, read } = channels;
  if (!page)
    return (
      <main className="admin-empty">
        <p role="status">{isAway ? shell.faults.unreachable : shell.loading}</p>
        {isAway && <Button onClick={() => void read()}>{shell.again}</Button>}
      </main>
    );
  return (
    <main className="versions-page channels-page">
      <section>
        <h2>{texts.title}</h2>
        <p className="quiet">{texts.hint}</p>
      </section>
      {VENDORS.map((vendor) => {
        const own = page.accounts.filter((account) => account.vendor === vendor);
        return (
          <section key={vendor} aria-label={texts.vendors[vendor]}>
            <div className="channel-head">
              <h3>{texts.vendors[vendor]}</h3>
              <Button onClick={() => setEdited({ vendor, account: null })}>{texts.add[vendor]}</Button>
            </div>
            {own.length === 0 && <p className="quiet">{texts.none[vendor]}</p>}
            <ul className="channel-accounts">
              {own.map((account) => (
                <AccountCard
                  key={account.setIn + account.name}
                  account={account}
                  channels={channels}
                  onEdit={() => setEdited({ vendor, account })}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <section aria-label={texts.others}>
        <h3>{texts.others}</h3>
        <p className="quiet">{texts.othersHint}</p>
        <ul className="channel-accounts">
          {page.others.map(({ channel, isOn, address }) => (
            <li key={channel} className="card">
              <p className="channel-name">
                <b>{texts.otherNames[channel]}</b>{' '}
                <span className={isOn ? 'tag strong' : 'tag'}>{isOn ? texts.isOn : texts.notSet}</span>
              </p>
              {address !== null && <Copied text={address} />}
            </li>
          ))}
        </ul>
      </section>
      {edited && (
        <AccountEditor
          key={`${edited.vendor}/${edited.account?.name ?? ''}`}
          {...edited}
          channels={channels}
          onDone={() => setEdited(null)}
        />
      )}
    </main>
  );
}
