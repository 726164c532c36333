import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import type { ContentVersion, FileDifference } from '../../../../contract/content-editing';
import { useAdmin } from '../context';
import { ChangedFiles } from './changed-files';

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

export function HistoryList({ list }: { list: ContentVersion[] }) {
  const { versions } = useAdmin().words;
  return (
    <section className="history-list" aria-label={versions.history}>
      <h2>{versions.history}</h2>
      <ol>
        {list.map((version) => (
          <OneVersion key={version.id} version={version} />
        ))}
      </ol>
    </section>
  );
}

function OneVersion({ version }: { version: ContentVersion }) {
  const { client, words, settings } = useAdmin();
  const { versions } = words;
  const [files, setFiles] = useState<FileDifference[] | null>(null);
  const { id, number, createdAt, author, message, parent, state, changedCount } = version;
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
        {state.type === 'current' && <span className="tag strong">{versions.current}</span>}
        <span className="quiet">
          {new Date(createdAt).toLocaleString(settings.locale === 'zh' ? 'zh-CN' : 'en-GB')} ·{' '}
          {author?.name ?? versions.byRelease} · {versions.changedCount(changedCount)}
        </span>
        <span className="spring" />
        {parent !== null && (
          <Button size="small" aria-expanded={files !== null} onClick={() => void look()}>
            {versions.look}
          </Button>
        )}
      </p>
      <p>{message || <span className="quiet">{versions.noMessage}</span>}</p>
      {files !== null && <ChangedFiles files={files} />}
    </li>
  );
}
