import { setTimeout as pause } from 'node:timers/promises';
import type { OrderMessage } from '../contract/operator-orders';
import { readPhone } from '../customers/phone';
import { zoneOf } from '../zone';
import { createChance } from './chance';
import type { AddedService, Operator, ServiceCancellation } from './operator';
import { monthStart, simulateBill, simulateServices } from './simulated-account';
import {
  createPlanBook,
  EXIT_SHARE,
  simulateContract,
  simulateQuote,
  simulateRelocation,
  TERM_MONTHS,
} from './simulated-contract';
import { phoneOfAccount, simulateCustomer } from './simulated-customers';
import { areaOf, simulateCoverage, simulateLine, simulateOutage } from './simulated-network';
import { simulateVisitor } from './simulated-visitor';
import { createVisitBook, keep } from './simulated-visits';
import {
  createSteering,
  paced,
  type Steering,
  steeredCustomer,
  steeredLine,
  steeredOutage,
} from './steering';
import { nearestVisits, readVisit } from './visits';

/**
 * An operator for trying everything out: the same seed, input and clock give the same answers. Reservations and sent
 * codes live in the memory of this process, so they are gone after a restart and each node has its own.
 */
export interface SimulatedOperator extends Operator {
  /** Makes it behave otherwise than by its seed. */
  steering: Steering;
  /** The last codes that were "sent", newest first, at most 20. */
  sentCodes(): SentCode[];
  /** The last text messages that were "sent", newest first, at most 20. */
  sentTexts(): SentText[];
  /** The last messages about work orders, newest first, at most 20. */
  takenOrders(): OrderMessage[];
}

export interface SentCode {
  phone: string;
  code: string;
  at: number;
}

export interface SentText {
  phone: string;
  text: string;
  at: number;
}

const terms = {
  contractMonths: TERM_MONTHS,
  exitPercent: EXIT_SHARE * 100,
  installYuan: 0,
  isModemLent: true,
};
const PLANS = [
  { id: 'fttr-300', name: '300M 单宽带', mbps: 300, monthlyYuan: 79, terms },
  { id: 'fttr-500', name: '500M 融合', mbps: 500, monthlyYuan: 129, terms },
  { id: 'fttr-1000', name: '1000M 融合', mbps: 1000, monthlyYuan: 199, terms },
];
const TEAMS = 64;
/** Share of the windows that others have booked by telephone. */
const BUSY = 0.3;
const SENT_KEPT = 20;
/** How long a privacy number connects. */
const PRIVACY_MS = 30 * 60_000;

