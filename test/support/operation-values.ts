import type { OperationName } from '../../src/contract/operations';
import { lineVerdictSchema } from '../../src/contract/operator-operations';
import { TEN } from './dialogs';

/** Values that operations may answer dialogs with, of every kind that leads somewhere else. */
export const anyOrder = (status: string, promiseAt: number | null) => ({
  number: 'F261123A1B2C3D4E',
  kind: 'fault',
  status,
  promiseAt,
  summary: 's',
  appointment: null,
  updatedAt: TEN,
});
const visit = (id: string, hours: number) => ({
  id,
  startAt: TEN + hours * 3_600_000,
  endAt: TEN + (hours + 2) * 3_600_000,
});
const account = (status: string, speedCap: unknown = null) => ({
  customer: {
    name: 'n',
    phone: '13800138000',
    account: 'a',
    address: '中山路3栋501',
    plan: 'p',
    status,
    arrearsYuan: 9.5,
    speedCap,
  },
});
const record = {
  id: 'r',
  name: '王芳',
  phone: '13800138000',
  phoneProvedAt: TEN,
  address: '中山路3栋501',
  channels: [{ channel: 'web', provedAt: TEN }],
  orders: [],
};
const plan = { id: 'p300', name: 'n', mbps: 300, monthlyYuan: 79 };
const service = { id: 's', name: 'n', monthlyYuan: 6.5 };
const billMonth = {
  month: '2026-11',
  isOpen: true,
  totalYuan: 129,
  lines: [{ type: 'plan', name: 'n', yuan: 129 }],
};
const incident = {
  id: 'i',
  text: { zh: '光缆断了', en: 'A cable is cut' },
  expectedAt: TEN + 3600_000,
  revision: 1,
  isLate: false,
  isSubscribed: false,
};
/** What an operation may answer, good and odd. */
export const operationValues: Record<OperationName, unknown[]> = {
  'customer.link': [
    { status: 'linked', record, unfinished: null },
    { status: 'merged', record, unfinished: null },
    { status: 'other-customer', record: null, unfinished: null },
  ],
  'customer.unlink': [{ isUnlinked: true }, { isUnlinked: false }],
  'incident.find': [{ incident: null }, { incident }],
  'incident.report': [{ incident: null }, { incident }, { incident: { ...incident, isLate: true } }],
  'incident.subscribe': [{ isSubscribed: true }, { isSubscribed: false }],
  'work-order.confirm': [
    { status: 'not-found', order: null },
    { status: 'closed', order: anyOrder('closed', null) },
    { status: 'reopened', order: anyOrder('closed', null) },
    { status: 'unchanged', order: anyOrder('closed', null) },
  ],
  'operator.customer': [
    { customer: null },
    ...['normal', 'arrears', 'suspended', 'fraud-stop'].map((status) => account(status)),
    account('normal', { mbps: 1, untilAt: TEN }),
  ],
  'operator.outage': [
    { outage: null },
    { outage: { id: 'o', cause: 'c', restoreAt: TEN } },
    { outage: { id: 'o', cause: 'c', restoreAt: TEN, isPlanned: true } },
  ],
  'operator.line-test': lineVerdictSchema.options.flatMap((verdict) => [
    { verdict, rxPowerDbm: null, speedMbps: null },
    { verdict, rxPowerDbm: -30.5, speedMbps: 90 },
  ]),
  'operator.slots': [
    { slots: [] },
    { slots: [visit('a', 2)] },
    { slots: [visit('a', 2), visit('b', 24), visit('c', 30)] },
  ],
  'operator.reserve-slot': [{ appointment: visit('a', 2) }, { appointment: visit('a', 2), heldUntilAt: TEN }],
  'operator.book-slot': [{ appointment: visit('a', 2) }],
  'operator.change-slot': [{ appointment: visit('b', 24) }],
  'operator.release-slot': [{ isReleased: true }, { isReleased: false }],
  'operator.visitor': [{ visitor: null }, { visitor: { name: 'n', phone: '17012345678' } }],
  'operator.bill': [
    { bill: null },
    { bill: { balanceYuan: 3.2, arrearsYuan: 0, dueAt: null, months: [] } },
    { bill: { balanceYuan: 0, arrearsYuan: 12, dueAt: TEN, months: [billMonth] } },
  ],
  'operator.services': [{ services: null }, { services: [] }, { services: [service] }],
  'operator.cancel-service': [{ service, endsAt: TEN }],
  'operator.contract': [
    { contract: null },
    { contract: { plan: 'n', mbps: 500, monthlyYuan: 129, endsAt: null, exitYuan: 0 } },
    { contract: { plan: 'n', mbps: 1000, monthlyYuan: 199, endsAt: TEN, exitYuan: 60 } },
  ],
  'operator.relocation': [
    { terms: null },
    { terms: { feeYuan: 0, takesModem: true, contractEndsAt: TEN } },
    { terms: { feeYuan: 100, takesModem: false, contractEndsAt: null } },
  ],
  'operator.plan-quote': [
    { quote: null },
    ...['in-contract', 'arrears', 'same-plan', null].map((refusal) => ({
      quote: { plan, effectiveAt: TEN, contractMonths: refusal === null ? 12 : 0, refusal },
    })),
  ],
  'operator.change-plan': [{ plan, effectiveAt: TEN }],
  'operator.coverage': [
    { isCovered: true, maxMbps: 1000 },
    { isCovered: true, maxMbps: 300 },
    { isCovered: false, maxMbps: 0 },
  ],
  'operator.plans': [
    { plans: [] },
    { plans: [300, 500, 1000].map((mbps) => ({ id: `p${mbps}`, name: `n${mbps}`, mbps, monthlyYuan: 1.5 })) },
    {
      plans: [0, 12].map((contractMonths) => ({
        ...plan,
        terms: {
          contractMonths,
          exitPercent: 30,
          installYuan: contractMonths,
          isModemLent: contractMonths > 0,
        },
      })),
    },
  ],
  'retention.offer': [
    { offer: null },
    { offer: { id: 'o', type: 'plan', plan, untilAt: TEN + 1 } },
    { offer: { id: 'o', type: 'grant', text: { zh: '减 20 元', en: '20 yuan off' }, untilAt: TEN - 1 } },
  ],
  'otp.send': [{ expiresAt: TEN }],
  'otp.verify': [
    { isVerified: true, triesLeft: 4, phone: '13900139000' },
    { isVerified: false, triesLeft: 1, phone: null },
    { isVerified: false, triesLeft: 0, phone: null },
  ],
  'work-order.create': [{ order: anyOrder('registered', TEN) }, { order: anyOrder('registered', null) }],
  'work-order.find': [
    { order: null },
    { order: anyOrder('assigned', TEN - 1) },
    { order: anyOrder('resolved', null) },
  ],
  'complaint.earlier': [
    { order: null, times: 0, since: null },
    { order: { ...anyOrder('in-progress', TEN + 1), kind: 'complaint' }, times: 1, since: TEN - 1 },
    { order: { ...anyOrder('closed', null), kind: 'complaint' }, times: 3, since: TEN - 20 * 86_400_000 },
  ],
  'complaint.continue': [
    { status: 'continued', order: { ...anyOrder('in-progress', TEN + 1), kind: 'complaint' }, times: 2 },
    { status: 'continued', order: { ...anyOrder('in-progress', null), kind: 'complaint' }, times: 3 },
    { status: 'unchanged', order: { ...anyOrder('cancelled', null), kind: 'complaint' }, times: 1 },
    { status: 'not-found', order: null, times: 0 },
  ],
  'work-order.withdraw': [
    { status: 'withdrawn', order: anyOrder('cancelled', null) },
    { status: 'unchanged', order: anyOrder('closed', null) },
    { status: 'not-found', order: null },
  ],
  'work-order.add': [
    { status: 'added', order: anyOrder('assigned', TEN + 1) },
    { status: 'unchanged', order: anyOrder('closed', null) },
    { status: 'not-found', order: null },
  ],
  'work-order.reschedule': [
    { status: 'rescheduled', order: { ...anyOrder('assigned', TEN + 1), appointment: visit('a', 2) } },
    { status: 'rescheduled', order: anyOrder('assigned', null) },
    { status: 'unchanged', order: anyOrder('closed', null) },
    { status: 'not-found', order: null },
  ],
  'work-order.visits': [
    { slots: [] },
    { slots: [visit('a', 2)] },
    { slots: [visit('a', 2), visit('b', 24), visit('c', 30)] },
  ],
  'work-order.dispute': [{ isDisputed: true }, { isDisputed: false }],
  'work-order.list': [
    { orders: [] },
    { orders: [anyOrder('closed', null), { ...anyOrder('assigned', TEN + 1), appointment: visit('a', 2) }] },
    { orders: [anyOrder('assigned', TEN + 1)] },
    {
      orders: [
        {
          ...anyOrder('assigned', TEN + 1),
          pause: { reason: 'customer-unreachable', since: TEN - 1, isDisputed: false },
        },
      ],
    },
  ],
};
