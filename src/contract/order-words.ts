import type { Locale } from './activity';
import type { OrderKind, OrderStatus, OrderView } from './orders';

/** How customers read the kinds and states of an order, on cards. */
export const orderKindWords: Record<Locale, Record<OrderKind, string>> = {
  zh: { fault: '报修', installation: '装机', complaint: '投诉' },
  en: { fault: 'Fault report', installation: 'Installation', complaint: 'Complaint' },
};

export const orderStatusWords: Record<Locale, Record<OrderStatus, string>> = {
  zh: {
    registered: '已登记',
    assigned: '已派单',
    'in-progress': '处理中',
    resolved: '已处理，等您确认',
    closed: '已办结',
    cancelled: '已撤销',
  },
  en: {
    registered: 'Registered',
    assigned: 'Assigned',
    'in-progress': 'In progress',
    resolved: 'Done, awaiting your word',
    closed: 'Closed',
    cancelled: 'Cancelled',
  },
};

export const orderCardWords = {
  zh: { promise: '最晚', visit: '上门', technician: '师傅', updated: '更新于' },
  en: { promise: 'By', visit: 'Visit', technician: 'Technician', updated: 'Updated' },
} as const;

/** By name and staff number: whoever rings at the door can be asked for both. */
export const technicianWords = (
  locale: Locale,
  { id, name }: NonNullable<OrderView['technician']>,
): string => (locale === 'zh' ? `${name}（工号 ${id}）` : `${name} (staff number ${id})`);