export function createSimulatedOperator(options: {
  seed: number;
  clock: () => number;
  /** IANA zone of the field team's calendar. */
  timeZone: string;
  /** How long a line test takes. */
  lineTestMs: number;
}): SimulatedOperator {
  const { clock } = options;
  const chance = createChance(options.seed);
  const zone = zoneOf(options.timeZone);
  const readSlot = (id: string, agoMs: number) => readVisit(id, { now: clock() - agoMs, zone, teams: TEAMS });
  const visits = createVisitBook({
    clock,
    isBusy: (id) => chance('busy', id) < BUSY,
    read: readSlot,
  });
  const services = createServiceBook((phone) => {
    const customer = customerOf(phone);
    return customer && simulateServices(chance, customer);
  });
  const codes = createSentBook<{ phone: string; code: string }>(clock);
  const orders = createSentBook<OrderMessage>(clock);
  const texts = createSentBook<{ phone: string; text: string }>(clock);
  function customerOf(phone: string) {
    const capUntilAt = monthStart(clock(), 1, zone);
    const customer = simulateCustomer(chance, phone, capUntilAt);
    return customer && steeredCustomer(steering, customer, capUntilAt);
  }

  const planBook = createPlanBook();
  const world = () => ({ chance, zone, now: clock(), plans: PLANS });
  function quoteOf({ phone, planId }: { phone: string; planId: string }) {
    const customer = customerOf(phone);
    return customer && simulateQuote(world(), customer, planId);
  }

  /** Where the line is: of the account, else the address, else of the customer with this phone. */
  function lineOf({ account, address, phone }: Parameters<Operator['testLine']>[0]): string {
    const owner = account ? phoneOfAccount(account) : null;
    const contact = phone ? customerOf(phone)?.address : undefined;
    return (owner && customerOf(owner)?.address) ?? address ?? contact ?? account ?? phone ?? '';
  }

  const steering = createSteering();
  const simulated: SimulatedOperator = {
    steering,
    findCustomer: async (phone) => customerOf(phone),
    async findOutage(address, area = null) {
      const steered = steeredOutage(steering, { address, area }, clock());
      return steered === undefined ? simulateOutage(chance, { address, area }, clock()) : steered;
    },
    async testLine(line) {
      if (options.lineTestMs > 0) await pause(options.lineTestMs);
      const address = lineOf(line);
      return (await steeredLine(steering, address)) ?? simulateLine(chance, address);
    },
    listSlots: async ({ kind, address, wishAt }) =>
      nearestVisits(
        { kind, team: Math.floor(chance('team', areaOf(address)) * TEAMS), wishAt: wishAt ?? null },
        { now: clock(), zone, isFree: visits.isFree },
      ),
    reserveSlot: async ({ slotId, holdMs = null }, key) => visits.reserve(slotId, key, holdMs),
    bookSlot: async (appointmentId, key) => visits.book(appointmentId, key),
    changeSlot: async ({ appointmentId, slotId }, key) => visits.change(appointmentId, slotId, key),
    releaseSlot: async (appointmentId) => visits.release(appointmentId),
    async findVisitor(appointmentId) {
      const visit = visits.find(appointmentId);
      return visit && simulateVisitor(chance, visit, clock());
    },
    async findBill(phone) {
      const customer = customerOf(phone);
      return customer && simulateBill(chance, customer, { now: clock(), zone, plans: PLANS });
    },
    listServices: async (phone) => services.list(phone),
    cancelService: async (wanted, key) => services.cancel(wanted, key, monthStart(clock(), 1, zone)),
    findCoverage: async (address) => simulateCoverage(chance, address),
    listPlans: async () => structuredClone(PLANS),
    async findContract(phone) {
      const customer = customerOf(phone);
      return customer && simulateContract(world(), customer);
    },
    async findRelocation({ phone, address }) {
      const customer = customerOf(phone);
      return customer && simulateRelocation(world(), customer, address);
    },
    quotePlan: async (wanted) => quoteOf(wanted),
    changePlan: async (wanted, key) => planBook.change(quoteOf(wanted), key),
    dispatchOrder: async (message, key) => orders.send(key, message),
    takenOrders: orders.list,
    sendCode: async (message, key) => codes.send(key, message),
    sentCodes: codes.list,
    sendText: async (message, key) => texts.send(key, message),
    bindPrivacyNumber: async (_call, key) => ({
      phone: `0251${String(Math.floor(chance('privacy', key) * 1e7)).padStart(7, '0')}`,
      expiresAt: clock() + PRIVACY_MS,
    }),
    sentTexts: texts.list,
  };
  return paced(simulated, steering);
}

/** What was cancelled, remembered by this process. */
function createServiceBook(hadBy: (phone: string) => AddedService[] | null) {
  const cancelled = new Map<string, true>();
  const answers = new Map<string, ServiceCancellation>();
  const list = (phone: string) =>
    hadBy(phone)?.filter(({ id }) => !cancelled.has(JSON.stringify([readPhone(phone), id]))) ?? null;
  return {
    list,
    cancel({ phone, serviceId }: { phone: string; serviceId: string }, key: string, endsAt: number) {
      const service = list(phone)?.find(({ id }) => id === serviceId);
      const answer: ServiceCancellation =
        answers.get(key) ?? (service ? { status: 'cancelled', service, endsAt } : { status: 'unknown' });
      if (answer.status === 'cancelled') keep(cancelled, JSON.stringify([readPhone(phone), serviceId]), true);
      keep(answers, key, answer);
      return answer;
    },
  };
}

function createSentBook<Message>(clock: () => number) {
  const keys = new Map<string, true>();
  let sent: (Message & { at: number })[] = [];
  return {
    send(key: string, message: Message): void {
      if (keys.has(key)) return;
      keep(keys, key, true);
      sent = [{ at: clock(), ...message }, ...sent].slice(0, SENT_KEPT);
    },
    list: () => [...sent],
  };
}
