import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useState } from 'react';
import type { RegulatorCase } from '../../../contract/regulator';
import type { Evidence, Order } from '../state/types';
import { useDesk, useDeskState, useMay, useSpeakTime } from './context';

type Act = (rest: string, body: Record<string, unknown>) => void;

/** A case of the authority: its number, what the customer sent, and the answer on its way through approval. */
export function RegulatorPart({ order, regulator }: { order: Order; regulator: RegulatorCase }) {
  const { client, words } = useDesk();
  const { regulator: texts } = words;
  const { caseNumber, firstCase, approved } = regulator;
  const path = `/agent/orders/${encodeURIComponent(order.number)}`;
  const act: Act = (rest, body) =>
    void client
      .call('POST', `${path}/${rest}`, { body: { version: order.version, ...body } })
      .then(() => client.refreshOpen());
  return (
    <div className="order-work">
      <p>
        <b>
          {texts.title} {caseNumber ?? texts.noNumber}
        </b>
        {firstCase && ` · ${texts.firstCase} ${firstCase}`}
      </p>
      <EvidenceList path={path} />
      <Reply regulator={regulator} act={act} />
      {approved === null && <Draft act={act} />}
    </div>
  );
}

/** Read when it is asked for: the addresses hold for ten minutes. */
function EvidenceList({ path }: { path: string }) {
  const { client, words } = useDesk();
  const { regulator: texts } = words;
  const [found, setFound] = useState<Evidence[] | null>(null);
  if (found === null) {
    const read = async () =>
      setFound((await client.call<{ evidence: Evidence[] }>('GET', path))?.evidence ?? []);
    return (
      <Button size="small" onClick={() => void read()}>
        {texts.evidence}
      </Button>
    );
  }
  const files = found.flatMap(({ attachments = [] }) => attachments).filter(({ contentUrl }) => contentUrl);
  if (files.length === 0) return <p className="quiet">{texts.noEvidence}</p>;
  return (
    <ul className="plain-list">
      {files.map(({ contentUrl, name }, i) => (
        <li key={contentUrl}>
          <a href={contentUrl} target="_blank" rel="noreferrer">
            {name ?? `${texts.file} ${i + 1}`}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The answer as it was drafted, and what a supervisor decides on it. */
function Reply({ regulator, act }: { regulator: RegulatorCase; act: Act }) {
  const { regulator: texts } = useDesk().words;
  const account = useDeskState((state) => state.account);
  const isLeader = useMay('orders.lead');
  const speakTime = useSpeakTime();
  const [note, setNote] = useState('');
  const id = useId();
  const { reply, returned, approved } = regulator;
  if (reply === null) return null;
  const isOwn = reply.by === `agent:${account?.id}`;
  const stand = approved ? texts.approved : returned ? texts.returned : texts.waits;
  return (
    <>
      <p>
        <span className="tag">{stand}</span> {speakTime(reply.at)} · {reply.text}
      </p>
      {returned?.note && <p className="quiet">{returned.note}</p>}
      {approved === null && isLeader && isOwn && <p className="quiet">{texts.own}</p>}
      {approved === null && isLeader && !isOwn && (
        <p className="actions">
          <label htmlFor={id} className="unseen">
            {texts.why}
          </label>
          <Input
            id={id}
            placeholder={texts.why}
            maxLength={1000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          <Button size="small" type="primary" onClick={() => act('reply-ruling', { isApproved: true })}>
            {texts.approve}
          </Button>
          <Button
            size="small"
            disabled={note.trim() === ''}
            onClick={() => act('reply-ruling', { isApproved: false, note: note.trim() })}
          >
            {texts.giveBack}
          </Button>
        </p>
      )}
    </>
  );
}

function Draft({ act }: { act: Act }) {
  const { regulator: texts } = useDesk().words;
  const [text, setText] = useState('');
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{texts.draft}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={1000}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button size="small" disabled={text.trim() === ''} onClick={() => act('reply', { text: text.trim() })}>
        {texts.submit}
      </Button>
    </>
  );
}
