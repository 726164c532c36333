import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useEffect, useId, useState } from 'react';
import type { Account } from '../../../../accounts/account';
import { useDesk } from '../context';
import { type AccountData, AccountFields, sentOf } from './account-fields';

const EMPTY: AccountData = { name: '', role: 'agent', site: '', team: '', places: '' };

interface NewAccountProps {
  isOpen: boolean;
  onClose: () => void;
  onAdded: (id: string) => void;
}

/** Adds somebody, and shows the link by which they set their password. */
export function NewAccount({ isOpen, onClose, onAdded }: NewAccountProps) {
  const { client, words } = useDesk();
  const { accounts: texts, shell } = words;
  const [data, setData] = useState(EMPTY);
  const [login, setLogin] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    setData(EMPTY);
    setLogin('');
    setFault(null);
    setLink(null);
  }, [isOpen]);
  async function add(): Promise<void> {
    setIsBusy(true);
    const body = { ...sentOf(data), login };
    const answer = await client.tryCall<{ account: Account; link: string }>('POST', '/accounts', body);
    setIsBusy(false);
    if (!answer.ok) return setFault(answer.code);
    setLink(answer.value.link);
    onAdded(answer.value.account.id);
  }
  const isDone = link !== null;
  return (
    <Modal
      open={isOpen}
      title={texts.addTitle}
      okText={isDone ? shell.close : texts.add}
      okButtonProps={{ disabled: !isDone && (login.trim() === '' || data.name.trim() === '') }}
      cancelText={shell.cancel}
      cancelButtonProps={isDone ? { style: { display: 'none' } } : undefined}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => (isDone ? onClose() : void add())}
      destroyOnHidden
    >
      {isDone ? (
        <PasswordLink link={link} />
      ) : (
        <>
          <p className="hint">{texts.addHint}</p>
          <label htmlFor={id}>{texts.login}</label>
          <Input id={id} maxLength={100} value={login} onChange={({ target }) => setLogin(target.value)} />
          <AccountFields data={data} onChange={setData} />
          {fault && (
            <p className="warn" role="alert">
              {texts.faults[fault] ?? texts.faults.other}
            </p>
          )}
        </>
      )}
    </Modal>
  );
}

/** A link that is shown once, ready to be copied. */
export function PasswordLink({ link }: { link: string }) {
  const { accounts: texts } = useDesk().words;
  return (
    <div className="password-link" role="status">
      <p>{texts.linkIs}</p>
      <Input readOnly aria-label={texts.link} value={link} onFocus={({ target }) => target.select()} />
    </div>
  );
}
