import Button from 'antd/es/button';
import { memo } from 'react';
import type { Offer } from '../../../contract/desk';
import { shortSpan, urgencyOf } from '../state/countdown';
import { unreadOf } from '../state/desk-state';
import type { MineRow, QueueRow } from '../state/types';
import { useDesk, useDeskState, useTicking } from './context';

/** Plain elements: a list of two hundred rows must not be felt. */
export function Countdown({ dueAt, label }: { dueAt: number; label: string }) {
  const left = useTicking((now) => shortSpan(dueAt - now));
  const urgency = useTicking((now) => urgencyOf(dueAt, now));
  return (
    <span className={`countdown ${urgency}`} title={label}>
      <span className="unseen">{label} </span>
      {left}
    </span>
  );
}

function Waited({ since, label }: { since: number; label: string }) {
  const span = useTicking((now) => shortSpan(Math.max(0, now - since)));
  return (
    <span className="waited" title={label}>
      <span className="unseen">{label} </span>
      {span}
    </span>
  );
}

export function PriorityTag({ priority }: { priority: MineRow['priority'] }) {
  const { talk } = useDesk().words;
  return priority === 'normal' ? null : <span className={`tag ${priority}`}>{talk[priority]}</span>;
}

export const MineItem = memo(function MineItem({ row, isOpen }: { row: MineRow; isOpen: boolean }) {
  const { client, words } = useDesk();
  const { talk } = words;
  const unread = useDeskState((state) => unreadOf(state, row));
  const hasDraft = useDeskState((state) => (state.drafts[row.conversationId]?.text ?? '') !== '');
  const { conversationId, channel, owner, priority, lastText, dueAt } = row;
  return (
    <li className="row">
      <button
        type="button"
        data-id={conversationId}
        aria-current={isOpen ? 'true' : undefined}
        className={isOpen ? 'open' : ''}
        onClick={() => client.open(conversationId)}
      >
        <span className="row-head">
          <span className="channel">{talk.channels[channel]}</span>
          <PriorityTag priority={priority} />
          {owner === 'wrap-up' && <span className="tag">{talk.wrapUp}</span>}
          {hasDraft && !isOpen && (
            <span className="pen" aria-hidden="true">
              ✎
            </span>
          )}
          <span className="spring" />
          {unread > 0 && (
            <span className="unread">
              <span className="unseen">{talk.unread(unread)}</span>
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            </span>
          )}
          {dueAt !== null && <Countdown dueAt={dueAt} label={talk.dueIn} />}
        </span>
        <span className="last">{lastText || '…'}</span>
      </button>
    </li>
  );
});

export const QueueItem = memo(function QueueItem({ row, isOpen }: { row: QueueRow; isOpen: boolean }) {
  const { client, words } = useDesk();
  const { talk } = words;
  const { conversationId, channel, priority, since, lastText, reservedBy } = row;
  const isMine = useDeskState((state) => state.account?.id === reservedBy);
  return (
    <li className="row">
      <button
        type="button"
        data-id={conversationId}
        aria-current={isOpen ? 'true' : undefined}
        className={isOpen ? 'open' : ''}
        onClick={() => client.open(conversationId)}
      >
        <span className="row-head">
          <span className="channel">{talk.channels[channel]}</span>
          <PriorityTag priority={priority} />
          {reservedBy !== null && <span className="tag">{isMine ? talk.offered : talk.taken}</span>}
          <span className="spring" />
          <Waited since={since} label={talk.waitingSince} />
        </span>
        <span className="last">{lastText || '…'}</span>
      </button>
      {(reservedBy === null || isMine) && (
        <button type="button" className="take" onClick={() => void client.claim(conversationId)}>
          {talk.take}
        </button>
      )}
    </li>
  );
});

/** Reserved for this agent: taken or given back before the time is up, else it goes to the next. */
export const OfferItem = memo(function OfferItem({ offer }: { offer: Offer }) {
  const { client, words } = useDesk();
  const { talk } = words;
  const { conversationId, channel, priority, lastText, untilAt, note } = offer;
  return (
    <li className="offer">
      <p className="row-head">
        <span className="channel">{talk.channels[channel]}</span>
        <PriorityTag priority={priority} />
        <span className="spring" />
        <Countdown dueAt={untilAt} label={talk.acceptWithin} />
      </p>
      <p className="last">{lastText || '…'}</p>
      {note && <p className="quiet">{note}</p>}
      <p className="actions">
        <Button type="primary" size="small" onClick={() => void client.claim(conversationId)}>
          {talk.accept}
        </Button>
        <Button size="small" onClick={() => void client.decline(conversationId)}>
          {talk.decline}
        </Button>
      </p>
    </li>
  );
});
