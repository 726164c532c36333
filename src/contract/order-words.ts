import type { Locale } from './activity';
import type { OrderKind, OrderStatus } from './orders';

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
  zh: { promise: '最晚', visit: '上门', updated: '更新于' },
  en: { promise: 'By', visit: 'Visit', updated: 'Updated' },
} as const;
