import Select from 'antd/es/select';
import type { Colleague, PresenceStatus } from '../../../../contract/desk';
import { useDesk, useMay } from '../context';

const STATUSES: PresenceStatus[] = ['online', 'busy', 'break', 'away'];

/** Who is there, with how much to do. */
export function People({ agents, onChanged }: { agents: Colleague[]; onChanged: () => Promise<void> }) {
  const { client, words } = useDesk();
  const { lead, shell } = words;
  const mayLead = useMay('wall.lead');
  async function set(id: string, status: PresenceStatus): Promise<void> {
    await client.call('POST', `/supervisor/agents/${id}/presence`, { body: { status } });
    await onChanged();
  }
  return (
    <section>
      <h2>
        {lead.people} <span className="count">{agents.length}</span>
      </h2>
      {agents.length === 0 ? (
        <p className="empty">{lead.noPeople}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{lead.name}</th>
              <th scope="col">{lead.load}</th>
              <th scope="col">{lead.status}</th>
            </tr>
          </thead>
          <tbody>
            {agents.map(({ id, name, presence, isThere, openCount }) => (
              <tr key={id}>
                <th scope="row">
                  {name}{' '}
                  {!isThere && presence.status !== 'away' && <span className="tag warn">{lead.gone}</span>}
                  {presence.reason !== null && <span className="quiet"> {presence.reason}</span>}
                </th>
                <td>
                  {openCount}/{presence.capacity}
                </td>
                <td>
                  <Select<PresenceStatus>
                    size="small"
                    disabled={!mayLead}
                    aria-label={lead.setStatus(name)}
                    value={presence.status}
                    options={STATUSES.map((value) => ({ value, label: shell.statuses[value] }))}
                    onChange={(status) => void set(id, status)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
