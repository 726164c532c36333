import { setTimeout as pause } from 'node:timers/promises';
import { zoneOf } from '../zone';
import { createChance } from './chance';
import type { Operator, Reservation } from './operator';
import { phoneOfAccount, simulateCustomer } from './simulated-customers';
import { areaOf, simulateCoverage, simulateLine, simulateOutage } from './simulated-network';
import { nearestVisits, readVisit } from './visits';

/**
 * An operator for trying everything out: the same seed, input and clock give the same answers. Reservations and sent
 * codes live in the memory of this process, so they are gone after a restart and each node has its own.
 */
export interface SimulatedOperator extends Operator {
  /** The last codes that were "sent", newest first, at most 20. */
  sentCodes(): SentCode[];
  /** The last text messages that were "sent", newest first, at most 20. */
  sentTexts(): SentText[];
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

const PLANS = [
  { id: 'fttr-300', name: '300M 单宽带', mbps: 300, monthlyYuan: 79 },
  { id: 'fttr-500', name: '500M 融合', mbps: 500, monthlyYuan: 129 },
  { id: 'fttr-1000', name: '1000M 融合', mbps: 1000, monthlyYuan: 199 },
];
const TEAMS = 64;
/** Share of the windows that others have booked by telephone. */
const BUSY = 0.3;
const SENT_KEPT = 20;
const KEYS_KEPT = 10_000;

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
  const visits = createVisitBook((id) => chance('busy', id) < BUSY);
  const codes = createSentBook<{ phone: string; code: string }>(clock);
  const texts = createSentBook<{ phone: string; text: string }>(clock);
  const customerOf = (phone: string) => simulateCustomer(chance, phone);

  /** Where the line is: of the account, else the address, else of the customer with this phone. */
  function lineOf({ account, address, phone }: Parameters<Operator['testLine']>[0]): string {
    const owner = account ? phoneOfAccount(account) : null;
    const contact = phone ? customerOf(phone)?.address : undefined;
    return (owner && customerOf(owner)?.address) ?? address ?? contact ?? account ?? phone ?? '';
  }

  return {
    findCustomer: async (phone) => customerOf(phone),
    findOutage: async (address, area = null) => simulateOutage(chance, { address, area }, clock()),
    async testLine(line) {
      if (options.lineTestMs > 0) await pause(options.lineTestMs);
      return simulateLine(chance, lineOf(line));
    },
    listSlots: async ({ kind, address, wishAt }) =>
      nearestVisits(
        { kind, team: Math.floor(chance('team', areaOf(address)) * TEAMS), wishAt: wishAt ?? null },
        { now: clock(), zone, isFree: visits.isFree },
      ),
    async reserveSlot(slotId, key) {
      const visit = readVisit(slotId, { now: clock(), zone, teams: TEAMS });
      return visits.reserve(
        key,
        slotId,
        visit ? { status: 'reserved', appointment: visit } : { status: 'unknown' },
      );
    },
    findCoverage: async (address) => simulateCoverage(chance, address),
    listPlans: async () => structuredClone(PLANS),
    sendCode: async (message, key) => codes.send(key, message),
    sentCodes: codes.list,
    sendText: async (message, key) => texts.send(key, message),
    sentTexts: texts.list,
  };
}

/** Keeps at most so many entries; the oldest go first. */
function keep<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
}

function createVisitBook(isBusy: (id: string) => boolean) {
  const taken = new Map<string, string>();
  const answers = new Map<string, Reservation>();
  const isFree = (id: string) => !taken.has(id) && !isBusy(id);
  return {
    isFree,
    /** The answer of the first call with this key; else the wanted one, unless another has the visit. */
    reserve(key: string, id: string, wanted: Reservation): Reservation {
      const known = answers.get(key);
      if (known) return known;
      const isLost = wanted.status === 'reserved' && !isFree(id);
      const answer: Reservation = isLost ? { status: 'taken' } : wanted;
      if (answer.status === 'reserved') keep(taken, id, key, KEYS_KEPT);
      keep(answers, key, answer, KEYS_KEPT);
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
      keep(keys, key, true, KEYS_KEPT);
      sent = [{ ...message, at: clock() }, ...sent].slice(0, SENT_KEPT);
    },
    list: () => [...sent],
  };
}
