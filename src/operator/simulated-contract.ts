import type { Zone } from '../zone';
import type { Chance } from './chance';
import type { Contract, Customer, Plan, PlanChange, PlanQuote, RelocationTerms } from './operator';
import { monthStart } from './simulated-account';
import { areaOf } from './simulated-network';
import { keep } from './simulated-visits';

/** Terms and changes of plan of the simulated operator's customers. Money is in yuan. */
interface World {
  chance: Chance;
  zone: Zone;
  now: number;
  plans: Plan[];
}

export const TERM_MONTHS = 12;
/** Share of the fees of the months left that leaving early costs. */
export const EXIT_SHARE = 0.3;
const MOVING_FEE = 100;
/** Customers who are never bound, so that it can be tried by hand. */
const UNBOUND: readonly string[] = ['13800138004'];
/** A line is not moved out of its city. */
const ELSEWHERE = /北京|上海|广州|深圳|杭州|苏州|成都|武汉/u;

/** Months until the term of an account ends, the running one included; 0 for an account without a term. */
function monthsLeft({ chance, zone, now }: World, { phone }: Customer): number {
  if (UNBOUND.includes(phone) || chance('bound', phone) < 0.3) return 0;
  const wall = new Date(now + zone.offsetAt(now));
  const month = wall.getUTCFullYear() * 12 + wall.getUTCMonth();
  const begun = Math.floor(chance('term', phone) * TERM_MONTHS);
  return TERM_MONTHS - ((month - begun) % TERM_MONTHS);
}

export function simulateContract(world: World, customer: Customer): Contract {
  const plan = world.plans.find(({ name }) => name === customer.plan);
  const left = monthsLeft(world, customer);
  const monthlyYuan = plan?.monthlyYuan ?? 0;
  return {
    plan: customer.plan,
    mbps: plan?.mbps ?? 0,
    monthlyYuan,
    endsAt: left === 0 ? null : monthStart(world.now, left, world.zone),
    exitYuan: Math.round(EXIT_SHARE * left * monthlyYuan),
  };
}

/** Who is bound moves free of charge. */
export function simulateRelocation(
  world: World,
  customer: Customer,
  address: string,
): RelocationTerms | null {
  if (ELSEWHERE.test(address)) return null;
  const { endsAt } = simulateContract(world, customer);
  return {
    feeYuan: endsAt === null ? MOVING_FEE : 0,
    takesModem: world.chance('move-modem', areaOf(address)) < 0.7,
    contractEndsAt: endsAt,
  };
}

/** A term forbids a cheaper plan; a new plan begins with the next month, and with it a new term. */
export function simulateQuote(world: World, customer: Customer, planId: string): PlanQuote | null {
  const plan = world.plans.find(({ id }) => id === planId);
  if (!plan) return null;
  const { endsAt, monthlyYuan, plan: name } = simulateContract(world, customer);
  const isCheaperInTerm = endsAt !== null && plan.monthlyYuan < monthlyYuan;
  return {
    plan,
    effectiveAt: monthStart(world.now, 1, world.zone),
    contractMonths: TERM_MONTHS,
    refusal: refusalOf(customer, { isSame: plan.name === name, isCheaperInTerm }),
  };
}

function refusalOf(
  { arrearsYuan }: Customer,
  { isSame, isCheaperInTerm }: { isSame: boolean; isCheaperInTerm: boolean },
): PlanQuote['refusal'] {
  if (isSame) return 'same-plan';
  if (arrearsYuan > 0) return 'arrears';
  return isCheaperInTerm ? 'in-contract' : null;
}

/** Answers of changes that were asked for, remembered by this process. */
export function createPlanBook() {
  const answers = new Map<string, PlanChange>();
  return {
    change(quote: PlanQuote | null, key: string): PlanChange {
      const answer = answers.get(key) ?? changeOf(quote);
      keep(answers, key, answer);
      return answer;
    },
  };
}

function changeOf(quote: PlanQuote | null): PlanChange {
  if (quote === null) return { status: 'unknown' };
  if (quote.refusal !== null) return { status: 'refused' };
  return { status: 'changed', plan: quote.plan, effectiveAt: quote.effectiveAt };
}
