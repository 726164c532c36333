import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useState } from 'react';
import type { ChannelAccount, Vendor } from '../../../../contract/channel-accounts';
import {
  FIELDS,
  type Field,
  formOf,
  lacksOf,
  SECRETS,
  secretsOf,
  settingsOf,
} from '../../state/account-form';
import { useAdmin, useNotice } from '../context';
import { AccountField } from './account-field';
import { SecretField } from './secret-field';
import type { Channels } from './use-channels';

interface EditorProps {
  vendor: Vendor;
  /** Null: a new one. */
  account: ChannelAccount | null;
  channels: Channels;
  onDone: () => void;
}

/** The form of an account. What it lacks is marked once somebody has tried to save it. */
export function AccountEditor({ vendor, account, channels, onDone }: EditorProps) {
  const { channels: texts, shell } = useAdmin().words;
  const say = useNotice();
  const own = useId();
  const [form, setForm] = useState(() => formOf(vendor, account));
  const [isTried, setIsTried] = useState(false);
  const [showsRare, setShowsRare] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const lacks = lacksOf(form);
  const isLacking = (path: string): boolean => isTried && lacks.has(path);
  const rareLacks = FIELDS[vendor].some(({ path, isRare }) => isRare && isLacking(path));

  async function save(): Promise<void> {
    setIsTried(true);
    if (lacks.size > 0) return;
    setIsBusy(true);
    const refused = await channels.save(
      { vendor, name: form.name },
      {
        revision: account?.revision ?? null,
        isOn: account?.isOn ?? true,
        settings: settingsOf(form),
        secrets: secretsOf(form),
      },
    );
    setIsBusy(false);
    if (refused !== null)
      return setFault(texts.errors[refused] ?? shell.faults[refused] ?? shell.faults.failed ?? '');
    say(texts.saved);
    onDone();
  }
  const [identity, ...others] = FIELDS[vendor].filter(({ isRare }) => !isRare);
  const fields = (some: readonly (Field | undefined)[]) =>
    some
      .filter((field) => field !== undefined)
      .map((field) => (
        <AccountField
          key={field.path}
          field={field}
          value={form.values[field.path] ?? ''}
          isLacking={isLacking(field.path)}
          onChange={(value) => setForm((now) => ({ ...now, values: { ...now.values, [field.path]: value } }))}
        />
      ));
  return (
    <Modal
      open
      width={640}
      title={account ? texts.editing(account.name) : texts.add[vendor]}
      footer={null}
      onCancel={onDone}
      mask={{ closable: false }}
    >
      <form
        className="stacked account-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {account === null && (
          <>
            <label htmlFor={own}>{texts.name}</label>
            <Input
              id={own}
              value={form.name}
              autoFocus
              autoComplete="off"
              aria-invalid={isLacking('name')}
              onChange={({ target }) => setForm((now) => ({ ...now, name: target.value.trim() }))}
            />
            <p className={isLacking('name') ? 'warn' : 'hint'}>{texts.nameHint}</p>
          </>
        )}
        {fields([identity])}
        {SECRETS[vendor].map((name) => (
          <SecretField
            key={name}
            name={name}
            value={form.secrets[name] ?? ''}
            isKept={form.kept[name] ?? false}
            isLacking={isLacking(name)}
            onChange={(value) => setForm((now) => ({ ...now, secrets: { ...now.secrets, [name]: value } }))}
          />
        ))}
        {fields(others)}
        <Button
          type="link"
          className="more-settings"
          aria-expanded={showsRare || rareLacks}
          onClick={() => setShowsRare(!showsRare)}
        >
          {showsRare || rareLacks ? texts.less : texts.more}
        </Button>
        {(showsRare || rareLacks) && fields(FIELDS[vendor].filter(({ isRare }) => isRare))}
        {isTried && lacks.size > 0 && (
          <p className="warn" role="alert">
            {texts.lacks}
          </p>
        )}
        {fault !== null && (
          <p className="warn" role="alert">
            {fault}
          </p>
        )}
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {texts.save}
          </Button>
          <Button onClick={onDone}>{shell.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}
