import Button from 'antd/es/button';
import { useEffect } from 'react';
import type { Wall } from '../../../../contract/supervision';
import { useDesk, useSpeakTime } from '../context';
import { usePage } from '../page';
import { Alarms } from './alarms';
import { Announce } from './announce';
import { Incidents } from './incidents';
import { Lines } from './lines';
import { LiveConversations } from './live-conversations';
import { People } from './people';
import { Risks } from './risks';
import { usePolled } from './use-polled';

const EVERY_MS = 3000;

/** What goes on now, for those who lead: over the desk, which stays where it was. */
export function WallPage() {
  const page = usePage();
  return page.overlay === 'wall' ? <OpenWall /> : null;
}

function OpenWall() {
  const { lead, shell } = useDesk().words;
  const page = usePage();
  const speakTime = useSpeakTime();
  const { found: wall, read } = usePolled<Wall>('/supervisor/wall', EVERY_MS);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A question that lies over the wall is closed first.
      if (event.key === 'Escape' && !document.querySelector('.ant-modal-wrap, .ant-popover')) page.show(null);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [page]);
  return (
    <main className="wall" aria-label={lead.wall}>
      <header>
        <h1>{lead.wall}</h1>
        {wall && <span className="quiet">{lead.updated(speakTime(wall.at))}</span>}
        <span className="spring" />
        <Button onClick={() => page.show(null)}>{shell.back}</Button>
      </header>
      {wall === null ? (
        <p role="status">{lead.loading}</p>
      ) : (
        <div className="wall-parts">
          <div>
            <Lines groups={wall.groups} />
            <People agents={wall.agents} onChanged={read} />
            <Announce />
          </div>
          <div>
            <LiveConversations wall={wall} onChanged={read} />
          </div>
          <div>
            <Incidents />
            <Alarms />
            <Risks orders={wall.ordersAtRisk} at={wall.at} />
          </div>
        </div>
      )}
    </main>
  );
}
