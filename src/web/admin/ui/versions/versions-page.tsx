import { useBench, useMay, useMayEverywhere } from '../context';
import { Colleagues } from './colleagues';
import { HistoryList, useVersions } from './history-list';
import { MergePage } from './merge-page';
import { MyChanges } from './my-changes';
import { Proposals } from './proposals';
import { ScheduleNotice } from './schedule-notice';

/** What is in use, what was, and what this person would change. */
export function VersionsPage() {
  const { list, read } = useVersions();
  const refresh = () => void read();
  const { merging } = useBench();
  const mayEdit = useMay('content.edit');
  const mayKeepTests = useMayEverywhere('content.edit');
  if (merging) return <MergePage key={merging.onto} onto={merging.onto} conflicts={merging.conflicts} />;
  return (
    <main className="versions-page">
      <ScheduleNotice list={list} onDone={refresh} />
      {mayEdit && (
        <>
          <MyChanges onDone={refresh} />
          <Colleagues />
          {mayKeepTests && <Proposals />}
        </>
      )}
      <HistoryList list={list} onDone={refresh} />
    </main>
  );
}
