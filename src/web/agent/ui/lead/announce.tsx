import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { Broadcast } from '../../../../contract/supervision';
import { useDesk, useSpeakTime } from '../context';
import { usePolled } from './use-polled';

const SPANS = [15, 60, 240, 480];
const EVERY_MS = 10_000;

/** Says something to every desk, and takes it back. */
export function Announce() {
  const { client, words } = useDesk();
  const { lead } = words;
  const speakTime = useSpeakTime();
  const { found, read } = usePolled<{ broadcasts: Broadcast[] }>('/agent/broadcasts', EVERY_MS);
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState(60);
  async function send(): Promise<void> {
    const untilAt = Date.now() + client.clockOffset() + minutes * 60_000;
    const body = { id: crypto.randomUUID(), text, untilAt };
    if (await client.call('POST', '/supervisor/broadcasts', { body })) setText('');
    await read();
  }
  async function takeBack(id: string): Promise<void> {
    await client.call('DELETE', `/supervisor/broadcasts/${id}`);
    await read();
  }
  return (
    <section>
      <h2>{lead.announce}</h2>
      <Input.TextArea
        rows={2}
        maxLength={500}
        aria-label={lead.announce}
        placeholder={lead.announcePlaceholder}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="announce">
        <Select
          size="small"
          aria-label={lead.announceFor}
          value={minutes}
          options={SPANS.map((value) => ({ value, label: lead.minutes(value) }))}
          onChange={setMinutes}
        />
        <Button size="small" type="primary" disabled={text.trim() === ''} onClick={() => void send()}>
          {lead.send}
        </Button>
      </div>
      <ul>
        {(found?.broadcasts ?? []).map(({ id, text: said, byName, untilAt }) => (
          <li key={id} className="alarm">
            <span>
              {said} <span className="quiet">{lead.announcedBy(byName, speakTime(untilAt))}</span>
            </span>
            <Button size="small" onClick={() => void takeBack(id)}>
              {lead.takeBack}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
