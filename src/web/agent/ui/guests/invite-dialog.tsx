import Checkbox from 'antd/es/checkbox';
import Modal from 'antd/es/modal';
import Radio from 'antd/es/radio';
import { useEffect, useState } from 'react';
import type { Colleague } from '../../../../contract/desk';
import type { Conversation } from '../../state/types';
import { useDesk, useDeskState } from '../context';
import { useStep } from '../use-step';

/** Asks a colleague who is at the desk into the conversation, which stays the agent's. */
export function InviteDialog({ view }: { view: Conversation }) {
  const { client, words } = useDesk();
  const { guests: talk, shell } = words;
  const { isOpen, isBusy, cancel, take } = useStep('invite');
  const own = useDeskState((state) => state.account?.id);
  const [agents, setAgents] = useState<Colleague[] | null | 'loading'>('loading');
  const [chosen, setChosen] = useState('');
  const [mayWrite, setMayWrite] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    setChosen('');
    setMayWrite(false);
    setAgents('loading');
    void client.targets().then((targets) => setAgents(targets?.agents ?? null));
  }, [isOpen, client]);
  const there = (Array.isArray(agents) ? agents : []).filter(
    ({ id, isThere, presence }) => id !== own && isThere && ['online', 'busy'].includes(presence.status),
  );
  const rightOf = (id: string): string => {
    const guest = view.guests.find(({ agentId }) => agentId === id);
    return guest ? `, ${guest.mayWrite ? talk.writes : talk.reads}` : '';
  };
  return (
    <Modal
      open={isOpen}
      title={talk.inviteTitle}
      okText={talk.invite}
      okButtonProps={{ disabled: chosen === '' }}
      cancelText={shell.cancel}
      confirmLoading={isBusy}
      onCancel={cancel}
      onOk={() => void take('/invite', { agentId: chosen, mayWrite })}
      destroyOnHidden
    >
      <p className="hint">{talk.inviteHint}</p>
      {agents === 'loading' && <p role="status">{shell.loading}</p>}
      {agents === null && <p role="alert">{shell.notRead}</p>}
      {Array.isArray(agents) && there.length === 0 && <p role="status">{talk.nobody}</p>}
      <Radio.Group
        className="choices"
        aria-label={talk.whom}
        value={chosen}
        onChange={({ target }) => setChosen(String(target.value))}
      >
        {there.map(({ id, name, presence }) => (
          <Radio key={id} value={id}>
            {`${name} (${shell.statuses[presence.status]}${rightOf(id)})`}
          </Radio>
        ))}
      </Radio.Group>
      <Checkbox checked={mayWrite} onChange={({ target }) => setMayWrite(target.checked)}>
        {talk.mayWrite}
      </Checkbox>
    </Modal>
  );
}
