import { isMobile, readPhone } from '../customers/phone';
import { type Chance, pick } from './chance';
import type { Customer } from './operator';

/**
 * Customers of the simulated operator. Every mobile number is a customer, most of them in good order; the numbers
 * below always behave as described, whatever the seed, so that each case can be tried by hand. They are also shown on
 * the development page.
 */
type Known = Pick<Customer, 'name' | 'address' | 'plan' | 'status' | 'arrearsYuan'> &
  Pick<Customer, 'product' | 'level' | 'province' | 'settlement'> & { isCapped?: boolean };
/** Of most customers. */
const usual = {
  product: 'home-broadband',
  level: 'standard',
  province: '江苏省',
  settlement: 'urban',
} as const;
/** Speed of a line whose allowance is used up. */
export const CAPPED_MBPS = 1;
const good = { ...usual, plan: '500M 融合', status: 'normal', arrearsYuan: 0 } as const;

export const KNOWN_PHONES: Record<string, { what: string; customer: Known | null }> = {
  '13800138000': {
    what: '正常客户，线路弱光（-31 dBm）',
    customer: { ...good, name: '张敏', address: '鼓楼区中山路18号3栋2单元501' },
  },
  '13800138001': {
    what: '欠费 86.5 元',
    customer: {
      ...good,
      name: '李伟',
      address: '鼓楼区人民路66号1栋1单元302',
      status: 'arrears',
      arrearsYuan: 86.5,
    },
  },
  '13800138002': {
    what: '申请停机中',
    customer: { ...good, name: '王芳', address: '鼓楼区人民路66号2栋1单元402', status: 'suspended' },
  },
  '13800138003': {
    what: '反诈停机',
    customer: { ...good, name: '刘洋', address: '鼓楼区人民路66号5栋2单元102', status: 'fraud-stop' },
  },
  '13800138004': {
    what: '正常客户，线路正常',
    customer: { ...good, name: '陈静', address: '鼓楼区人民路66号7栋2单元601', plan: '1000M 融合' },
  },
  '13800138005': {
    what: '正常客户，所在区域有故障',
    customer: { ...good, name: '赵强', address: '秦淮区解放路20号4栋1单元201', plan: '300M 单宽带' },
  },
  '13800138006': {
    what: '达量限速到 1M，下月 1 日恢复',
    customer: { ...good, name: '孙丽', address: '鼓楼区人民路66号8栋1单元502', isCapped: true },
  },
  '13800138007': {
    what: '正常客户，光猫登录不上',
    customer: { ...good, name: '周磊', address: '鼓楼区汉口路6号2栋1单元301' },
  },
  '13800138008': {
    what: '正常客户，在河南郑州',
    customer: { ...good, name: '马超', address: '金水区花园路8号3栋1单元101', province: '河南省' },
  },
  '13800138010': {
    what: '金卡客户',
    customer: { ...good, name: '何静', address: '鼓楼区湖南路12号2栋1单元601', level: 'gold' },
  },
  '13800138011': {
    what: '企业专线客户',
    customer: { ...good, name: '林涛', address: '建邺区江东中路88号1栋1801', product: 'business-line' },
  },
  '13800138012': {
    what: '正常客户，在农村',
    customer: { ...good, name: '钱勇', address: '江宁区云岭村12号', settlement: 'rural' },
  },
  '13800138009': { what: '不是本网客户', customer: null },
};

const FAMILY_NAMES = ['王', '李', '张', '刘', '陈', '杨', '黄', '周', '吴', '徐'];
const GIVEN_NAMES = ['伟', '敏', '静', '磊', '洋', '艳', '勇', '秀英', '志强', '晓燕'];
const ROADS = ['长安路', '文昌路', '学府路', '湖滨路', '青年路', '桃园路', '望江路', '钟楼街'];
const PLANS = ['300M 单宽带', '500M 融合', '1000M 融合'];
const ACCOUNT = /^kd(1\d{10})$/;

function statusOf(chance: number): Customer['status'] {
  if (chance < 0.01) return 'fraud-stop';
  if (chance < 0.03) return 'suspended';
  return chance < 0.08 ? 'arrears' : 'normal';
}

function levelOf(chance: number): string {
  if (chance < 0.05) return 'gold';
  return chance < 0.2 ? 'silver' : usual.level;
}

function addressOf(of: (word: string) => number): string {
  const count = (word: string, limit: number) => 1 + Math.floor(of(word) * limit);
  const room = `${count('floor', 6)}0${count('room', 4)}`;
  return `鼓楼区${pick(ROADS, of('road'))}${count('number', 200)}号${count('building', 9)}栋${count('unit', 3)}单元${room}`;
}

/** The customer of a phone; null for what is no mobile number. `capUntilAt`: when a cap of the speed ends. */
export function simulateCustomer(chance: Chance, text: string, capUntilAt: number): Customer | null {
  const phone = readPhone(text);
  if (phone === null || !isMobile(phone)) return null;
  const account = `kd${phone}`;
  const known = KNOWN_PHONES[phone];
  const capOf = (isCapped: boolean) => (isCapped ? { mbps: CAPPED_MBPS, untilAt: capUntilAt } : null);
  if (known) {
    if (!known.customer) return null;
    const { isCapped = false, ...customer } = known.customer;
    return { ...customer, phone, account, speedCap: capOf(isCapped) };
  }
  const of = (word: string) => chance('customer', phone, word);
  const status = statusOf(of('status'));
  return {
    ...usual,
    level: levelOf(of('level')),
    name: pick(FAMILY_NAMES, of('family')) + pick(GIVEN_NAMES, of('given')),
    phone,
    account,
    address: addressOf(of),
    plan: pick(PLANS, of('plan')),
    status,
    arrearsYuan: status === 'arrears' ? 20 + Math.floor(of('arrears') * 2800) / 10 : 0,
    speedCap: capOf(status === 'normal' && of('cap') < 0.02),
  };
}

/** The phone that a broadband account belongs to; null when it is no account of ours. */
export const phoneOfAccount = (account: string): string | null =>
  ACCOUNT.exec(account.trim().toLowerCase())?.[1] ?? null;
