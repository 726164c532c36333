import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { type ReactNode, useState } from 'react';
import type { ChannelAccount } from '../../../../contract/channel-accounts';
import { useAdmin, useNotice } from '../context';
import { Copied } from './copied';
import type { Channels } from './use-channels';

interface CardProps {
  account: ChannelAccount;
  channels: Channels;
  onEdit: () => void;
}

/** One account: whether it serves, the address that the platform calls, and what can be done with it. */
export function AccountCard({ account, channels, onEdit }: CardProps) {
  const { words, settings } = useAdmin();
  const { channels: texts } = words;
  const { name, isOn, fault, callback, changedBy, changedAt, revision } = account;
  const isOwn = account.setIn === 'page';
  const when = new Date(changedAt ?? 0).toLocaleString(settings.locale === 'zh' ? 'zh-CN' : 'en');
  return (
    <li className="card">
      <p className="channel-name">
        <b>{name}</b>{' '}
        <span className={isOn && fault === null ? 'tag strong' : 'tag'}>
          {isOn ? texts.isOn : texts.isOff}
        </span>
        {!isOwn && <span className="tag">{texts.inServer}</span>}
        {changedBy !== null && <span className="quiet">{texts.changedBy(changedBy, when)}</span>}
      </p>
      {fault !== null && <p className="warn">{texts.faults[fault]}</p>}
      <p className="label">{texts.callback}</p>
      <Copied text={callback} />
      <Trial account={account} channels={channels}>
        {isOwn && (
          <Button size="small" onClick={onEdit}>
            {texts.change}
          </Button>
        )}
        {isOwn && revision !== null && <Switch account={account} channels={channels} />}
      </Trial>
    </li>
  );
}

/** Asking the platform, beside what else can be done. */
function Trial({ account, channels, children }: Omit<CardProps, 'onEdit'> & { children: ReactNode }) {
  const { channels: texts, shell } = useAdmin().words;
  const [told, setTold] = useState<{ text: string; isBad: boolean } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function attempt(): Promise<void> {
    setIsBusy(true);
    setTold(null);
    const answer = await channels.attempt(account);
    setIsBusy(false);
    if (answer.ok) setTold({ text: texts.trial(answer.value), isBad: answer.value.type !== 'ok' });
    else setTold({ text: texts.errors[answer.code] ?? shell.faults.failed ?? '', isBad: true });
  }
  return (
    <>
      <div className="actions">
        {account.isOn && account.fault === null && (
          <Button size="small" loading={isBusy} onClick={() => void attempt()}>
            {texts.try}
          </Button>
        )}
        {children}
      </div>
      <p role="status" className={told?.isBad ? 'warn' : 'quiet'}>
        {isBusy ? texts.trying : told?.text}
      </p>
    </>
  );
}

/** Switching it off and on again, and taking it away. */
function Switch({ account, channels }: Omit<CardProps, 'onEdit'>) {
  const { client, words } = useAdmin();
  const { channels: texts } = words;
  const say = useNotice();
  const { isOn, revision, settings } = account;
  const refused = (code: string) => client.store.dispatch({ type: 'notice', text: code, isBad: true });
  async function turn(): Promise<void> {
    const fault = await channels.save(account, { revision, isOn: !isOn, settings, secrets: {} });
    if (fault === null) say(texts.saved);
    else refused(fault);
  }
  async function remove(): Promise<void> {
    const fault = await channels.remove(account);
    if (fault === null) say(texts.removed);
    else refused(fault);
  }
  return (
    <>
      {settings !== null &&
        (isOn ? (
          <Popconfirm title={texts.off} description={texts.offHint} onConfirm={() => void turn()}>
            <Button size="small">{texts.off}</Button>
          </Popconfirm>
        ) : (
          <Button size="small" onClick={() => void turn()}>
            {texts.on}
          </Button>
        ))}
      <Popconfirm
        title={texts.remove}
        description={texts.removeHint}
        okButtonProps={{ danger: true }}
        onConfirm={() => void remove()}
      >
        <Button size="small" danger>
          {texts.remove}
        </Button>
      </Popconfirm>
    </>
  );
}
