import Select from 'antd/es/select';
import { useState } from 'react';
import type { Wall } from '../../../../contract/supervision';
import { isAt, placesOf } from '../../state/places';
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

/** What of the wall is shown: people of one place with their conversations, and everybody who waits. */
function at(wall: Wall, place: string | null): Wall {
  const agents = wall.agents.filter((agent) => isAt(agent, place));
  const conversations = wall.conversations.filter(
    ({ agentId }) => agentId === null || place === null || agents.some(({ id }) => id === agentId),
  );
  return { ...wall, agents, conversations };
}

function OpenWall() {
  const { lead } = useDesk().words;
  const speakTime = useSpeakTime();
  const mayLead = useMay('wall.lead');
  const { found, read } = usePolled<Wall>('/supervisor/wall', EVERY_MS);
  const [place, setPlace] = useState<string | null>(null);
  const wall = found && at(found, place);
  const places = placesOf(found?.agents ?? []);
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
            {places.length > 0 && (
              <Select<string | null>
                size="small"
                aria-label={lead.place}
                value={place}
                options={[null, ...places].map((value) => ({ value, label: value ?? lead.everywhere }))}
                onChange={setPlace}
              />
            )}
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
