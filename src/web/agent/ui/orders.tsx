import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useRef, useState } from 'react';
import { type OrderStatus, orderTransitions } from '../../../contract/orders';
import { newId } from '../../shared/outgoing';
import { keysOf } from '../state/shortcuts';
import type { Conversation, Order, OrderStep } from '../state/types';
import { useDesk, useDeskState, useSpeakTime } from './context';
import { usePage } from './page';
import { RegulatorPart } from './regulator-case';

/** The work orders of the conversation. `orders`: as they stand now, `view`: as its numbers may be shown. */
export function Orders({ view, orders }: { view: Conversation; orders: Order[] }) {
  const { customer: texts } = useDesk().words;
  const { show } = usePage();
  const accountId = useDeskState((state) => state.account?.id);
  const mayMake = view.ownership.agentId === accountId;
  const phones = new Map(view.orders.map(({ number, phone }) => [number, phone]));
  return (
    <section>
      <h3>
        {texts.orders}
        <span className="spring" />
        {mayMake && (
          <Button size="small" title={keysOf('order')} onClick={() => show('order')}>
            {texts.newOrder}
          </Button>
        )}
      </h3>
      {orders.length === 0 && <p className="quiet">{texts.noOrders}</p>}
      <ul className="plain-list">
        {orders.map((order) => (
          <OneOrder key={order.number} order={{ ...order, phone: phones.get(order.number) ?? order.phone }} />
        ))}
      </ul>
    </section>
  );
}

function OneOrder({ order }: { order: Order }) {
  const { words } = useDesk();
  const { customer: texts } = words;
  const speakTime = useSpeakTime();
  const [isOpen, setIsOpen] = useState(false);
  const { number, kind, status, promiseAt, summary, phone, address, pause, repeats } = order;
  const isOver = status === 'closed' || status === 'cancelled';
  return (
    <li className="order">
      <button type="button" className="order-head" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <b>{number}</b> <span className="tag">{texts.kinds[kind]}</span>{' '}
        <span className={isOver ? 'tag' : 'tag strong'}>{texts.statuses[status]}</span>
        {pause && <span className="tag warn">{texts.paused}</span>}
        {repeats > 0 && <span className="tag warn">{texts.repeats(repeats)}</span>}
      </button>
      <p>{summary}</p>
      {!isOver && (
        <p className="quiet">
          {texts.promise} {speakTime(promiseAt)}
        </p>
      )}
      {isOpen && (
        <>
          {phone && (
            <p className="quiet">
              {texts.phone} {phone}
            </p>
          )}
          {address && <p className="quiet">{address}</p>}
          {order.regulator && <RegulatorPart order={order} regulator={order.regulator} />}
          <OrderWork order={order} />
        </>
      )}
    </li>
  );
}

/** Moving it on, a word for whoever works on it, and what happened so far. */
function OrderWork({ order }: { order: Order }) {
  const { client, words } = useDesk();
  const { customer: texts } = words;
  const [history, setHistory] = useState<OrderStep[] | null>(null);
  /** Wanted, whether it is read yet or not. */
  const isShown = useRef(false);
  const [note, setNote] = useState('');
  const id = useId();
  const { number, version, status } = order;
  const path = `/agent/orders/${encodeURIComponent(number)}`;
  async function act(rest: string, body: Record<string, unknown>): Promise<void> {
    const done = await client.call('POST', `${path}/${rest}`, { body });
    await client.refreshOpen();
    if (!done) return;
    setNote('');
    if (isShown.current) await readHistory();
  }
  /** A reading that failed is said on the page; what was shown stays. */
  async function readHistory(): Promise<void> {
    const found = await client.readOrder(number);
    if (found && isShown.current) setHistory(found.history);
  }
  function toggleHistory(): void {
    isShown.current = !isShown.current;
    if (isShown.current) void readHistory();
    else setHistory(null);
  }
  const move = (to: OrderStatus) => void act('transition', { to, version, note: note.trim() || null });
  return (
    <div className="order-work">
      <label htmlFor={id} className="unseen">
        {texts.commentHint}
      </label>
      <Input
        id={id}
        placeholder={texts.commentHint}
        maxLength={1000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <p className="actions">
        <Button
          size="small"
          disabled={note.trim() === ''}
          onClick={() => void act('comments', { clientId: newId(), note })}
        >
          {texts.comment}
        </Button>
        {orderTransitions[status].map((to) => (
          <Button key={to} size="small" onClick={() => move(to)}>
            {texts.moveTo} {texts.statuses[to]}
          </Button>
        ))}
        <Button size="small" type="text" aria-expanded={history !== null} onClick={toggleHistory}>
          {texts.history}
        </Button>
      </p>
      {history && <History steps={history} />}
    </div>
  );
}

function History({ steps }: { steps: OrderStep[] }) {
  const { customer: texts } = useDesk().words;
  const colleagues = useDeskState((state) => state.settings.colleagues);
  const speakTime = useSpeakTime();
  const nameOf = (by: string): string => {
    const agent = by.startsWith('agent:') ? by.slice('agent:'.length) : null;
    if (agent === null) return texts.by[by] ?? by;
    return colleagues.find(({ id }) => id === agent)?.name ?? texts.by.agent ?? by;
  };
  return (
    <ol className="plain-list history">
      {steps.map(({ version, at, status, by, note }) => (
        <li key={version}>
          <p>
            {speakTime(at)} · {texts.statuses[status]} · {nameOf(by)}
          </p>
          {note && <p className="quiet">{note}</p>}
        </li>
      ))}
    </ol>
  );
}
