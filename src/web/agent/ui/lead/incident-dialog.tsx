import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useState } from 'react';
import { momentOf, wallClockOf } from '../../state/wall-clock';
import { useDesk, useDeskState } from '../context';
import type { IncidentAct, IncidentRow } from './incident-row';

interface IncidentDialogProps {
  incident: IncidentRow;
  act: IncidentAct;
  onClose: () => void;
}

const TWO_HOURS_MS = 2 * 3600_000;

/** Words and time that customers are told, or why it is none. */
export function IncidentDialog({ incident, act, onClose }: IncidentDialogProps) {
  const { client, words } = useDesk();
  const { lead, shell } = words;
  const { timeZone } = useDeskState((state) => state.settings);
  const [zh, setZh] = useState(incident.text?.zh ?? '');
  const [en, setEn] = useState(incident.text?.en ?? '');
  const [time, setTime] = useState(() =>
    wallClockOf(incident.expectedAt ?? Date.now() + client.clockOffset() + TWO_HOURS_MS, timeZone),
  );
  const [reason, setReason] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  const isDismissal = act === 'dismiss';
  const expectedAt = momentOf(time, timeZone);
  const isWhole = isDismissal
    ? reason.trim() !== ''
    : zh.trim() !== '' && en.trim() !== '' && expectedAt !== null;
  async function decide(): Promise<void> {
    const { version } = incident;
    const body = isDismissal ? { version, reason } : { version, text: { zh, en }, expectedAt };
    setIsBusy(true);
    const done = await client.call('POST', `/agent/incidents/${incident.id}/${act}`, { body });
    setIsBusy(false);
    if (done) onClose();
  }
  return (
    <Modal
      open
      title={`${lead[act]} · ${incident.area}`}
      okText={lead[act]}
      cancelText={shell.cancel}
      okButtonProps={{ disabled: !isWhole }}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => void decide()}
    >
      {isDismissal ? (
        <>
          <label htmlFor={`${id}r`}>{lead.dismissReason}</label>
          <Input
            id={`${id}r`}
            autoFocus
            maxLength={300}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </>
      ) : (
        <>
          <label htmlFor={`${id}z`}>{lead.causeZh}</label>
          <Input
            id={`${id}z`}
            autoFocus
            maxLength={24}
            value={zh}
            onChange={({ target }) => setZh(target.value)}
          />
          <label htmlFor={`${id}e`}>{lead.causeEn}</label>
          <Input id={`${id}e`} maxLength={80} value={en} onChange={({ target }) => setEn(target.value)} />
          <label htmlFor={`${id}t`}>{lead.expectedAt}</label>
          <Input
            id={`${id}t`}
            type="datetime-local"
            value={time}
            onChange={({ target }) => setTime(target.value)}
          />
        </>
      )}
    </Modal>
  );
}
