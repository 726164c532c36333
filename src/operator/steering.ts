import { setTimeout as pause } from 'node:timers/promises';
import type { AccountStanding, LineOutcome, Pace, SteeredOutage } from '../contract/operator-simulator';
import { AppError } from '../errors';
import type { Customer, LineTest, Operator, Outage } from './operator';
import { CAPPED_MBPS } from './simulated-customers';

/** How a developer makes the simulated operator behave otherwise than by its seed; gone with the process. */
export interface Steering {
  pace(): Pace;
  setPace(pace: Pace): void;
  outages(): SteeredOutage[];
  /** The newest for a place takes the place of the one before. */
  setOutage(outage: SteeredOutage): void;
  lines(): { place: string; outcome: LineOutcome }[];
  setLine(line: { place: string; outcome: LineOutcome }): void;
  accounts(): { phone: string; standing: AccountStanding }[];
  setAccount(phone: string, standing: AccountStanding): void;
  /** Leaves a place, or a phone, to the simulation again. */
  forget(what: 'outage' | 'line' | 'account', place: string): void;
}

/** Places that are steered at a time; the oldest goes first. */
const KEPT = 50;

export function createSteering(): Steering {
  let pace: Pace = 'normal';
  let outages: SteeredOutage[] = [];
  let lines: { place: string; outcome: LineOutcome }[] = [];
  let accounts: { place: string; standing: AccountStanding }[] = [];
  const replaced = <T extends { place: string }>(all: T[], item: T): T[] =>
    [item, ...all.filter(({ place }) => place !== item.place)].slice(0, KEPT);
  return {
    pace: () => pace,
    setPace: (next) => {
      pace = next;
    },
    outages: () => [...outages],
    setOutage: (outage) => {
      outages = replaced(outages, outage);
    },
    lines: () => [...lines],
    setLine: (line) => {
      lines = replaced(lines, line);
    },
    accounts: () => accounts.map(({ place, standing }) => ({ phone: place, standing })),
    setAccount: (phone, standing) => {
      accounts = replaced(accounts, { place: phone, standing });
    },
    forget(what, place) {
      const isOther = (each: { place: string }) => each.place !== place;
      if (what === 'outage') outages = outages.filter(isOther);
      else if (what === 'line') lines = lines.filter(isOther);
      else accounts = accounts.filter(isOther);
    },
  };
}

/** The steered outage where an address lies; undefined when the place is left to the simulation. */
export function steeredOutage(
  steering: Steering,
  { address, area }: { address: string; area: string | null },
  now: number,
): Outage | null | undefined {
  const found = steering.outages().find(({ place }) => place === area || address.includes(place));
  if (!found) return undefined;
  const { place, isOut, cause, restoreAt, isPlanned } = found;
  // An outage is over at its time.
  return isOut && restoreAt > now ? { id: `OUT-${place}`, cause, restoreAt, isPlanned } : null;
}

/** An account as it is steered; as it is, where its phone is left to the simulation. */
export function steeredCustomer(steering: Steering, customer: Customer, capUntilAt: number): Customer {
  const found = steering.accounts().find(({ phone }) => phone === customer.phone);
  if (!found) return customer;
  const { standing } = found;
  return {
    ...customer,
    status: standing === 'capped' ? 'normal' : standing,
    arrearsYuan: standing === 'arrears' ? customer.arrearsYuan || 86.5 : 0,
    speedCap: standing === 'capped' ? { mbps: CAPPED_MBPS, untilAt: capUntilAt } : null,
  };
}

const measured: Record<LineTest['verdict'], LineTest> = {
  ok: { verdict: 'ok', rxPowerDbm: -19.4, speedMbps: 496 },
  'low-light': { verdict: 'low-light', rxPowerDbm: -31, speedMbps: null },
  'no-light': { verdict: 'no-light', rxPowerDbm: -40, speedMbps: null },
  'power-off': { verdict: 'power-off', rxPowerDbm: null, speedMbps: null },
  'port-down': { verdict: 'port-down', rxPowerDbm: null, speedMbps: null },
  'auth-failed': { verdict: 'auth-failed', rxPowerDbm: -20.1, speedMbps: null },
  slow: { verdict: 'slow', rxPowerDbm: null, speedMbps: 38 },
};

/** Longer than any dialog waits; then the call ends, since what runs for ever holds up what follows it. */
const NO_ANSWER_MS = 90_000;
const SLOW_MS = 15_000;

/** What the test of a steered line comes to; undefined when the place is left to the simulation. */
export async function steeredLine(steering: Steering, line: string): Promise<LineTest | undefined> {
  const outcome = steering.lines().find(({ place }) => line.includes(place))?.outcome;
  if (outcome === undefined) return undefined;
  if (outcome === 'error') throw new AppError('unavailable', 'The line test is made to fail.');
  if (outcome !== 'timeout') return measured[outcome];
  await pause(NO_ANSWER_MS, undefined, { ref: false });
  throw new AppError('timeout', 'The line test is made to give no answer.');
}

/** The operator at the pace that is set: each method late, or failing at once. */
export function paced<T extends Operator>(operator: T, steering: Steering, slowMs = SLOW_MS): T {
  const atPace =
    <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      const pace = steering.pace();
      if (pace === 'dead') throw new AppError('unavailable', 'The operator is made to be dead.');
      if (pace === 'slow') await pause(slowMs, undefined, { ref: false });
      return method(...args);
    };
  const { findCustomer, findBill, listServices, cancelService, findOutage, testLine } = operator;
  const { listSlots, reserveSlot, bookSlot, changeSlot, releaseSlot, findVisitor } = operator;
  const { bindPrivacyNumber, dispatchOrder, findCoverage, listPlans, sendCode, sendText } = operator;
  const { findContract, findRelocation, quotePlan, changePlan } = operator;
  return {
    ...operator,
    findContract: atPace(findContract),
    findRelocation: atPace(findRelocation),
    quotePlan: atPace(quotePlan),
    changePlan: atPace(changePlan),
    findCustomer: atPace(findCustomer),
    findBill: atPace(findBill),
    listServices: atPace(listServices),
    cancelService: atPace(cancelService),
    findOutage: atPace(findOutage),
    testLine: atPace(testLine),
    listSlots: atPace(listSlots),
    reserveSlot: atPace(reserveSlot),
    bookSlot: atPace(bookSlot),
    changeSlot: atPace(changeSlot),
    releaseSlot: atPace(releaseSlot),
    findVisitor: atPace(findVisitor),
    bindPrivacyNumber: atPace(bindPrivacyNumber),
    dispatchOrder: atPace(dispatchOrder),
    findCoverage: atPace(findCoverage),
    listPlans: atPace(listPlans),
    sendCode: atPace(sendCode),
    sendText: atPace(sendText),
  };
}
