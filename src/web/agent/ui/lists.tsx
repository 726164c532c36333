import Button from 'antd/es/button';
import type { KeyboardEvent } from 'react';
import { keysOf } from '../state/shortcuts';
import { useDesk, useDeskState } from './context';
import { usePage } from './page';
import { MineItem, OfferItem, QueueItem } from './row';

/** Arrows go from row to row, as in every list. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.row > button:first-child')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** What is the agent's, and what waits. */
export function Lists() {
  const { words } = useDesk();
  const { talk } = words;
  const { act } = usePage();
  const mine = useDeskState((state) => state.mine);
  const queue = useDeskState((state) => state.queue);
  const openId = useDeskState((state) => state.openId);
  return (
    <nav className="lists" aria-label={`${talk.mine}, ${talk.queue}`} onKeyDown={walk}>
      <Offers />
      <section className="list mine">
        <h2>
          {talk.mine} <span className="count">{mine.length}</span>
        </h2>
        {mine.length === 0 ? (
          <p className="empty">{talk.noMine}</p>
        ) : (
          <ul>
            {mine.map((row) => (
              <MineItem key={row.conversationId} row={row} isOpen={row.conversationId === openId} />
            ))}
          </ul>
        )}
      </section>
      <Invited />
      <section className="list queue">
        <h2>
          {talk.queue} <span className="count">{queue.length}</span>
          <span className="spring" />
          <Button
            size="small"
            type="primary"
            disabled={queue.length === 0}
            title={keysOf('take-next')}
            onClick={() => act('take-next')}
          >
            {talk.takeNext}
          </Button>
        </h2>
        {queue.length === 0 ? (
          <p className="empty">{talk.noQueue}</p>
        ) : (
          <ul>
            {queue.map((row) => (
              <QueueItem key={row.conversationId} row={row} isOpen={row.conversationId === openId} />
            ))}
          </ul>
        )}
      </section>
    </nav>
  );
}

/** Conversations of colleagues who have asked the agent in. */
function Invited() {
  const { words } = useDesk();
  const invited = useDeskState((state) => state.invited);
  const openId = useDeskState((state) => state.openId);
  if (invited.length === 0) return null;
  return (
    <section className="list invited">
      <h2>
        {words.guests.invited} <span className="count">{invited.length}</span>
      </h2>
      <ul>
        {invited.map((row) => (
          <MineItem key={row.conversationId} row={row} isOpen={row.conversationId === openId} />
        ))}
      </ul>
    </section>
  );
}

function Offers() {
  const { talk } = useDesk().words;
  const offers = useDeskState((state) => state.offers);
  if (offers.length === 0) return null;
  return (
    <section className="offers" aria-label={talk.offered}>
      <h2>{talk.offered}</h2>
      <ul>
        {offers.map((offer) => (
          <OfferItem key={offer.conversationId} offer={offer} />
        ))}
      </ul>
    </section>
  );
}
