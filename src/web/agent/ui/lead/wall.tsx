import type { Wall } from '../../../../contract/supervision';
import { useDesk, useMay, useSpeakTime } from '../context';
import { OverPage } from '../over-page';
import { usePage } from '../page';
import { Alarms } from './alarms';
import { Announce } from './announce';
import { Incidents } from './incidents';
import { Lines } from './lines';
import { LiveConversations } from './live-conversations';
import { People } from './people';
import { Risks } from './risks';
import { Rosters } from './rosters';
import { usePolled } from './use-polled';

const EVERY_MS = 3000;

/** What goes on now, for those who lead: over the desk, which stays where it was. */
export function WallPage() {
  const page = usePage();
  return page.overlay === 'wall' ? <OpenWall /> : null;
}

function OpenWall() {
  const { lead } = useDesk().words;
  const speakTime = useSpeakTime();
  const mayLead = useMay('wall.lead');
  const { found: wall, read } = usePolled<Wall>('/supervisor/wall', EVERY_MS);
  return (
    <OverPage
      title={lead.wall}
      beside={wall && <span className="quiet">{lead.updated(speakTime(wall.at))}</span>}
    >
      {wall === null ? (
        <p role="status">{lead.loading}</p>
      ) : (
        <div className="wall-parts">
          <div>
            <Lines groups={wall.groups} />
            <People agents={wall.agents} onChanged={read} />
            {mayLead && <Announce />}
            <Rosters agents={wall.agents} />
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
    </OverPage>
  );
}
