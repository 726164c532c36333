import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Radio from 'antd/es/radio';
import { useEffect, useId, useState } from 'react';
import type { Colleague, GroupView, TransferTo } from '../../../contract/desk';
import { useDesk, useDeskState } from './context';
import { useStep } from './use-step';

const ANYBODY = 'any';
type Targets = { agents: Colleague[]; groups: GroupView[] };

/** `group:<id>` and `agent:<id>`, as the choices name them. */
function targetOf(chosen: string): TransferTo | undefined {
  const [kind, id = ''] = chosen.split(/:(.*)/s);
  if (kind === 'group') return { group: id };
  return kind === 'agent' ? { agentId: id } : undefined;
}

/** Passes the conversation to whoever is free, a skill group (the supervisors' too) or a colleague who takes something new. */
export function TransferDialog() {
  const { client, words, locale } = useDesk();
  const { talk, shell } = words;
  const { isOpen, isBusy, cancel, take } = useStep('transfer');
  const own = useDeskState((state) => state.account?.id);
  const [targets, setTargets] = useState<Targets | null | 'loading'>('loading');
  const [chosen, setChosen] = useState(ANYBODY);
  const [note, setNote] = useState('');
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    setChosen(ANYBODY);
    setTargets('loading');
    void client.targets().then(setTargets);
  }, [isOpen, client]);
  const known = targets === 'loading' ? null : targets;
  const groups = (known?.groups ?? []).map(({ id: group, name, onDuty }) => ({
    value: `group:${group}`,
    label: `${name[locale]} (${onDuty > 0 ? talk.onDuty(onDuty) : talk.nobodyOnDuty})`,
    disabled: onDuty === 0,
  }));
  const agents = (known?.agents ?? [])
    .filter((agent) => agent.id !== own && agent.isThere)
    .map(({ id: agentId, name, presence, openCount }) => ({
      value: `agent:${agentId}`,
      label: `${name} (${shell.statuses[presence.status]}, ${shell.capacityUsed(openCount, presence.capacity)})`,
      disabled: presence.status !== 'online',
    }));
  async function transfer(): Promise<void> {
    if (await take('/transfer', { note, to: targetOf(chosen) })) setNote('');
  }
  return (
    <Modal
      open={isOpen}
      title={talk.transfer}
      okText={talk.transfer}
      cancelText={shell.cancel}
      confirmLoading={isBusy}
      onCancel={cancel}
      onOk={() => void transfer()}
      destroyOnHidden
    >
      <p className="hint">{talk.transferHint}</p>
      {targets === 'loading' && <p role="status">{shell.loading}</p>}
      {targets === null && <p role="alert">{shell.targetsNotRead}</p>}
      <Radio.Group
        className="choices"
        aria-label={talk.transferTo}
        value={chosen}
        onChange={({ target }) => setChosen(String(target.value))}
      >
        <Radio value={ANYBODY}>{talk.anyAgent}</Radio>
        {groups.length > 0 && <h3>{talk.groups}</h3>}
        {groups.map(({ value, label, disabled }) => (
          <Radio key={value} value={value} disabled={disabled}>
            {label}
          </Radio>
        ))}
        {agents.length > 0 && <h3>{talk.agents}</h3>}
        {agents.map(({ value, label, disabled }) => (
          <Radio key={value} value={value} disabled={disabled}>
            {label}
          </Radio>
        ))}
      </Radio.Group>
      <label htmlFor={id}>{talk.transferNote}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={500}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </Modal>
  );
}
