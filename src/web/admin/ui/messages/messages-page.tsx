import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Select from 'antd/es/select';
import { useEffect, useMemo, useState } from 'react';
import { intentPath } from '../../../../content/intents/edit-intents';
import { addExamples, languageOf } from '../../../../content/intents/example-lines';
import { exampleKey } from '../../../../content/intents/paste';
import type { LearnableMessage } from '../../../../contract/content-messages';
import { textOf } from '../../state/bench';
import { clusterMessages, exampleOf, type MessageCluster } from '../../state/message-clusters';
import { useAdmin, useMay, useNotice } from '../context';
import { MeasurePanel } from '../intents/measure-panel';
import { type IntentRow, useIntents } from '../intents/use-intents';
import { useMeasures } from '../intents/use-measures';
import { usePlace } from '../use-place';

const NONE: ReadonlySet<string> = new Set();

/** What was not understood, put together by likeness: given to intents as examples, or dismissed. */
export function MessagesPage() {
  const { words } = useAdmin();
  const { messages } = words;
  const mayRead = useMay('unanswered.read');
  const rows = useIntents();
  const [, go] = usePlace();
  const measures = useMeasures();
  const { found, drop } = useMessages(mayRead);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  // What is an example by now is no longer open on this page.
  const known = useMemo(
    () => new Set(rows.flatMap(({ rows: own }) => own.map(({ text }) => exampleKey(text)))),
    [rows],
  );
  const { unknown, wrong } = useMemo(() => {
    const open = found.filter(({ text }) => !known.has(exampleKey(exampleOf(text))));
    return {
      unknown: clusterMessages(open.filter(({ understood }) => understood === null)),
      wrong: clusterMessages(open.filter(({ understood }) => understood !== null)),
    };
  }, [found, known]);
  const clusters = [...unknown, ...wrong];
  if (!mayRead)
    return (
      <main className="admin-empty">
        <p>{messages.mayNot}</p>
      </main>
    );
  const open = clusters.flatMap((cluster) => cluster.messages).filter(({ key }) => chosen.has(key));
  return (
    <main className="versions-page messages-page">
      <section aria-label={messages.title}>
        <h2>{messages.title}</h2>
        <p className="quiet">{messages.hint}</p>
        {clusters.length === 0 ? (
          <>
            <p className="quiet">{messages.none}</p>
            <p className="quiet">{messages.noneWrong}</p>
          </>
        ) : (
          <>
            <Decide
              open={open}
              suggested={
                clusters.find(({ messages: own }) => own.some(({ key }) => chosen.has(key)))?.chosen ?? null
              }
              rows={rows}
              onDone={(keys) => {
                drop(keys);
                setChosen(NONE);
              }}
            />
            {unknown.length === 0 && <p className="quiet">{messages.none}</p>}
            <Clusters clusters={unknown} rows={rows} chosen={chosen} onChosen={setChosen} />
            <h3>{messages.wrong}</h3>
            <p className="quiet">{wrong.length === 0 ? messages.noneWrong : messages.wrongHint}</p>
            <Clusters clusters={wrong} rows={rows} chosen={chosen} onChosen={setChosen} />
          </>
        )}
      </section>
      <section aria-label={messages.effect}>
        <h2>{messages.effect}</h2>
        <MeasurePanel
          intents={rows}
          measures={measures}
          onOpen={(open) => go({ page: 'intents', open, step: null })}
        />
      </section>
    </main>
  );
}

/** What there is to learn from; `drop` takes out what was decided on. */
function useMessages(mayRead: boolean) {
  const { client } = useAdmin();
  const [found, setFound] = useState<LearnableMessage[]>([]);
  useEffect(() => {
    if (!mayRead) return;
    let isGone = false;
    const path = '/admin/content/messages?days=30';
    void client.ask<{ messages: LearnableMessage[] }>('GET', path).then((answer) => {
      if (answer && !isGone) setFound(answer.messages);
    });
    return () => {
      isGone = true;
    };
  }, [client, mayRead]);
  const drop = (keys: readonly string[]) =>
    setFound((before) => before.filter(({ key }) => !keys.includes(key)));
  return { found, drop };
}

function Clusters({ clusters, ...rest }: { clusters: MessageCluster[] } & Omit<ClusterProps, 'cluster'>) {
  if (clusters.length === 0) return null;
  return (
    <ul className="clusters">
      {clusters.map((cluster) => (
        <Cluster key={cluster.key} cluster={cluster} {...rest} />
      ))}
    </ul>
  );
}

