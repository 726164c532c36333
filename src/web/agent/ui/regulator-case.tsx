import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useState } from 'react';
import type { RegulatorCase } from '../../../contract/regulator';
import type { Evidence, Order } from '../state/types';
import { useDesk, useDeskState, useMay, useSpeakTime } from './context';

/** True when it was taken. */
type Act = (rest: string, body: Record<string, unknown>) => Promise<boolean>;

/** A case of the authority: its number, what the customer sent, and the answer on its way through approval. */
export function RegulatorPart({ order, regulator }: { order: Order; regulator: RegulatorCase }) {
  const { client, words } = useDesk();
  const { regulator: texts } = words;
  const { caseNumber, firstCase, approved } = regulator;
  const path = `/agent/orders/${encodeURIComponent(order.number)}`;
  const act: Act = async (rest, body) => {
    const done = await client.call('POST', `${path}/${rest}`, { body: { version: order.version, ...body } });
    await client.refreshOpen();
    return done !== null;
  };
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
    // A reading that failed is said on the page, and can be asked for again.
    const read = async () =>
      setFound((await client.call<{ evidence: Evidence[] }>('GET', path))?.evidence ?? null);
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
          <Button size="small" type="primary" onClick={() => void act('reply-ruling', { isApproved: true })}>
            {texts.approve}
          </Button>
          <Button
            size="small"
            disabled={note.trim() === ''}
            onClick={() => void act('reply-ruling', { isApproved: false, note: note.trim() })}
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
  async function submit(): Promise<void> {
    const sent = text.trim();
    // What was refused stays to be sent again; what was written on meanwhile stays too.
    if (await act('reply', { text: sent })) setText((now) => (now.trim() === sent ? '' : now));
  }
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
      <Button size="small" disabled={text.trim() === ''} onClick={() => void submit()}>
        {texts.submit}
      </Button>
    </>
  );
}
