import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { Wall } from '../../../../contract/supervision';
import { useDesk } from '../context';

interface ReassignBarProps {
  ids: string[];
  wall: Wall;
  onDone: () => Promise<void>;
}

/** Gives what was chosen to a colleague or a group, and says what could not be. */
export function ReassignBar({ ids, wall, onDone }: ReassignBarProps) {
  const { client, words, locale } = useDesk();
  const { lead } = words;
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const options = [
    ...wall.groups
      .filter(({ onDuty }) => onDuty > 0)
      .map(({ id, name }) => ({ value: `group:${id}`, label: name[locale] })),
    ...wall.agents
      .filter(({ isThere, presence }) => isThere && presence.status === 'online')
      .map(({ id, name }) => ({ value: `agent:${id}`, label: name })),
  ];
  async function reassign(): Promise<void> {
    if (to === null) return;
    const [kind, id = ''] = to.split(/:(.*)/s);
    const target = kind === 'group' ? { group: id } : { agentId: id };
    setIsBusy(true);
    const body = { conversationIds: ids, to: target, note };
    const answer = await client.call<{ results: { status: string }[] }>('POST', '/supervisor/reassign', {
      body,
    });
    setIsBusy(false);
    if (!answer) return;
    const refused = answer.results.filter(({ status }) => status === 'refused').length;
    const { dispatch } = client.store;
    const done = answer.results.length - refused;
    dispatch({ type: 'notice', text: 'said', detail: lead.reassigned(done), isBad: false });
    if (refused > 0)
      dispatch({ type: 'notice', text: 'said', detail: lead.notReassigned(refused), isBad: true });
    await onDone();
  }
  return (
    <div className="reassign">
      <span>{lead.chosen(ids.length)}</span>
      <Select
        size="small"
        aria-label={lead.reassignTo}
        placeholder={lead.reassignTo}
        value={to}
        options={options}
        onChange={setTo}
      />
      <Input
        size="small"
        aria-label={lead.reassignNote}
        placeholder={lead.reassignNote}
        maxLength={500}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Button
        size="small"
        type="primary"
        disabled={to === null}
        loading={isBusy}
        onClick={() => void reassign()}
      >
        {lead.reassign}
      </Button>
    </div>
  );
}
