import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useEffect, useMemo, useState } from 'react';
import type { Draft, FileDifference, Rebased } from '../../../../contract/content-editing';
import { filesOf } from '../../state/bench';
import { problemWords } from '../../state/problem-words';
import { useAdmin, useBench, useMay, useNotice } from '../context';
import { dialogIdOf } from '../dialogs/use-file';
import { hashOf } from '../use-place';
import { ChangedFiles } from './changed-files';
import { PublishCard } from './publish-card';
import { TrialCard, useTrial } from './trial-card';

/** What this person's draft changes, what is wrong with it, and bringing it up to the newest version. */
export function MyChanges({ onDone }: { onDone: () => void }) {
  const { client, words, settings } = useAdmin();
  const { versions } = words;
  const say = useNotice();
  const bench = useBench();
  const { draft } = bench;
  const base = useBaseFiles(draft?.base ?? null);
  const files = useMemo(() => differences(base, filesOf(bench), draft?.changed ?? []), [base, bench, draft]);
  const mayPublish = useMay('content.publish');
  const trial = useTrial();
  if (!draft) return null;
  const canTry = draft.changed.length > 0 && draft.problems.length === 0 && !draft.isBehind;
  const isReady = trial.trial?.state === 'done' && trial.trial.blocks.length === 0;
  async function rebase(isSaved: boolean): Promise<void> {
    if (!isSaved) return;
    const { revision } = client.store.read().bench.draft ?? { revision: 0 };
    const done = await client.ask<Rebased>('POST', '/admin/content/draft/rebase', { revision });
    if (!done) return;
    if (done.isMoved) {
      await client.readDraft();
      say(versions.merged);
    } else {
      const { onto, conflicts } = done;
      client.store.dispatch({ type: 'merging', merging: { onto, conflicts } });
    }
  }
  async function discard(): Promise<void> {
    const draft = await client.ask<Draft>('DELETE', '/admin/content/draft');
    if (draft) client.store.dispatch({ type: 'draft-taken', draft });
  }
  const { problems } = draft;
  return (
    <section className="my-changes" aria-label={versions.mine}>
      <h2>{versions.mine}</h2>
      {draft.isBehind && (
        <p className="behind">
          {versions.behind}{' '}
          <Button size="small" type="primary" onClick={() => void client.inTurn(rebase)}>
            {versions.rebase}
          </Button>
        </p>
      )}
      {draft.changed.length === 0 ? (
        <p className="quiet">{versions.nothing}</p>
      ) : (
        <ChangedFiles files={files} />
      )}
      {problems.length > 0 && (
        <div className="left-problems">
          <p className="warn">{versions.problemsLeft(problems.length)}</p>
          <ul>
            {problems.slice(0, 20).map((problem) => (
              <li key={problem.file + problem.path + problem.message}>
                <FileLink file={problem.file} /> {words.dialogs.line(problem.line)} ·{' '}
                {problemWords(problem, settings.locale)}
              </li>
            ))}
          </ul>
          {problems.length > 20 && <p className="quiet">{words.dialogs.more(problems.length - 20)}</p>}
        </div>
      )}
      {canTry && (
        <div className="cards">
          <TrialCard {...trial} />
          {mayPublish && <PublishCard isReady={isReady} onDone={onDone} />}
        </div>
      )}
      {draft.changed.length > 0 && (
        <div className="actions">
          <Popconfirm
            title={versions.discard}
            description={versions.discardHint}
            onConfirm={() => void client.inTurn(discard)}
          >
            <Button danger>{versions.discard}</Button>
          </Popconfirm>
        </div>
      )}
    </section>
  );
}

function FileLink({ file }: { file: string }) {
  const id = dialogIdOf(file);
  const place = id === null ? { page: 'files' as const, open: file } : { page: 'dialogs' as const, open: id };
  return (
    <a href={hashOf({ ...place, step: null })}>
      <code>{file}</code>
    </a>
  );
}

/** The files that the draft is made on. */
function useBaseFiles(version: string | null): Record<string, string> {
  const { client } = useAdmin();
  const [files, setFiles] = useState<Record<string, string>>({});
  useEffect(() => {
    if (version === null) return;
    let isGone = false;
    const path = `/admin/content/versions/${encodeURIComponent(version)}`;
    void client.ask<{ files: Record<string, string> }>('GET', path).then((found) => {
      if (found && !isGone) setFiles(found.files);
    });
    return () => {
      isGone = true;
    };
  }, [client, version]);
  return files;
}

const differences = (
  base: Record<string, string>,
  own: Record<string, string>,
  changed: readonly { path: string; kind: FileDifference['kind'] }[],
): FileDifference[] =>
  changed.map(({ path, kind }) => ({ path, kind, before: base[path] ?? null, after: own[path] ?? null }));
