import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import { useDesk, useMay, useSpeakTime } from '../context';
import { IncidentDialog } from './incident-dialog';
import type { IncidentAct, IncidentRow } from './incident-row';
import { usePolled } from './use-polled';

const EVERY_MS = 5000;

/** What is suspected, to be confirmed or dismissed; what is confirmed, to be given another time or called over. */
export function Incidents() {
  const { client, words, locale } = useDesk();
  const { lead, shell } = words;
  const speakTime = useSpeakTime();
  const mayDecide = useMay('incidents.decide');
  const { found, read } = usePolled<{ incidents: IncidentRow[] }>('/agent/incidents', EVERY_MS);
  const [asked, setAsked] = useState<{ incident: IncidentRow; act: IncidentAct } | null>(null);
  const incidents = found?.incidents ?? [];
  async function recover({ id, version }: IncidentRow): Promise<void> {
    await client.call('POST', `/agent/incidents/${id}/recover`, { body: { version } });
    await read();
  }
  return (
    <section>
      <h2>
        {lead.incidents} <span className="count">{incidents.length}</span>
      </h2>
      {found !== null && incidents.length === 0 && <p className="empty">{lead.noIncidents}</p>}
      <ul>
        {incidents.map((incident) => (
          <li key={incident.id} className="incident">
            <p>
              <span className={incident.status === 'suspected' ? 'tag warn' : 'tag'}>
                {lead.incidentStates[incident.status] ?? incident.status}
              </span>{' '}
              <b title={incident.area}>{incident.areaName?.[locale] ?? incident.area}</b>{' '}
              {incident.text?.[locale]}{' '}
              {incident.expectedAt !== null && (
                <span className="quiet">{speakTime(incident.expectedAt)}</span>
              )}
            </p>
            <p className="quiet">
              {lead.counts(incident.counts.customers, incident.counts.orders)} · {incident.why[locale]}
            </p>
            {mayDecide && incident.status === 'suspected' && (
              <p className="acts">
                <Button size="small" type="primary" onClick={() => setAsked({ incident, act: 'confirm' })}>
                  {lead.confirm}
                </Button>
                <Button size="small" onClick={() => setAsked({ incident, act: 'dismiss' })}>
                  {lead.dismiss}
                </Button>
              </p>
            )}
            {mayDecide && incident.status === 'confirmed' && (
              <p className="acts">
                <Button size="small" onClick={() => setAsked({ incident, act: 'update' })}>
                  {lead.update}
                </Button>
                <Popconfirm
                  title={lead.recoverAsk}
                  okText={lead.recover}
                  cancelText={shell.cancel}
                  onConfirm={() => void recover(incident)}
                >
                  <Button size="small">{lead.recover}</Button>
                </Popconfirm>
              </p>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <IncidentDialog
          key={`${asked.incident.id}:${asked.act}`}
          {...asked}
          onClose={() => {
            setAsked(null);
            void read();
          }}
        />
      )}
    </section>
  );
}