interface ClusterProps {
  cluster: MessageCluster;
  rows: IntentRow[];
  chosen: ReadonlySet<string>;
  onChosen: (keys: ReadonlySet<string>) => void;
}

function Cluster({ cluster, rows, chosen, onChosen }: ClusterProps) {
  const { words, settings } = useAdmin();
  const { messages } = words;
  const own = cluster.messages;
  const taken = own.filter(({ key }) => chosen.has(key));
  const toggle = (keys: readonly string[], isOn: boolean): void => {
    const rest = [...chosen].filter((key) => !keys.includes(key));
    onChosen(new Set(isOn ? [...rest, ...keys] : rest));
  };
  const nameOf = (id: string | null) => rows.find((row) => row.id === id)?.name ?? id;
  const [name, takenFor] = [nameOf(cluster.chosen), nameOf(cluster.understood)];
  return (
    <li className="card cluster">
      {own.length > 1 && (
        <Checkbox
          checked={taken.length === own.length}
          indeterminate={taken.length > 0 && taken.length < own.length}
          onChange={({ target }) =>
            toggle(
              own.map(({ key }) => key),
              target.checked,
            )
          }
        >
          {messages.all} <span className="quiet">{messages.times(cluster.count)}</span>
        </Checkbox>
      )}
      <span className="tags">
        {takenFor !== null && <span className="tag warn">{messages.takenFor(takenFor)}</span>}
        {name !== null && (
          <span className="tag">{takenFor === null ? messages.chose(name) : messages.meant(name)}</span>
        )}
        {cluster.filed && <span className="tag">{messages.filed(cluster.filed[settings.locale])}</span>}
      </span>
      <ul>
        {own.map(({ key, text, count }) => (
          <li key={key}>
            <Checkbox
              checked={chosen.has(key)}
              aria-label={messages.one(text)}
              onChange={({ target }) => toggle([key], target.checked)}
            >
              {text} <span className="quiet">{messages.times(count)}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </li>
  );
}

interface DecideProps {
  open: LearnableMessage[];
  /** What customers chose; to begin with. */
  suggested: string | null;
  rows: IntentRow[];
  /** Told what was decided on. */
  onDone: (keys: string[]) => void;
}

/** What becomes of those that are ticked. */
function Decide({ open, suggested, rows, onDone }: DecideProps) {
  const { client, words } = useAdmin();
  const { messages, dialogs } = words;
  const say = useNotice();
  const [wanted, setWanted] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const intent = rows.find(({ id }) => id === (wanted ?? suggested)) ?? null;
  const keys = open.map(({ key }) => key);
  function assign(): void {
    if (!intent) return;
    const { dispatch, read } = client.store;
    const path = intentPath(intent.id);
    try {
      const texts = [...new Set(open.map((message) => exampleOf(message.text)).filter(Boolean))];
      const text = texts.reduce(
        (now, each) => addExamples(now, languageOf(each), [each]),
        textOf(read().bench, path),
      );
      dispatch({ type: 'edit', path, text, what: 'learn', at: Date.now() });
      say(messages.assigned(open.length, intent.name));
      setWanted(null);
      onDone(keys);
    } catch {
      say(dialogs.notDone, true);
    }
  }
  async function dismiss(): Promise<void> {
    setIsBusy(true);
    const done = await client.ask('POST', '/admin/content/messages/dismiss', { keys });
    setIsBusy(false);
    if (done === null) return;
    say(messages.dismissed(keys.length));
    onDone(keys);
  }
  return (
    <div className="decide">
      <span role="status">{messages.selected(open.length)}</span>
      <Select
        aria-label={messages.toIntent}
        placeholder={messages.toIntent}
        showSearch={{ optionFilterProp: 'label' }}
        value={intent?.id ?? null}
        options={rows.map(({ id, name }) => ({ value: id, label: `${name} · ${id}` }))}
        onChange={setWanted}
      />
      <Button type="primary" disabled={open.length === 0 || !intent} onClick={assign}>
        {messages.assign(open.length)}
      </Button>
      <Button disabled={open.length === 0} loading={isBusy} onClick={() => void dismiss()}>
        {messages.dismiss(open.length)}
      </Button>
    </div>
  );
}
