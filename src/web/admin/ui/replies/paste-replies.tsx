import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useMemo, useState } from 'react';
import type { CannedReply } from '../../../../contract/canned-replies';
import { readReplyPaste } from '../../state/reply-paste';
import { useAdmin, useNotice } from '../context';
import type { Replies } from './use-replies';

interface PasteProps {
  team: CannedReply[];
  replies: Replies;
  onDone: () => void;
}

/** Rows of a spreadsheet, and what becomes of them before anything is written. */
export function PasteReplies({ team, replies, onDone }: PasteProps) {
  const { replies: texts, shell } = useAdmin().words;
  const say = useNotice();
  const own = useId();
  const [cells, setCells] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { writes, same, faults } = useMemo(() => readReplyPaste(cells, team), [cells, team]);
  const fresh = writes.filter(({ id }) => id === null).length;
  async function take(): Promise<void> {
    setIsBusy(true);
    setFault(null);
    for (const [n, draft] of writes.entries()) {
      const refused = await replies.write(draft);
      if (refused === null) continue;
      setIsBusy(false);
      // What was written is the same as the table by now: pressed again, the others follow.
      return setFault(`${texts.pasteStopped(n)} ${texts.errors[refused] ?? shell.faults[refused] ?? ''}`);
    }
    say(texts.pasted(writes.length));
    onDone();
  }
  return (
    <Modal open title={texts.paste} footer={null} width={640} onCancel={onDone} mask={{ closable: false }}>
      <div className="stacked">
        <label htmlFor={own}>{texts.pasteHint}</label>
        <Input.TextArea id={own} rows={8} value={cells} onChange={({ target }) => setCells(target.value)} />
        <p role="status">{cells.trim() !== '' && texts.pasteCount(fresh, writes.length - fresh, same)}</p>
        {faults.length > 0 && (
          <div className="warn">
            <p>{texts.pasteFaults(faults.length)}</p>
            <ul className="dots">
              {faults.slice(0, 5).map(({ row, why }) => (
                <li key={row + why}>
                  {row} · {texts.faults[why]}
                </li>
              ))}
            </ul>
          </div>
        )}
        {fault !== null && (
          <p className="warn" role="alert">
            {fault}
          </p>
        )}
        <div className="actions">
          <Button type="primary" disabled={writes.length === 0} loading={isBusy} onClick={() => void take()}>
            {texts.pasteDo(writes.length)}
          </Button>
          <Button onClick={onDone}>{shell.cancel}</Button>
        </div>
      </div>
    </Modal>
  );
}
