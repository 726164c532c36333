import Button from 'antd/es/button';
import { useState } from 'react';
import type { MergeConflict, Rebased } from '../../../../contract/content-editing';
import { Code } from '../code';
import { useAdmin, useNotice } from '../context';

const MARKS = /^(?:<{7}|={7}|>{7}|\|{7})/m;

/** Files that somebody else changed in the same place: three texts, and the one that comes of them. */
export function MergePage({ onto, conflicts }: { onto: string; conflicts: MergeConflict[] }) {
  const { client, words } = useAdmin();
  const { versions, shell } = words;
  const say = useNotice();
  const [texts, setTexts] = useState<Record<string, string | null>>(() =>
    Object.fromEntries(conflicts.map(({ path, merged }) => [path, merged])),
  );
  const isDone = conflicts.every(({ path }) => !MARKS.test(texts[path] ?? ''));
  const leave = () => client.store.dispatch({ type: 'merging', merging: null });
  async function finish(): Promise<void> {
    const { draft } = client.store.read().bench;
    const body = { revision: draft?.revision ?? 0, onto, resolved: texts };
    const done = await client.ask<Rebased>('POST', '/admin/content/draft/rebase', body);
    if (!done) return;
    if (!done.isMoved) {
      const { onto: newest, conflicts: left } = done;
      return client.store.dispatch({ type: 'merging', merging: { onto: newest, conflicts: left } });
    }
    await client.readDraft();
    say(versions.merged);
  }
  return (
    <main className="versions-page merge">
      <h2>{versions.conflicts}</h2>
      <p className="quiet">{versions.conflictsHint}</p>
      {conflicts.map((conflict) => (
        <OneConflict
          key={conflict.path}
          conflict={conflict}
          text={texts[conflict.path] ?? null}
          onText={(text) => setTexts((now) => ({ ...now, [conflict.path]: text }))}
        />
      ))}
      {!isDone && <p className="warn">{versions.marksLeft}</p>}
      <div className="actions">
        <Button type="primary" disabled={!isDone} onClick={() => void client.inTurn(finish)}>
          {versions.finishMerge}
        </Button>
        <Button onClick={leave}>{shell.cancel}</Button>
      </div>
    </main>
  );
}

interface OneProps {
  conflict: MergeConflict;
  text: string | null;
  onText: (text: string | null) => void;
}

function OneConflict({ conflict, text, onText }: OneProps) {
  const { words } = useAdmin();
  const { versions } = words;
  const { path, theirs, base, mine } = conflict;
  const sides = [
    [versions.theirs, theirs],
    [versions.base, base],
    [versions.own, mine],
  ] as const;
  return (
    <section className="conflict" aria-label={path}>
      <h3>
        <code>{path}</code>
      </h3>
      <div className="three">
        {sides.map(([name, side]) => (
          <div key={name}>
            <p className="label">
              {name}{' '}
              <Button size="small" onClick={() => onText(side)}>
                {versions.take}
              </Button>
            </p>
            {side === null ? (
              <p className="quiet">{versions.absent}</p>
            ) : (
              <Code label={`${path} · ${name}`} value={side} maxHeight="320px" />
            )}
          </div>
        ))}
      </div>
      <p className="label">{versions.result}</p>
      {text === null ? (
        <p className="quiet">{versions.absent}</p>
      ) : (
        <Code label={`${path} · ${versions.result}`} value={text} maxHeight="320px" onChange={onText} />
      )}
    </section>
  );
}
