import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type FormEvent, Fragment, useEffect, useRef, useState } from 'react';
import type { TalkLine, TalkTurn } from '../../../../contract/content-talk';
import { talkFaultWords } from '../../state/line-problem-words';
import { useAdmin } from '../context';
import { useDraftNames } from '../use-draft-names';
import { KeepTalk } from './keep-talk';
import type { TalkState } from './use-talk';

interface TryProps {
  dialog: string;
  state: TalkState;
  /** Shows a step in the flow. */
  onStep: (dialog: string, step: string) => void;
}

/** A chat with the draft: what was understood, what is known, where it stands, and the way back. */
export function TryPanel({ dialog, state, onStep }: TryProps) {
  const { words, settings } = useAdmin();
  const { tryIt } = words;
  const { lines, talk, isWorking, play } = state;
  const [text, setText] = useState('');
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line is brought into view
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [talk, isWorking]);
  const say = (said: string) => void play([...lines, { type: 'say', text: said }]);
  function send(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() === '') return;
    say(text.trim());
    setText('');
  }
  const turns = talk?.turns ?? [];
  const last = turns.at(-1);
  const taps = isWorking ? [] : (last?.replies.at(-1)?.quickReplies ?? []);
  return (
    <div className="panel-body try">
      <p className="hint">{tryIt.hint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long conversations are scrolled with the keyboard too */}
      <div className="talk" role="log" tabIndex={0} aria-label={tryIt.log}>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <Fragment key={i}>
            <SaidLine line={line} />
            {turns[i] && <AnsweredTurn turn={turns[i]} />}
          </Fragment>
        ))}
        {isWorking && <p className="quiet">{tryIt.working}</p>}
        {talk?.fault && <p className="warn">{talkFaultWords(talk.fault, settings.locale)}</p>}
        <div ref={end} />
      </div>
      {taps.length > 0 && (
        <p className="taps">
          {taps.map((tap) => (
            <Button key={tap} size="small" shape="round" onClick={() => say(tap)}>
              {tap}
            </Button>
          ))}
        </p>
      )}
      <form className="say" onSubmit={send}>
        <Input
          value={text}
          aria-label={tryIt.say}
          placeholder={tryIt.say}
          maxLength={1000}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={text.trim() === '' || isWorking}>
          {tryIt.send}
        </Button>
      </form>
      <div className="actions">
        <Button size="small" onClick={() => void play([{ type: 'start', dialog }])}>
          {tryIt.startDialog}
        </Button>
        <Button size="small" disabled={lines.length === 0} onClick={() => void play(lines.slice(0, -1))}>
          {tryIt.back}
        </Button>
        <Button size="small" disabled={lines.length === 0} onClick={() => void play([...lines])}>
          {tryIt.again}
        </Button>
        <Button size="small" disabled={lines.length === 0} onClick={() => void play([])}>
          {tryIt.restart}
        </Button>
      </div>
      <KeepTalk state={state} />
      {last && <Insight turn={last} onStep={onStep} />}
    </div>
  );
}

function SaidLine({ line }: { line: TalkLine }) {
  const { tryIt } = useAdmin().words;
  const names = useDraftNames();
  if (line.type === 'start') return <p className="quiet">{tryIt.started(names.dialog(line.dialog))}</p>;
  return <p className="bubble own">{line.text}</p>;
}

function AnsweredTurn({ turn }: { turn: TalkTurn }) {
  const { tryIt } = useAdmin().words;
  return (
    <>
      {turn.calls.map((operation, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be asked twice
        <p key={i} className="quiet note">
          {tryIt.call(operation)}
        </p>
      ))}
      {turn.replies.map(({ text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bubbles are told apart by their place
        <p key={i} className="bubble">
          {text}
        </p>
      ))}
      {turn.handoffs.map((reason) => (
        <p key={reason} className="quiet note">
          {tryIt.handoff(reason)}
        </p>
      ))}
    </>
  );
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

/** How the last line was understood, what is known since, and where it stands. */
function Insight({ turn, onStep }: { turn: TalkTurn; onStep: TryProps['onStep'] }) {
  const { tryIt } = useAdmin().words;
  const names = useDraftNames();
  const { intents, place, slots } = turn;
  return (
    <dl className="insight">
      <dt>{tryIt.step}</dt>
      <dd>
        {place ? (
          <Button type="link" size="small" onClick={() => onStep(place.dialog, place.step)}>
            <span>{names.step(place)}</span>{' '}
            <code className="small-id">
              {place.dialog}/{place.step}
            </code>
          </Button>
        ) : (
          tryIt.none
        )}
      </dd>
      <dt>{tryIt.intents}</dt>
      <dd>
        {intents.length === 0 && tryIt.none}
        {intents.map(({ intent, probability }) => (
          <p key={intent} className="score">
            <meter value={probability} aria-label={names.intent(intent)} /> {names.intent(intent)}{' '}
            <code className="small-id">{intent}</code> {Math.round(probability * 100)}%
          </p>
        ))}
      </dd>
      <dt>{tryIt.slots}</dt>
      <dd>
        {Object.keys(slots).length === 0 && tryIt.none}
        {Object.entries(slots).map(([name, value]) => (
          <p key={name}>
            {names.slot(name, place?.dialog ?? null)} <code className="small-id">{name}</code> {shown(value)}
          </p>
        ))}
      </dd>
    </dl>
  );
}
