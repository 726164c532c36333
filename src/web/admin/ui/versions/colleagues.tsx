import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import type { Draft, DraftOf, FileDifference } from '../../../../contract/content-editing';
import { useAdmin, useAdminState, useMay, useNotice } from '../context';
import { ChangedFiles } from './changed-files';

/** What colleagues write: read by a second person, who approves it as it is. */
export function Colleagues() {
  const { client, words } = useAdmin();
  const { review } = words;
  const own = useAdminState(({ account }) => account?.id);
  const [list, setList] = useState<DraftOf[]>([]);
  const read = useCallback(async () => {
    const found = await client.ask<{ drafts: DraftOf[] }>('GET', '/admin/content/drafts');
    if (found) setList(found.drafts);
  }, [client]);
  useEffect(() => void read(), [read]);
  const others = list.filter(({ accountId, changed }) => accountId !== own && changed.length > 0);
  return (
    <section className="history-list" aria-label={review.drafts}>
      <h2>{review.drafts}</h2>
      {others.length === 0 ? (
        <p className="quiet">{review.noDrafts}</p>
      ) : (
        <ol>
          {others.map((draft) => (
            <OneDraft key={`${draft.accountId} ${draft.revision}`} of={draft} onDone={() => void read()} />
          ))}
        </ol>
      )}
    </section>
  );
}

function OneDraft({ of, onDone }: { of: DraftOf; onDone: () => void }) {
  const { client, words, settings } = useAdmin();
  const { review, versions } = words;
  const say = useNotice();
  const mayApprove = useMay('content.publish');
  const [seen, setSeen] = useState<{ draft: Draft; files: FileDifference[] } | null>(null);
  const path = `/admin/content/drafts/${encodeURIComponent(of.accountId)}`;
  async function look(): Promise<void> {
    if (seen) return setSeen(null);
    const draft = await client.ask<Draft>('GET', path);
    if (!draft) return;
    const basePath = `/admin/content/versions/${encodeURIComponent(draft.base)}`;
    const base = await client.ask<{ files: Record<string, string> }>('GET', basePath);
    if (!base) return;
    const files = draft.changed.map((each) => ({
      ...each,
      before: base.files[each.path] ?? null,
      after: draft.files[each.path] ?? null,
    }));
    setSeen({ draft, files });
  }
  async function approve(): Promise<void> {
    if (!seen) return;
    // What was read is what is approved: a draft that went on meanwhile is read again.
    const done = await client.ask('POST', `${path}/approve`, { revision: seen.draft.revision });
    if (done) say(review.approved(of.name));
    else setSeen(null);
    onDone();
  }
  const when = new Date(of.updatedAt).toLocaleString(settings.locale === 'zh' ? 'zh-CN' : 'en-GB');
  return (
    <li>
      <p className="version-head">
        <b>{of.name}</b>
        <span className="quiet">
          {when} · {versions.changedCount(of.changed.length)}
        </span>
        {of.approvedBy.length > 0 && (
          <span className="tag strong">
            {review.approvedBy(of.approvedBy.map(({ name }) => name).join('、'))}
          </span>
        )}
        <Button size="small" aria-expanded={seen !== null} onClick={() => void look()}>
          {versions.look}
        </Button>
      </p>
      {seen && (
        <>
          <ChangedFiles files={seen.files} />
          {seen.draft.problems.length > 0 && (
            <p className="warn">{versions.problemsLeft(seen.draft.problems.length)}</p>
          )}
          {mayApprove ? (
            <div className="actions">
              <Button type="primary" disabled={seen.draft.problems.length > 0} onClick={() => void approve()}>
                {review.approve}
              </Button>
            </div>
          ) : (
            <p className="hint">{review.mayNotApprove}</p>
          )}
        </>
      )}
    </li>
  );
}
