import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId, useState } from 'react';
import { type ChannelId, channelIdSchema } from '../../../../contract/activity';
import type { Blocker, Published } from '../../../../contract/content-editing';
import type { Answer } from '../../client/answer';
import { blockWords } from '../../state/block-words';
import { problemWords } from '../../state/problem-words';
import { useAdmin, useNotice } from '../context';
import { RunningSessions, type SessionChoice } from './running-sessions';

const SHARES = [1, 0.5, 0.25, 0.1, 0.05];

interface PublishProps {
  /** True when nothing is known that keeps it from being published. */
  isReady: boolean;
  onDone: () => void;
}

/** Publishing one's draft: now or later, to all or to a share first. */
export function PublishCard({ isReady, onDone }: PublishProps) {
  const { client, words, settings } = useAdmin();
  const { publish, dialogs } = words;
  const say = useNotice();
  const id = useId();
  const [message, setMessage] = useState('');
  const [share, setShare] = useState(1);
  const [channels, setChannels] = useState<ChannelId[]>([]);
  const [at, setAt] = useState('');
  const [sessions, setSessions] = useState<SessionChoice>('finish');
  const [map, setMap] = useState<Record<string, string>>({});
  const [blockers, setBlockers] = useState<Blocker[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const isPart = share < 1 || channels.length > 0;
  async function send(): Promise<void> {
    setIsBusy(true);
    setBlockers([]);
    const done = await client.inTurn(sendSaved);
    setIsBusy(false);
    if (!done) return;
    if (done.ok) {
      setMessage('');
      say(wordsOf(done.value));
      return onDone();
    }
    // What stands in the way is said whole; anything else in a word.
    const found = (done.answer as { blockers?: Blocker[] } | null)?.blockers ?? [];
    if (found.length > 0) setBlockers(found);
    else client.store.dispatch({ type: 'notice', text: done.code, isBad: true });
  }
  async function sendSaved(isSaved: boolean): Promise<Answer<Published> | null> {
    if (!isSaved) return null;
    const body = {
      revision: client.store.read().bench.draft?.revision ?? 0,
      message: message.trim(),
      sessions: isPart ? 'finish' : sessions,
      ...(sessions === 'migrate' && !isPart ? { map } : {}),
      ...(at === '' ? {} : { at: new Date(at).toISOString() }),
      ...(isPart ? { rollOut: { share, channels: channels.length > 0 ? channels : null } } : {}),
    };
    const done = await client.call<Published>('POST', '/admin/content/publish', body);
    if (done.ok) await client.readDraft();
    return done;
  }
  const wordsOf = ({ state, isEverywhere }: Published): string => {
    if (state.type === 'scheduled') return publish.planned(new Date(state.at).toLocaleString());
    if (state.type === 'rolling-out') return publish.rollingOut(publish.percent(state.share));
    return publish.published(isEverywhere);
  };
  return (
    <section className="card" aria-label={publish.ready}>
      <h3>{publish.ready}</h3>
      <label htmlFor={`${id}m`}>{publish.message}</label>
      <Input
        id={`${id}m`}
        value={message}
        maxLength={500}
        onChange={({ target }) => setMessage(target.value)}
      />
      <div className="publish-options">
        <span>
          <label htmlFor={`${id}s`}>{publish.share}</label>
          <Select
            id={`${id}s`}
            value={share}
            options={SHARES.map((value) => ({
              value,
              label: value === 1 ? publish.all : publish.percent(value),
            }))}
            onChange={setShare}
          />
        </span>
        <span>
          <label htmlFor={`${id}c`}>{publish.channels}</label>
          <Select
            id={`${id}c`}
            mode="multiple"
            value={channels}
            placeholder={publish.allChannels}
            options={channelIdSchema.options.map((value) => ({ value, label: value }))}
            onChange={setChannels}
          />
        </span>
        <span>
          <label htmlFor={`${id}a`}>{publish.at}</label>
          <Input
            id={`${id}a`}
            type="datetime-local"
            value={at}
            onChange={({ target }) => setAt(target.value)}
          />
        </span>
      </div>
      {isPart ? (
        <p className="quiet">{publish.sessions}</p>
      ) : (
        <RunningSessions choice={sessions} onChoice={setSessions} map={map} onMap={setMap} />
      )}
      {blockers.map((blocker) => (
        <div key={blocker.check + blocker.message} className="warn">
          <p>{blockWords(blocker.message, settings.locale)}</p>
          <ul className="dots">
            {blocker.problems.map((problem) => (
              <li key={problem.file + problem.path + problem.message}>
                <code>{problem.file}</code> {dialogs.line(problem.line)} ·{' '}
                {problemWords(problem, settings.locale)}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className="actions">
        <Button
          type={isReady ? 'primary' : 'default'}
          loading={isBusy}
          disabled={message.trim() === '' || !isReady}
          onClick={() => void send()}
        >
          {at === '' ? publish.now : publish.later}
        </Button>
      </div>
    </section>
  );
}
