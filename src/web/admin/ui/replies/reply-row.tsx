import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Popconfirm from 'antd/es/popconfirm';
import { useState } from 'react';
import type { CannedReply } from '../../../../contract/canned-replies';
import { replyFault, unknownVariables } from '../../state/reply-paste';
import { useAdmin, useNotice } from '../context';
import type { Replies } from './use-replies';

const EMPTY = { shortcut: '', zh: '', en: '' };
type Typed = typeof EMPTY;

interface RowProps {
  /** Null: a new one. */
  reply: CannedReply | null;
  replies: Replies;
}

/** One reply: what is typed stays here until it is saved, since every agent has it then. */
export function ReplyRow({ reply, replies }: RowProps) {
  const { words, client } = useAdmin();
  const { replies: texts, shell } = words;
  const say = useNotice();
  const saved: Typed = reply ? { shortcut: reply.shortcut, ...reply.text } : EMPTY;
  const [typed, setTyped] = useState<Typed | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const now = typed ?? saved;
  const draft = {
    id: reply?.id ?? null,
    shortcut: now.shortcut.trim(),
    text: { zh: now.zh.trim(), en: now.en.trim() },
  };
  const isChanged =
    typed !== null && Object.keys(EMPTY).some((key) => now[key as keyof Typed] !== saved[key as keyof Typed]);
  const unknown = unknownVariables(draft.text);
  const wordsOf = (code: string) => texts.errors[code] ?? shell.faults[code] ?? shell.faults.failed ?? '';
  async function save(): Promise<void> {
    const lack = replyFault(draft);
    if (lack !== null) return setFault(texts.faults[lack]);
    setIsBusy(true);
    const refused = await replies.write(draft);
    setIsBusy(false);
    if (refused !== null) return setFault(wordsOf(refused));
    setTyped(null);
    setFault(null);
    say(texts.saved);
  }
  async function remove(): Promise<void> {
    if (!reply) return;
    const refused = await replies.remove(reply);
    if (refused === null) say(texts.removed);
    else client.store.dispatch({ type: 'notice', text: refused, isBad: true });
  }
  const type = (part: Partial<Typed>) => {
    setTyped({ ...now, ...part });
    setFault(null);
  };
  const label = (part: string) => (reply ? texts.of(reply.shortcut, part) : part);
  return (
    <li className={reply ? 'reply-row' : 'reply-row fresh'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Input
          prefix="/"
          value={now.shortcut}
          maxLength={20}
          aria-label={label(texts.shortcut)}
          placeholder={texts.shortcut}
          onChange={({ target }) => type({ shortcut: target.value })}
        />
        {(['zh', 'en'] as const).map((language) => (
          <Input.TextArea
            key={language}
            rows={2}
            lang={language}
            value={now[language]}
            maxLength={500}
            aria-label={label(texts[language])}
            placeholder={texts[language]}
            onChange={({ target }) => type({ [language]: target.value })}
          />
        ))}
        <div className="reply-acts">
          {(isChanged || !reply) && (
            <Button size="small" type="primary" htmlType="submit" loading={isBusy} disabled={!isChanged}>
              {reply ? texts.save : texts.add}
            </Button>
          )}
          {isChanged && reply && (
            <Button
              size="small"
              onClick={() => {
                setTyped(null);
                setFault(null);
              }}
            >
              {texts.undo}
            </Button>
          )}
          {reply && !isChanged && (
            <Popconfirm title={texts.removeAsk} okText={texts.removeNow} onConfirm={() => void remove()}>
              <Button size="small" type="text" aria-label={texts.remove(reply.shortcut)}>
                ×
              </Button>
            </Popconfirm>
          )}
        </div>
      </form>
      {fault !== null && (
        <p className="warn" role="alert">
          {fault}
        </p>
      )}
      {unknown.length > 0 && <p className="warn">{texts.unknown(unknown.join(' '))}</p>}
    </li>
  );
}
