import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { PracticeCard, PracticeRun } from '../../../../contract/practice';
import { useDesk, useDeskState } from '../context';
import { LineItem } from '../line';
import { RunResult } from './run-result';

interface OneRunProps {
  run: PracticeRun;
  card: PracticeCard | undefined;
  onRun: (run: PracticeRun) => void;
  onBack: () => void;
}

/** A practice as a conversation is: what was said, a field, and the end with its filing. */
export function OneRun({ run, card, onRun, onBack }: OneRunProps) {
  const { client, words, locale } = useDesk();
  const { practice } = words;
  const name = useDeskState((state) => state.account?.name ?? '');
  const [isBusy, setIsBusy] = useState(false);
  const last = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is what it scrolls for
  useEffect(() => {
    last.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [run.state.lines.length]);
  async function step(path: string, body: object): Promise<boolean> {
    setIsBusy(true);
    const answer = await client.call<{ run: PracticeRun }>('POST', `/practice/${run.id}/${path}`, { body });
    setIsBusy(false);
    if (answer) onRun(answer.run);
    return answer !== null;
  }
  return (
    <div className="stretch-case">
      <section>
        <Button size="small" onClick={onBack}>
          {practice.back}
        </Button>
        <ol ref={last} className="practice-lines">
          {run.state.lines.map(({ position, at, role, text }) => (
            <LineItem
              key={position}
              line={{
                position,
                type: 'message',
                timestamp: new Date(at).toISOString(),
                from: { role, name: role === 'agent' ? name : practice.customer },
                text,
              }}
            />
          ))}
        </ol>
        {run.result === null && <Field isBusy={isBusy} onSend={(text) => step('messages', { text })} />}
      </section>
      <div>
        {card && (
          <section>
            <h2>
              {card.name[locale]} · {practice.minutes(card.minutes)}
            </h2>
            <h2>{practice.card}</h2>
            <p>{card.card[locale]}</p>
          </section>
        )}
        {run.result ? (
          <RunResult result={run.result} />
        ) : (
          <section>
            <Button size="small" disabled={isBusy} onClick={() => void step('tasks', { minutes: 60 })}>
              {practice.task}
            </Button>{' '}
            {run.state.tasks.length > 0 && (
              <span className="quiet">{practice.tasks(run.state.tasks.length)}</span>
            )}
            <Ending isBusy={isBusy} onEnd={(disposition) => void step('end', { disposition })} />
          </section>
        )}
      </div>
    </div>
  );
}

function Field({ isBusy, onSend }: { isBusy: boolean; onSend: (text: string) => Promise<boolean> }) {
  const { practice } = useDesk().words;
  const [text, setText] = useState('');
  const id = useId();
  async function send(): Promise<void> {
    if (text.trim() === '' || isBusy) return;
    if (await onSend(text)) setText('');
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }
  return (
    <>
      <label htmlFor={id}>{practice.message}</label>
      <Input.TextArea
        id={id}
        rows={2}
        autoFocus
        maxLength={4000}
        value={text}
        onKeyDown={onKey}
        onChange={({ target }) => setText(target.value)}
      />
      <p className="acts">
        <Button type="primary" loading={isBusy} onClick={() => void send()}>
          {practice.send}
        </Button>
      </p>
    </>
  );
}

function Ending({ isBusy, onEnd }: { isBusy: boolean; onEnd: (disposition: string) => void }) {
  const { words, locale } = useDesk();
  const { practice } = words;
  const { services } = useDeskState((state) => state.settings.dispositions);
  const [chosen, setChosen] = useState('');
  const id = useId();
  return (
    <div className="hand-over-to">
      <label htmlFor={id}>{practice.filing}</label>
      <select id={id} value={chosen} onChange={({ target }) => setChosen(target.value)}>
        <option value="">{practice.choose}</option>
        {services.map((service) => (
          <optgroup key={service.id} label={service.name[locale]}>
            {service.results.map((result) => (
              <option key={result.id} value={`${service.id}/${result.id}`}>
                {service.name[locale]} · {result.name[locale]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Button disabled={chosen === '' || isBusy} onClick={() => onEnd(chosen)}>
        {practice.end}
      </Button>
    </div>
  );
}
