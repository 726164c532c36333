import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import { newUuid } from '../../../staff/new-uuid';
import { useDesk, useDeskState, useSpeakTime } from '../context';

const SPANS = [15, 60, 240, 480];

/** Says something to every desk, and takes it back. */
export function Announce() {
  const { client, words } = useDesk();
  const { lead } = words;
  const speakTime = useSpeakTime();
  // Kept true by the hint of each announcement.
  const broadcasts = useDeskState((state) => state.broadcasts);
  // The same until it was taken: sent again it is one.
  const [id, setId] = useState(newUuid);
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState(60);
  async function send(): Promise<void> {
    const untilAt = Date.now() + client.clockOffset() + minutes * 60_000;
    if ((await client.call('POST', '/supervisor/broadcasts', { body: { id, text, untilAt } })) === null)
      return;
    setText('');
    setId(newUuid());
  }
  const takeBack = (which: string) => client.call('DELETE', `/supervisor/broadcasts/${which}`);
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
        {broadcasts.map(({ id: which, text: said, byName, untilAt }) => (
          <li key={which} className="alarm">
            <span>
              {said} <span className="quiet">{lead.announcedBy(byName, speakTime(untilAt))}</span>
            </span>
            <Button size="small" onClick={() => void takeBack(which)}>
              {lead.takeBack}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
