import Button from 'antd/es/button';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type BulletinPage, MAX_LIVE_BULLETINS } from '../../../../contract/bulletins';
import { speakTime } from '../../../../speak-time';
import { placeNames } from '../../state/place-names';
import { useAdmin, useMay } from '../context';
import { BulletinRow } from './bulletin-row';
import { WriteBulletin } from './write-bulletin';

/** What colleagues publish or end is seen within so long. */
const EVERY_MS = 10_000;

/** Emergency bulletins: what is told now, one more, and what was told. Made for a phone first. */
export function BulletinsPage() {
  const { words, settings } = useAdmin();
  const { bulletins, shell } = words;
  const { locale } = settings;
  const mayPublish = useMay('bulletins.publish');
  const { page, isAway, show, read } = usePage();
  const names = useMemo(() => placeNames(page?.places ?? [], locale), [page?.places, locale]);
  if (!page)
    return (
      <main className="admin-empty">
        <p role="status">{isAway ? bulletins.faults.failed : shell.loading}</p>
        {isAway && <Button onClick={() => void read()}>{shell.again}</Button>}
      </main>
    );
  const { timeZone, now } = page;
  const speak = (at: number) => speakTime(at, { locale, timeZone, now });
  const live = page.bulletins.filter(({ untilAt }) => untilAt > now);
  const past = page.bulletins.filter(({ untilAt }) => untilAt <= now);
  const rows = (some: typeof live, isLive: boolean) => (
    <ul>
      {some.map((bulletin) => (
        <BulletinRow key={bulletin.id} {...{ bulletin, isLive, names }} speakTime={speak} onEnded={show} />
      ))}
    </ul>
  );
  return (
    <main className="bulletins-page">
      <h2>{bulletins.title}</h2>
      {isAway && <p className="warn">{shell.faults.unreachable}</p>}
      <section className="card" aria-label={bulletins.live}>
        <h3>{bulletins.live}</h3>
        {live.length === 0 ? <p className="quiet">{bulletins.noneLive}</p> : rows(live, true)}
      </section>
      {mayPublish ? (
        <WriteBulletin
          {...{ page, names }}
          isFull={live.length >= MAX_LIVE_BULLETINS}
          speakTime={speak}
          onPublished={show}
        />
      ) : (
        <p className="quiet">{bulletins.mayNotPublish}</p>
      )}
      <section className="card" aria-label={bulletins.past}>
        <h3>{bulletins.past}</h3>
        {past.length === 0 ? <p className="quiet">{bulletins.nonePast}</p> : rows(past, false)}
      </section>
    </main>
  );
}

function usePage() {
  const { client } = useAdmin();
  const [page, setPage] = useState<BulletinPage | null>(null);
  const [isAway, setIsAway] = useState(false);
  const read = useCallback(async () => {
    const answer = await client.call<BulletinPage>('GET', '/admin/bulletins');
    setIsAway(!answer.ok);
    if (answer.ok) setPage(answer.value);
  }, [client]);
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
  return { page, isAway, show: setPage, read };
}
