import { memo } from 'react';
import type { Outgoing } from '../state/desk-shape';
import type { Line, Note } from '../state/types';
import { useDesk, useDeskState, useSpeakTime } from './context';
import { Recall } from './recall';

/** What was said, as it is read: text only, never HTML. */
export const LineItem = memo(function LineItem({
  line,
  isRecalled = false,
}: {
  line: Line;
  isRecalled?: boolean;
}) {
  const { words, locale } = useDesk();
  const { talk } = words;
  const speakTime = useSpeakTime();
  const { from, text, attachments = [], quickReplies = [], timestamp, writtenBy } = line;
  const who = from.role === 'user' ? '' : from.role === 'agent' ? (from.name ?? talk.agent) : talk.botName;
  const at = Date.parse(timestamp ?? '');
  return (
    <li className={`message ${from.role}${isRecalled ? ' recalled' : ''}`}>
      <p className="by">
        {who} {Number.isNaN(at) ? '' : <time dateTime={timestamp}>{clockOf(speakTime(at))}</time>}
      </p>
      <div className="bubble">
        {text}
        {attachments.map((file) => (
          <Attachment key={file.contentUrl ?? file.name} {...file} />
        ))}
      </div>
      {quickReplies.length > 0 && (
        <p className="state">
          {talk.quickReplies}: {quickReplies.join(locale === 'zh' ? '、' : ', ')}
        </p>
      )}
      {writtenBy === 'model' && <p className="state">{talk.byModel}</p>}
      <Delivery line={line} />
      {isRecalled && <p className="state">{talk.recalled}</p>}
      {from.role === 'agent' && !isRecalled && <Recall line={line} />}
    </li>
  );
});

/** The hour of a spoken time: days stand above their lines. */
const clockOf = (spoken: string): string => spoken.split(' ').at(-1) ?? spoken;

function Attachment({ contentType, contentUrl, name }: NonNullable<Line['attachments']>[number]) {
  const { talk } = useDesk().words;
  if (!contentUrl) return null;
  const label = name ?? (contentType.startsWith('image/') ? talk.image : talk.file);
  return (
    <a className="file" href={contentUrl} target="_blank" rel="noreferrer">
      {contentType.startsWith('image/') ? <img src={contentUrl} alt={label} loading="lazy" /> : label}
    </a>
  );
}

function Delivery({ line: { delivery } }: { line: Line }) {
  const { talk } = useDesk().words;
  if (!delivery) return null;
  const { state, reason, mayBeDouble } = delivery;
  const isBad = state === 'not-delivered' || state === 'uncertain' || state === 'held';
  return (
    <p className={isBad ? 'state warn' : 'state'}>
      {talk.delivery[state]}
      {reason && isBad ? ` (${reason})` : ''}
      {mayBeDouble ? ` · ${talk.mayBeDouble}` : ''}
    </p>
  );
}

export function NoteItem({ note: { by, at, text } }: { note: Note }) {
  const { talk } = useDesk().words;
  const speakTime = useSpeakTime();
  return (
    <li className="note">
      <p className="by">
        {talk.note} · {by.name || talk.botName} {clockOf(speakTime(at))}
      </p>
      <p>{text}</p>
    </li>
  );
}

export function OutgoingItem({ message: { id, text, fault } }: { message: Outgoing }) {
  const { client, words } = useDesk();
  const { talk, shell } = words;
  const name = useDeskState((state) => state.account?.name ?? '');
  return (
    <li className="message agent pending">
      <p className="by">{name}</p>
      <div className="bubble">{text}</div>
      {fault === null ? (
        <p className="state">{talk.sending}</p>
      ) : (
        <p className="state warn">
          {talk.notSent}: {shell.faults[fault] ?? shell.faults.failed}{' '}
          <button type="button" onClick={() => client.retry(id)}>
            {talk.retry}
          </button>{' '}
          <button type="button" onClick={() => client.takeBack(id)}>
            {talk.takeBack}
          </button>
        </p>
      )}
    </li>
  );
}
