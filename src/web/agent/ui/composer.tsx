import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Finding } from '../../../contract/desk-checks';
import type { SendWindow } from '../../../contract/handoff';
import type { Draft, Loaded } from '../state/desk-shape';
import { mentionsIn, type Pick, picksAt, putIn } from '../state/picks';
import { keysOf } from '../state/shortcuts';
import { Attach } from './attach';
import { useDesk, useDeskState, useSpeakTime } from './context';
import { usePage } from './page';
import { Findings } from './tasks/findings';
import { useCannedValues } from './use-canned-values';

const EMPTY: Draft = { text: '', isNote: false };
const LONGEST = 4000;

/** Writing to the customer, or a note to colleagues. What is written is kept for each conversation. */
export function Composer({ loaded, mayWrite }: { loaded: Loaded; mayWrite: boolean }) {
  const { client, words } = useDesk();
  const { talk } = words;
  const page = usePage();
  const id = loaded.view.conversationId;
  const kept = useDeskState((state) => state.drafts[id] ?? EMPTY);
  const draft = mayWrite ? kept : { ...kept, isNote: true };
  const canned = useDeskState((state) => state.canned);
  const { colleagues } = useDeskState((state) => state.settings);
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [isBusy, setIsBusy] = useState(false);
  /** What was found in a text that is about to leave; what is written on meanwhile is another text. */
  const [doubts, setDoubts] = useState<{ text: string; findings: Finding[] } | null>(null);
  const values = useCannedValues(loaded);
  const locale = loaded.view.locale ?? 'zh';
  const found = useMemo(
    () => picksAt(draft.text.slice(0, caret), draft.isNote, { canned, colleagues, values, locale }),
    [draft.text, draft.isNote, caret, canned, colleagues, values, locale],
  );
  const picks = found?.picks ?? [];
  const write = (change: Partial<Draft>) =>
    client.store.dispatch({ type: 'draft', id, draft: { ...draft, ...change } });

  function put(text: string, at: number, more: Partial<Draft> = {}): void {
    flushSync(() => {
      write({ ...more, text });
      setCaret(at);
    });
    const place = () => field.current?.value === text && field.current.setSelectionRange(at, at);
    place();
    // A dialog that closes gives the focus back later; whoever has typed on by then keeps their caret.
    requestAnimationFrame(() => {
      field.current?.focus();
      place();
    });
  }
  function insert({ text, missing }: Pick): void {
    const next = putIn(draft.text, caret, found?.cut ?? 0, text);
    put(next.text, next.caret);
    const detail = talk.missing(missing.join(', '));
    if (missing.length > 0) client.store.dispatch({ type: 'notice', text: 'copied', detail, isBad: false });
  }
  async function send(): Promise<void> {
    const text = draft.text.trim();
    if (text === '' || isBusy) return;
    setIsBusy(true);
    const isGone = await (draft.isNote
      ? client.addNote(id, text, mentionsIn(text, colleagues))
      : sendChecked(text));
    setIsBusy(false);
    if (isGone) clear(text);
  }
  /** False when there is something to look at first. Another conversation may be open once it is known. */
  async function sendChecked(text: string): Promise<boolean> {
    const findings = await client.check(id, text);
    if (findings.length > 0) setDoubts({ text, findings });
    else client.send(id, text);
    return findings.length === 0;
  }
  /** What was written on meanwhile stays. Who could write notes only goes on with a message once they can. */
  function clear(text: string): void {
    const now = client.store.read().drafts[id];
    if (now?.text.trim() !== text) return;
    client.store.dispatch({ type: 'draft', id, draft: { text: '', isNote: mayWrite && draft.isNote } });
    setCaret(0);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (picks.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined && !event.altKey) {
        event.preventDefault();
        return setChosen((chosen + step + picks.length) % picks.length);
      }
      const pick = picks[Math.min(chosen, picks.length - 1)];
      if ((event.key === 'Enter' || event.key === 'Tab') && pick) {
        event.preventDefault();
        return insert(pick);
      }
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void send();
  }
  useEffect(() =>
    page.onAct((action) => {
      if (action === 'focus-composer') field.current?.focus();
      if (action === 'note') {
        if (mayWrite) write({ isNote: !draft.isNote });
        field.current?.focus();
      }
      if (action === 'canned')
        put(
          `${draft.text}${draft.text === '' || draft.text.endsWith(' ') ? '' : ' '}/`,
          draft.text.length + 2,
        );
    }),
  );
  useEffect(() => page.onProposed((text, isNote) => put(text, text.length, isNote ? { isNote } : {})));
  return (
    <form
      className={draft.isNote ? 'composer as-note' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {doubts && (
        <Findings
          {...doubts}
          onSend={() => {
            client.send(id, doubts.text);
            setDoubts(null);
            clear(doubts.text);
          }}
          onEdit={() => {
            setDoubts(null);
            field.current?.focus();
          }}
          onTask={() => {
            setDoubts(null);
            page.change({ isPanelOpen: true });
            requestAnimationFrame(() => page.act('task'));
          }}
        />
      )}
      {found && <PickList picks={picks} chosen={chosen} onPick={insert} />}
      <div className="composer-head">
        <Segmented
          size="small"
          value={draft.isNote ? 'note' : 'message'}
          options={[
            { value: 'message', label: talk.message, disabled: !mayWrite },
            { value: 'note', label: talk.note },
          ]}
          onChange={(value) => write({ isNote: value === 'note' })}
        />
        <WindowState sendWindow={loaded.view.sendWindow} />
        <span className="spring" />
        {!draft.isNote && mayWrite && <Attach id={id} channel={loaded.view.channel} />}
        {!draft.isNote && (
          <Button size="small" type="text" title={keysOf('suggest')} onClick={() => page.act('suggest')}>
            {talk.suggest}
          </Button>
        )}
      </div>
      <div className="composer-body">
        <textarea
          ref={field}
          id="text"
          rows={2}
          maxLength={LONGEST}
          value={draft.text}
          aria-label={draft.isNote ? talk.note : talk.message}
          placeholder={draft.isNote ? talk.notePlaceholder : talk.placeholder}
          onChange={({ target }) => {
            write({ text: target.value });
            setDoubts(null);
            setCaret(target.selectionStart);
            setChosen(0);
            if (!draft.isNote && target.value !== '') client.typing();
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (files.length === 0 || draft.isNote || !mayWrite) return;
            event.preventDefault();
            for (const file of files) client.sendFile(id, loaded.view.channel, file);
          }}
        />
        <Button type="primary" htmlType="submit" disabled={draft.text.trim() === ''} loading={isBusy}>
          {draft.isNote ? talk.addNote : talk.send}
        </Button>
      </div>
    </form>
  );
}

/** Before anything is typed: how many messages the channel still takes, and until when. */
function WindowState({ sendWindow }: { sendWindow: SendWindow | null }) {
  const { talk } = useDesk().words;
  const speakTime = useSpeakTime();
  if (!sendWindow) return null;
  const { left, endsAt } = sendWindow;
  const isOver = left === 0;
  return (
    <p className={isOver ? 'window warn' : 'window'}>
      {isOver ? talk.windowOver : talk.windowLeft(left, speakTime(endsAt))}
    </p>
  );
}

function PickList({
  picks,
  chosen,
  onPick,
}: {
  picks: Pick[];
  chosen: number;
  onPick: (pick: Pick) => void;
}) {
  const { talk } = useDesk().words;
  if (picks.length === 0) return <p className="picks empty">{talk.noCanned}</p>;
  return (
    <ul className="picks" aria-label={talk.canned}>
      {picks.map((pick, i) => (
        <li key={pick.key}>
          <button
            type="button"
            className={i === chosen ? 'chosen' : ''}
            // The field keeps the caret.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(pick)}
          >
            <b>{pick.name}</b> {pick.detail}
          </button>
        </li>
      ))}
    </ul>
  );
}
