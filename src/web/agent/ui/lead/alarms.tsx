import Button from 'antd/es/button';
import { useDesk, useMay, useSpeakTime } from '../context';
import { usePage } from '../page';
import { usePolled } from './use-polled';

interface Alarm {
  id: string;
  at: number;
  reason: string;
  conversationId: string;
  number: string | null;
}

const EVERY_MS = 5000;

/** What the engine itself tells supervisors, until one has seen it. */
export function Alarms() {
  const { client, words } = useDesk();
  const { lead } = words;
  const page = usePage();
  const speakTime = useSpeakTime();
  const maySettle = useMay('alarms.settle');
  const { found, read } = usePolled<{ alarms: Alarm[] }>('/agent/alarms', EVERY_MS);
  const alarms = found?.alarms ?? [];
  async function noteSeen(id: string): Promise<void> {
    await client.call('POST', `/agent/alarms/${encodeURIComponent(id)}/seen`, { body: {} });
    await read();
  }
  return (
    <section>
      <h2>
        {lead.alarms} <span className="count">{alarms.length}</span>
      </h2>
      {found !== null && alarms.length === 0 && <p className="empty">{lead.noAlarms}</p>}
      <ul>
        {alarms.map(({ id, at, reason, conversationId, number }) => (
          <li key={id} className="alarm">
            <span>
              {lead.reasons[reason] ?? reason} <span className="quiet">{speakTime(at)}</span>{' '}
              {conversationId !== '' && (
                <button
                  type="button"
                  className="link-like"
                  onClick={() => {
                    page.show(null);
                    client.open(conversationId);
                  }}
                >
                  {number ?? lead.look}
                </button>
              )}
            </span>
            {maySettle && (
              <Button size="small" onClick={() => void noteSeen(id)}>
                {lead.seen}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
