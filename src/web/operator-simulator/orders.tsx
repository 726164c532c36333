import type { SimulatorOrder } from '../../contract/operator-simulator';
import { movesOf } from './moves';
import { kindNames, statusNames } from './names';
import type { Steer } from './steering';
import { clockTime } from './when';

interface Props {
  orders: SimulatorOrder[];
  steer: Steer;
  isBusy: boolean;
  zone: string;
}

/** Work orders, and what the field could tell of each. */
export function Orders({ orders, steer, isBusy, zone }: Props) {
  return (
    <section class="card" aria-labelledby="orders">
      <h2 id="orders">工单</h2>
      <p class="hint">点一步，就像装维系统发来回调；客户会在聊天里收到。</p>
      <ul class="rows">
        {orders.map((order) => (
          <Order key={order.number} order={order} steer={steer} isBusy={isBusy} zone={zone} />
        ))}
      </ul>
      {orders.length === 0 && (
        <p class="empty">
          还没有工单。<a href="/chat">去聊天</a>里报一次故障试试。
        </p>
      )}
    </section>
  );
}

function Order({ order, steer, isBusy, zone }: Omit<Props, 'orders'> & { order: SimulatorOrder }) {
  const { number, kind, status, summary, address, technician, isPaused, updatedAt } = order;
  const moves = movesOf(order, Date.now());
  const state = [
    statusNames[status] ?? status,
    isPaused ? '已暂停' : '',
    technician ? `${technician}负责` : '',
  ];
  return (
    <li>
      <span class="grow">
        <strong>{number}</strong> {kindNames[kind] ?? kind}
        <small>{[...state.filter(Boolean), `${clockTime(updatedAt, zone)} 更新`].join(' · ')}</small>
        <small>{[summary, address].filter(Boolean).join(' · ')}</small>
      </span>
      {moves.length > 0 && (
        <fieldset class="moves" aria-label={`推进 ${number}`}>
          {moves.map(({ name, act }, i) => (
            <button
              key={name}
              type="button"
              class={i === 0 ? 'act main' : 'act'}
              disabled={isBusy}
              onClick={() => steer({ type: 'order', number, act })}
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
    </li>
  );
}
