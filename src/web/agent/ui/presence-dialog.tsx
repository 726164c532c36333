import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Radio from 'antd/es/radio';
import { useEffect, useId, useState } from 'react';
import { MISSED, type PresenceStatus, presenceStatusSchema } from '../../../contract/desk';
import { useDesk, useDeskState } from './context';
import { usePage } from './page';

const LARGEST = 10;

/** Whether the agent is there, why not, and how many conversations they take at once. */
export function PresenceDialog() {
  const { client, words } = useDesk();
  const { shell } = words;
  const page = usePage();
  const me = useDeskState((state) => state.me);
  const isOpen = page.overlay === 'presence';
  const [status, setStatus] = useState<PresenceStatus>('online');
  const [reason, setReason] = useState('');
  const [capacity, setCapacity] = useState(4);
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stays when news come in meanwhile
  useEffect(() => {
    if (!isOpen || !me) return;
    setStatus(me.presence.status);
    setReason(me.presence.reason === MISSED ? '' : (me.presence.reason ?? ''));
    setCapacity(me.presence.capacity);
  }, [isOpen]);
  async function save(): Promise<void> {
    const why = status === 'online' ? null : reason.trim() || null;
    if (await client.setPresence({ status, reason: why, capacity })) page.show(null);
  }
  return (
    <Modal
      open={isOpen}
      title={shell.presence}
      okText={shell.save}
      cancelText={shell.cancel}
      onCancel={() => page.show(null)}
      onOk={() => void save()}
      destroyOnHidden
    >
      <Radio.Group
        className="choices"
        aria-label={shell.presence}
        value={status}
        onChange={({ target }) => setStatus(target.value)}
        options={presenceStatusSchema.options.map((value) => ({
          value,
          label: `${shell.statuses[value]} · ${shell.statusHints[value]}`,
        }))}
      />
      {status !== 'online' && (
        <>
          <label htmlFor={`${id}r`}>{shell.presenceReason}</label>
          <Input
            id={`${id}r`}
            maxLength={100}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </>
      )}
      <label htmlFor={`${id}c`}>{shell.capacity}</label>
      <Input
        id={`${id}c`}
        type="number"
        min={1}
        max={LARGEST}
        value={capacity}
        onChange={({ target }) => setCapacity(Math.min(LARGEST, Math.max(1, Number(target.value) || 1)))}
      />
    </Modal>
  );
}
