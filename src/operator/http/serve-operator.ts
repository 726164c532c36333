import type { ApiAnswer, ApiName, ApiRequest } from '../../contract/operator-api';
import type { Operator } from '../operator';

/** What answers the calls of the contract; `key` is empty for those that only read. */
export type OperatorServer = {
  [N in ApiName]: (request: ApiRequest<N>, key: string) => Promise<ApiAnswer<N>>;
};

/** Any operator as the other side of the HTTP adapter. */
export const serveOperator = (operator: Operator): OperatorServer => ({
  findCustomer: async ({ phone }) => ({ customer: await operator.findCustomer(phone) }),
  findBill: async ({ phone }) => ({ bill: await operator.findBill(phone) }),
  listServices: async ({ phone }) => ({ services: await operator.listServices(phone) }),
  cancelService: (wanted, key) => operator.cancelService(wanted, key),
  findOutage: async ({ address, area }) => ({ outage: await operator.findOutage(address, area) }),
  testLine: (line) => operator.testLine(line),
  findCoverage: ({ address }) => operator.findCoverage(address),
  listPlans: async () => ({ plans: await operator.listPlans() }),
  findContract: async ({ phone }) => ({ contract: await operator.findContract(phone) }),
  findRelocation: async (move) => ({ terms: await operator.findRelocation(move) }),
  quotePlan: async (wanted) => ({ quote: await operator.quotePlan(wanted) }),
  changePlan: (wanted, key) => operator.changePlan(wanted, key),
  listSlots: async (wish) => ({ slots: await operator.listSlots(wish) }),
  reserveSlot: (wanted, key) => operator.reserveSlot(wanted, key),
  bookSlot: ({ appointmentId }, key) => operator.bookSlot(appointmentId, key),
  changeSlot: (wanted, key) => operator.changeSlot(wanted, key),
  releaseSlot: async ({ appointmentId }, key) => ({
    isReleased: await operator.releaseSlot(appointmentId, key),
  }),
  findVisitor: async ({ appointmentId }) => ({ visitor: await operator.findVisitor(appointmentId) }),
  dispatchOrder: async (message, key) => {
    await operator.dispatchOrder(message, key);
    return {};
  },
  sendCode: async (message, key) => {
    await operator.sendCode(message, key);
    return {};
  },
  sendText: async (message, key) => {
    await operator.sendText(message, key);
    return {};
  },
  bindPrivacyNumber: (wanted, key) => operator.bindPrivacyNumber(wanted, key),
});
