import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useEffect, useId, useState } from 'react';
import { useDesk, useDeskState } from './context';

/** Taking one more than one's own number asks why; the reason is kept. */
export function BeyondDialog() {
  const { client, words } = useDesk();
  const { talk, shell } = words;
  const beyondId = useDeskState((state) => state.beyondId);
  const [reason, setReason] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  useEffect(() => {
    if (beyondId) setReason('');
  }, [beyondId]);
  const cancel = () => client.store.dispatch({ type: 'beyond', id: null });
  async function take(): Promise<void> {
    if (!beyondId) return;
    setIsBusy(true);
    await client.claim(beyondId, reason.trim());
    setIsBusy(false);
    // Taken by somebody else meanwhile: that was said, and there is nothing left to ask.
    cancel();
  }
  return (
    <Modal
      open={beyondId !== null}
      title={talk.beyondTitle}
      okText={talk.take}
      okButtonProps={{ disabled: reason.trim() === '' }}
      cancelText={shell.cancel}
      confirmLoading={isBusy}
      onCancel={cancel}
      onOk={() => void take()}
      destroyOnHidden
    >
      <p className="hint">{talk.beyondHint}</p>
      <label htmlFor={id}>{talk.beyondReason}</label>
      <Input
        id={id}
        autoFocus
        maxLength={200}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        onPressEnter={() => reason.trim() !== '' && void take()}
      />
    </Modal>
  );
}
