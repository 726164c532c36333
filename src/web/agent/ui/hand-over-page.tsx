import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useCallback, useEffect, useId, useState } from 'react';
import type { HandedOver, HandOverItem, HandOverView } from '../../../contract/rosters';
import { newUuid } from '../../staff/new-uuid';
import { type Desk, useDesk, useSpeakTime } from './context';
import { OverPage } from './over-page';
import { usePage } from './page';

type Item = HandOverView['items'][number];
type Filled = Record<string, HandOverItem>;

/** What is open at the end of a shift, each for a colleague, on one page. */
export function HandOverPage() {
  const page = usePage();
  return page.overlay === 'hand-over' ? <OpenHandOver /> : null;
}

/** Filled in from what is known; whoever hands over reads and mends it. */
function begin(
  { items, colleagues }: HandOverView,
  { words, locale }: Desk,
  speakTime: (at: number) => string,
): Filled {
  const { handOver } = words;
  const free = colleagues.filter(({ notFree }) => notFree === null);
  const rooms = free.map(({ id, room }) => ({ id, room }));
  const next = (): string => {
    const best = rooms.reduce((a, b) => (b.room > a.room ? b : a), rooms[0] ?? { id: '', room: 0 });
    if (best.room < 1) return '';
    best.room -= 1;
    return best.id;
  };
  const comma = locale === 'zh' ? '；' : '; ';
  const filled = ({ conversationId, orders, tasks, isWaiting }: Item): HandOverItem => ({
    conversationId,
    to: next(),
    done: orders
      .map(({ number }) => handOver.order(number))
      .join(comma)
      .slice(0, 300),
    promised: tasks
      .map(({ text, dueAt }) => handOver.task(text, speakTime(dueAt)))
      .join(comma)
      .slice(0, 300),
    toDo: isWaiting ? handOver.answer : '',
  });
  return Object.fromEntries(items.map((item) => [item.conversationId, filled(item)]));
}

function OpenHandOver() {
  const desk = useDesk();
  const { client, words } = desk;
  const { handOver } = words;
  const speakTime = useSpeakTime();
  const [view, setView] = useState<HandOverView | null>(null);
  const [filled, setFilled] = useState<Filled>({});
  const [results, setResults] = useState<HandedOver[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const read = useCallback(async () => {
    const found = await client.call<HandOverView>('GET', '/agent/hand-over');
    if (!found) return;
    setView(found);
    // What was written already stays.
    setFilled((before) => ({ ...begin(found, desk, speakTime), ...before }));
  }, [client, desk, speakTime]);
  useEffect(() => void read(), [read]);
  const open = view?.items ?? [];
  const chosen = open.flatMap(({ conversationId }) => {
    const item = filled[conversationId];
    return item && item.to !== '' ? [item] : [];
  });
  async function send(): Promise<void> {
    setIsBusy(true);
    const body = { clientId: newUuid(), items: chosen };
    const answer = await client.call<{ results: HandedOver[] }>('POST', '/agent/hand-over', { body });
    setIsBusy(false);
    if (!answer) return;
    setResults(answer.results);
    await read();
  }
  const ends = view?.shiftEndsAt ?? null;
  const beside = view && (
    <span className="quiet">{ends === null ? handOver.noShift : handOver.shiftEnds(speakTime(ends))}</span>
  );
  const handed = results.filter(({ status }) => status === 'handed-over');
  return (
    <OverPage title={handOver.handOver} beside={beside}>
      {view === null && <p role="status">{handOver.loading}</p>}
      <div className="hand-over">
        {handed.length > 0 && (
          <p className="good" role="status">
            {handOver.results['handed-over']} {handed.length}
          </p>
        )}
        {view !== null && open.length === 0 && <p className="empty">{handOver.none}</p>}
        {open.length > 0 && <p className="hint">{handOver.hint}</p>}
        {open.length > 0 && view?.colleagues.every(({ notFree }) => notFree !== null) && (
          <p className="warn">{handOver.nobody}</p>
        )}
        {view &&
          open.map((item) => (
            <OneHandOver
              key={item.conversationId}
              item={item}
              view={view}
              filled={filled[item.conversationId]}
              result={results.find(({ conversationId }) => conversationId === item.conversationId)}
              onChange={(next) => setFilled({ ...filled, [item.conversationId]: next })}
            />
          ))}
        {open.length > 0 && (
          <Button type="primary" disabled={chosen.length === 0} loading={isBusy} onClick={() => void send()}>
            {handOver.send(chosen.length)}
          </Button>
        )}
      </div>
    </OverPage>
  );
}

interface OneHandOverProps {
  item: Item;
  view: HandOverView;
  filled: HandOverItem | undefined;
  result: HandedOver | undefined;
  onChange: (filled: HandOverItem) => void;
}

const FIELDS = ['done', 'promised', 'toDo'] as const;

function OneHandOver({ item, view, filled, result, onChange }: OneHandOverProps) {
  const { handOver, talk } = useDesk().words;
  const id = useId();
  if (!filled) return null;
  return (
    <section aria-label={item.lastText}>
      <h2>
        {talk.channels[item.channel as keyof typeof talk.channels]} · {item.lastText}
      </h2>
      <div className="hand-over-to">
        <label htmlFor={`${id}to`}>{handOver.to}</label>
        <select
          id={`${id}to`}
          value={filled.to}
          onChange={({ target }) => onChange({ ...filled, to: target.value })}
        >
          <option value="">{handOver.keep}</option>
          {view.colleagues.map(({ id: colleague, name, room, notFree }) => (
            <option key={colleague} value={colleague} disabled={notFree !== null}>
              {notFree === null ? handOver.room(name, room) : `${name}（${handOver.notFree[notFree]}）`}
            </option>
          ))}
        </select>
      </div>
      <div className="hand-over-words">
        {FIELDS.map((field) => (
          <div key={field}>
            <label htmlFor={id + field}>{handOver[field]}</label>
            <Input.TextArea
              id={id + field}
              rows={2}
              maxLength={300}
              value={filled[field]}
              onChange={({ target }) => onChange({ ...filled, [field]: target.value })}
            />
          </div>
        ))}
      </div>
      {result && result.status !== 'handed-over' && (
        <p className="warn" role="alert">
          {handOver.results[result.reason ?? result.status]}
        </p>
      )}
    </section>
  );
}
