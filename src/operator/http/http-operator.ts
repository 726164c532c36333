import type { Operator } from '../operator';
import type { OperatorCalls } from './call';

/** The port over HTTP: each method is one call of the contract. */
export const createHttpOperator = ({ call }: Pick<OperatorCalls, 'call'>): Operator => ({
  findCustomer: async (phone) => (await call('findCustomer', { phone })).customer,
  findBill: async (phone) => (await call('findBill', { phone })).bill,
  listServices: async (phone) => (await call('listServices', { phone })).services,
  cancelService: (wanted, key) => call('cancelService', wanted, key),
  findOutage: async (address, area = null) => (await call('findOutage', { address, area })).outage,
  testLine: (line) => call('testLine', line),
  findCoverage: (address) => call('findCoverage', { address }),
  listPlans: async () => (await call('listPlans', {})).plans,
  findContract: async (phone) => (await call('findContract', { phone })).contract,
  findRelocation: async (move) => (await call('findRelocation', move)).terms,
  quotePlan: async (wanted) => (await call('quotePlan', wanted)).quote,
  changePlan: (wanted, key) => call('changePlan', wanted, key),
  listSlots: async (wish) => (await call('listSlots', wish)).slots,
  reserveSlot: (wanted, key) => call('reserveSlot', wanted, key),
  bookSlot: (appointmentId, key) => call('bookSlot', { appointmentId }, key),
  changeSlot: (wanted, key) => call('changeSlot', wanted, key),
  releaseSlot: async (appointmentId, key) => (await call('releaseSlot', { appointmentId }, key)).isReleased,
  findVisitor: async (appointmentId) => (await call('findVisitor', { appointmentId })).visitor,
  dispatchOrder: async (message, key) => {
    await call('dispatchOrder', message, key);
  },
  sendCode: async (message, key) => {
    await call('sendCode', message, key);
  },
  sendText: async (message, key) => {
    await call('sendText', message, key);
  },
  bindPrivacyNumber: (wanted, key) => call('bindPrivacyNumber', wanted, key),
});
