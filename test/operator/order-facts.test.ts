import type { Customer } from '../../src/operator/operator';
import { createOrderFacts } from '../../src/operator/order-facts';

const account: Customer = {
  name: '张敏',
  phone: '13800138000',
  account: 'kd1',
  address: '中山路18号3栋',
  plan: '500M',
  status: 'normal',
  arrearsYuan: 0,
  product: 'business-line',
  level: 'gold',
  province: '河南省',
  settlement: 'rural',
};
const PHONE = '13800138000';
const nowhere = { area: null, province: null, settlement: null };

/** A place that is known, by its name. */
const placeOf = ({ address, area }: { address: string | null; area: string | null }) =>
  address?.includes('云岭村')
    ? { area: 'nj-jn-09', province: '江苏省', settlement: 'rural' }
    : { ...nowhere, area };
const facts = (findCustomer: (phone: string) => Promise<Customer | null>) =>
  createOrderFacts({ operator: { findCustomer }, placeOf, limitMs: 20 });
const find = facts(async () => account);

describe('facts of an order', () => {
  it.each([
    ['an order without an address', {}, { area: null, province: '河南省', settlement: 'rural' }],
    [
      "the account's own address",
      { address: account.address },
      { area: null, province: '河南省', settlement: 'rural' },
    ],
    ['an address elsewhere that nobody knows', { address: '别处1号', area: 'x' }, { ...nowhere, area: 'x' }],
    [
      'an address that is known',
      { address: '云岭村12号', area: 'x' },
      { area: 'nj-jn-09', province: '江苏省', settlement: 'rural' },
    ],
  ])('are of the place, for %s', async (_name, order, place) => {
    expect(await find(order, PHONE)).toEqual({ ...place, product: 'business-line', customerLevel: 'gold' });
  });

  it('tell nothing of an account whose phone was not proven', async () => {
    expect(await find({}, null)).toEqual({ ...nowhere, product: null, customerLevel: null });
  });

  it.each([
    ['fails', async () => Promise.reject(new Error('down'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('do without an account when the operator %s', async (_name, findCustomer) => {
    expect(await facts(findCustomer)({ address: '云岭村12号' }, PHONE)).toEqual({
      area: 'nj-jn-09',
      province: '江苏省',
      settlement: 'rural',
      product: null,
      customerLevel: null,
    });
  });
});
