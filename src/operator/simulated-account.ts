import type { Zone } from '../zone';
import type { Chance } from './chance';
import type { AddedService, Bill, Customer, Plan } from './operator';

/** Bills and value-added services of the simulated operator's customers. Money is in yuan. */
const SERVICES: AddedService[] = [
  { id: 'vas-ringtone', name: '视频彩铃', monthlyYuan: 6 },
  { id: 'vas-tv', name: 'IPTV 影视会员', monthlyYuan: 19.9 },
  { id: 'vas-cloud', name: '云盘空间', monthlyYuan: 10 },
];
/** Of the numbers that can be tried by hand. */
const KNOWN_SERVICES: Record<string, string[]> = {
  '13800138000': ['vas-ringtone', 'vas-tv'],
  '13800138001': ['vas-cloud'],
  '13800138004': [],
};
const MONTHS = 4;

const cents = (yuan: number): number => Math.round(yuan * 100) / 100;

/** Start of the month that a moment lies in, so many months on, on the zone's calendar. */
export function monthStart(at: number, offset: number, zone: Zone): number {
  const wall = new Date(at + zone.offsetAt(at));
  return zone.momentOf(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + offset, 1));
}

/** What the account had before anything was cancelled in chat. */
export const simulateServices = (chance: Chance, { phone }: Customer): AddedService[] => {
  const known = KNOWN_SERVICES[phone];
  return SERVICES.filter(({ id }) => known?.includes(id) ?? chance('service', phone, id) < 0.25);
};

/**
 * This month and the last three: the plan, what was added, calls beyond the plan, a discount of loyalty. What is
 * cancelled in chat is still part of the months that began before.
 */
export function simulateBill(
  chance: Chance,
  customer: Customer,
  { now, zone, plans }: { now: number; zone: Zone; plans: Plan[] },
): Bill {
  const { phone, arrearsYuan } = customer;
  const plan = plans.find(({ name }) => name === customer.plan);
  const months = Array.from({ length: MONTHS }, (_, back) => {
    const startAt = monthStart(now, -back, zone);
    const month = new Date(startAt + zone.offsetAt(startAt)).toISOString().slice(0, 7);
    const calls = cents(chance('calls', phone, month) * 30);
    const lines: Bill['months'][number]['lines'] = [
      { type: 'plan', name: customer.plan, yuan: plan?.monthlyYuan ?? 0 },
      ...simulateServices(chance, customer).map(({ name, monthlyYuan }) => ({
        type: 'value-added' as const,
        name,
        yuan: monthlyYuan,
      })),
      ...(calls > 10 ? [{ type: 'call' as const, name: '套餐外通话', yuan: calls }] : []),
      ...(chance('loyal', phone) < 0.3 ? [{ type: 'discount' as const, name: '老客户优惠', yuan: -10 }] : []),
    ];
    const totalYuan = cents(lines.reduce((sum, { yuan }) => sum + yuan, 0));
    return { month, isOpen: back === 0, totalYuan, lines };
  });
  return {
    balanceYuan: arrearsYuan > 0 ? 0 : cents(chance('balance', phone) * 200),
    arrearsYuan,
    dueAt: arrearsYuan > 0 ? monthStart(now, 1, zone) : null,
    months,
  };
}
