import Button from 'antd/es/button';
import type { Conversation } from '../../state/types';
import { useDesk, useDeskState } from '../context';

/** Who is in the conversation beside its owner: the owner may let them go, and a guest may leave. */
export function GuestBar({ view, isOwn }: { view: Conversation; isOwn: boolean }) {
  const { client, words } = useDesk();
  const { guests: talk, talk: general } = words;
  const own = useDeskState((state) => state.account?.id);
  const owner = useDeskState(
    ({ settings }) => settings.colleagues.find(({ id }) => id === view.ownership.agentId)?.name,
  );
  const me = view.guests.find(({ agentId }) => agentId === own);
  if (view.guests.length === 0) return null;
  return (
    <section className="guests" aria-label={talk.inside}>
      {me && <p>{talk.of(owner ?? general.agent)}</p>}
      <ul>
        {view.guests.map(({ agentId, agentName, mayWrite }) => (
          <li key={agentId}>
            {agentName} <span className="quiet">{mayWrite ? talk.writes : talk.reads}</span>
            {isOwn && (
              <button
                type="button"
                className="guest-out"
                aria-label={talk.send(agentName)}
                title={talk.send(agentName)}
                onClick={() => void client.step('/leave', { agentId })}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {me && (
        <Button size="small" onClick={() => void client.step('/leave', {})}>
          {talk.leave}
        </Button>
      )}
    </section>
  );
}
