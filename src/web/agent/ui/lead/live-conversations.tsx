import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import type { LiveConversation, Wall } from '../../../../contract/supervision';
import { newId } from '../../../shared/outgoing';
import { spanWords } from '../../state/span-words';
import { useDesk, useMay } from '../context';
import { usePage } from '../page';
import { ReassignBar } from './reassign-bar';

/** Every conversation that waits or that an agent has: to be read silently, taken over, or given to others in bulk. */
export function LiveConversations({ wall, onChanged }: { wall: Wall; onChanged: () => Promise<void> }) {
  const { lead } = useDesk().words;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { conversations, agents } = wall;
  const ids = conversations.map(({ conversationId }) => conversationId).filter((id) => chosen.has(id));
  const nameOf = (agentId: string | null) => agents.find(({ id }) => id === agentId)?.name ?? agentId ?? '';
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  async function reassigned(): Promise<void> {
    setChosen(new Set());
    await onChanged();
  }
  return (
    <section>
      <h2>
        {lead.live} <span className="count">{conversations.length}</span>
      </h2>
      {ids.length > 0 && <ReassignBar ids={ids} wall={wall} onDone={reassigned} />}
      {conversations.length === 0 ? (
        <p className="empty">{lead.noLive}</p>
      ) : (
        <table className="live">
          <tbody>
            {conversations.map((row) => (
              <Row
                key={row.conversationId}
                row={row}
                at={wall.at}
                agentName={nameOf(row.agentId)}
                isChosen={chosen.has(row.conversationId)}
                onToggle={() => toggle(row.conversationId)}
                onChanged={onChanged}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface RowProps {
  row: LiveConversation;
  at: number;
  agentName: string;
  isChosen: boolean;
  onToggle: () => void;
  onChanged: () => Promise<void>;
}

function Row({ row, at, agentName, isChosen, onToggle, onChanged }: RowProps) {
  const { client, words, locale } = useDesk();
  const { lead, shell } = words;
  const page = usePage();
  const mayLead = useMay('wall.lead');
  const { conversationId, owner, priority, since, lastText } = row;
  function look(): void {
    page.show(null);
    client.open(conversationId);
  }
  async function takeOver(): Promise<void> {
    const path = `/supervisor/conversations/${encodeURIComponent(conversationId)}/take-over`;
    const done = await client.call('POST', path, { body: { clientId: newId() } });
    if (done) look();
    else await onChanged();
  }
  return (
    <tr className={priority === 'danger' ? 'warn' : ''}>
      <td>
        {mayLead && (
          <input type="checkbox" checked={isChosen} aria-label={lead.choose(lastText)} onChange={onToggle} />
        )}
      </td>
      <td className="said">{lastText}</td>
      <td>{owner === 'queued' ? <span className="tag strong">{lead.queued}</span> : agentName}</td>
      <td>{spanWords(at - since, locale)}</td>
      <td className="row-acts">
        <Button size="small" onClick={look}>
          {lead.look}
        </Button>
        {mayLead && (
          <Popconfirm
            title={lead.takeOverAsk(owner === 'queued' ? lead.queued : agentName)}
            okText={lead.takeOver}
            cancelText={shell.cancel}
            onConfirm={() => void takeOver()}
          >
            <Button size="small">{lead.takeOver}</Button>
          </Popconfirm>
        )}
      </td>
    </tr>
  );
}
