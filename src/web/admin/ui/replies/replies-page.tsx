import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { CannedReply } from '../../../../contract/canned-replies';
import { useAdmin } from '../context';
import { PasteReplies } from './paste-replies';
import { ReplyRow } from './reply-row';
import { useReplies } from './use-replies';

const holds = ({ shortcut, text }: CannedReply, sought: string): boolean =>
  `${shortcut}\n${text.zh}\n${text.en}`.toLowerCase().includes(sought.trim().toLowerCase());

/** What every agent says often: a table that holds at once. */
export function RepliesPage() {
  const { replies: texts, shell } = useAdmin().words;
  const replies = useReplies();
  const [sought, setSought] = useState('');
  const [isPasting, setIsPasting] = useState(false);
  const { team, isAway, read } = replies;
  if (team === null)
    return (
      <main className="admin-empty">
        <p role="status">{isAway ? shell.faults.unreachable : shell.loading}</p>
        {isAway && <Button onClick={() => void read()}>{shell.again}</Button>}
      </main>
    );
  const shown = team.filter((reply) => holds(reply, sought));
  return (
    <main className="versions-page replies-page">
      <section aria-label={texts.title}>
        <h2>{texts.title}</h2>
        <p className="quiet">{texts.hint}</p>
        <p className="quiet">{texts.variables}</p>
        <div className="lexicon-head">
          <Input
            allowClear
            value={sought}
            aria-label={texts.find}
            placeholder={texts.find}
            onChange={({ target }) => setSought(target.value)}
          />
          <Button onClick={() => setIsPasting(true)}>{texts.paste}</Button>
        </div>
        <ul className="reply-rows">
          <ReplyRow reply={null} replies={replies} />
          {shown.map((reply) => (
            <ReplyRow key={reply.id} reply={reply} replies={replies} />
          ))}
        </ul>
        <p className="quiet" role="status">
          {team.length === 0
            ? texts.empty
            : shown.length === 0
              ? texts.none
              : texts.count(shown.length, team.length)}
        </p>
      </section>
      {isPasting && <PasteReplies team={team} replies={replies} onDone={() => setIsPasting(false)} />}
    </main>
  );
}
