import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import type { ContentVersion, FileDifference } from '../../../../contract/content-editing';
import { useAdmin } from '../context';
import { ChangedFiles } from './changed-files';
import { VersionActions } from './version-actions';

/** Every version, the newest first: who made it, why, and what it changed. */
export function useVersions(): { list: ContentVersion[]; read: () => Promise<void> } {
  const { client } = useAdmin();
  const [list, setList] = useState<ContentVersion[]>([]);
  const read = useCallback(async () => {
    const found = await client.ask<{ versions: ContentVersion[] }>('GET', '/admin/content/versions');
    if (found) setList(found.versions);
  }, [client]);
  useEffect(() => void read(), [read]);
  return { list, read };
}

export function HistoryList({ list, onDone }: { list: ContentVersion[]; onDone: () => void }) {
  const { versions } = useAdmin().words;
  return (
    <section className="history-list" aria-label={versions.history}>
      <h2>{versions.history}</h2>
      <ol>
        {list.map((version) => (
          <OneVersion key={version.id} version={version} hasOthers={list.length > 1} onDone={onDone} />
        ))}
      </ol>
    </section>
  );
}

interface OneProps {
  version: ContentVersion;
  hasOthers: boolean;
  onDone: () => void;
}

function OneVersion({ version, hasOthers, onDone }: OneProps) {
  const { client, words, settings } = useAdmin();
  const { versions, publish } = words;
  const [files, setFiles] = useState<FileDifference[] | null>(null);
  const { id, number, createdAt, author, message, parent, state, changedCount, publications } = version;
  const timeOf = (at: string) => new Date(at).toLocaleString(settings.locale === 'zh' ? 'zh-CN' : 'en-GB');
  const where =
    state.type === 'scheduled'
      ? publish.states.scheduled(timeOf(state.at))
      : state.type === 'rolling-out'
        ? publish.states['rolling-out'](publish.percent(state.share))
        : publish.states[state.type];
  async function look(): Promise<void> {
    if (files !== null) return setFiles(null);
    const path = `/admin/content/versions/${encodeURIComponent(id)}?diff=${encodeURIComponent(parent ?? '')}`;
    const found = await client.ask<{ files: FileDifference[] }>('GET', path);
    if (found) setFiles(found.files);
  }
  return (
    <li className={state.type === 'current' ? 'is-current' : ''}>
      <p className="version-head">
        <b>{versions.number(number)}</b>
        {where !== '' && <span className="tag strong">{where}</span>}
        <span className="quiet">
          {timeOf(createdAt)} · {author?.name ?? versions.byRelease} · {versions.changedCount(changedCount)}
        </span>
        <span className="spring" />
        {parent !== null && (
          <Button size="small" aria-expanded={files !== null} onClick={() => void look()}>
            {versions.look}
          </Button>
        )}
        <VersionActions version={version} hasOthers={hasOthers} onDone={onDone} />
      </p>
      {(message !== '' || author !== null) && (
        <p>{message || <span className="quiet">{versions.noMessage}</span>}</p>
      )}
      {publications.length > 1 && (
        <details>
          <summary className="quiet">{versions.acts(publications.length)}</summary>
          <ul className="dots">
            {publications.map(({ at, by, action, message: said }) => (
              <li key={at + action}>
                {timeOf(at)} · {publish.actions[action]} · {by?.name ?? versions.byRelease} {said}
              </li>
            ))}
          </ul>
        </details>
      )}
      {files !== null && <ChangedFiles files={files} />}
    </li>
  );
}
