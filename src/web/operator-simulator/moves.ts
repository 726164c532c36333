import type { SimulatorOrder, SteerInput } from '../../contract/operator-simulator';
import { isOpenStatus } from '../../contract/orders';

export type Act = Extract<SteerInput, { type: 'order' }>['act'];
export interface Move {
  name: string;
  act: Act;
}

const HOUR_MS = 3600_000;

/** A visit two hours from now, on the full hour. */
function visitAfter(now: number): { startAt: number; endAt: number } {
  const startAt = (Math.floor(now / HOUR_MS) + 2) * HOUR_MS;
  return { startAt, endAt: startAt + 2 * HOUR_MS };
}

/** What the operator's systems could tell of an order next, the likeliest first. None for one that is done. */
export function movesOf(order: SimulatorOrder, now: number): Move[] {
  const { status, kind, isPaused, hasAccepted, hasArrived } = order;
  if (!isOpenStatus(status)) return [];
  const visit = visitAfter(now);
  const onTheWay: Move[] = [
    ...(hasAccepted ? [] : [{ name: '接单', act: { type: 'accept' } as const }]),
    { name: '到了现场', act: { type: 'arrive' } },
    { name: '约 2 小时后', act: { type: 'appoint', ...visit } },
  ];
  const onSite: Move[] = [
    {
      name: '做好了',
      act: {
        type: 'finish',
        cause: kind === 'installation' ? 'installed' : 'connector',
        reading: { type: 'optical', dbm: -19.5 },
      },
    },
    { name: '还要再来一次', act: { type: 'revisit', reason: 'parts', visit } },
  ];
  const rest: Move[] = [
    isPaused
      ? { name: '继续处理', act: { type: 'resume' } }
      : { name: '暂停：客户改期', act: { type: 'suspend', reason: 'customer-postponed' } },
    ...(isPaused ? [] : [{ name: '暂停：等配件', act: { type: 'suspend', reason: 'parts' } as const }]),
    {
      name: '转给王磊',
      act: { type: 'reassign', reason: 'no-time', to: { id: '0519', name: '王磊', phone: null } },
    },
    { name: '撤单', act: { type: 'cancel' } },
  ];
  return [...(hasArrived ? onSite : onTheWay), ...rest];
}
