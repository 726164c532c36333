import holidayData from 'chinese-days/dist/chinese-days.json';
import {
  type AppliedPolicy,
  type Calendar,
  type ClockEvent,
  isBlamedOnCustomer,
} from '../../src/contract/sla';

/**
 * The slow way to a deadline: minute by minute, asking of each what the wall clock shows, what the calendar says and
 * what had happened by then. It shares nothing with the engine but the shapes. Times must be whole minutes.
 */
const MINUTE = 60_000;
const data = holidayData as { holidays: Record<string, string>; workdays: Record<string, string> };

interface Wall {
  date: string;
  weekday: number;
  minute: number;
}

const walls = new Map<string, { formatter: Intl.DateTimeFormat; known: Map<number, Wall> }>();
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function wallAt(timeZone: string, at: number): Wall {
  const zone = walls.get(timeZone) ?? {
    formatter: new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
    known: new Map<number, Wall>(),
  };
  walls.set(timeZone, zone);
  const known = zone.known.get(at);
  if (known) return known;
  // "Tue, 11/24/2026, 10:00"
  const [weekday = '', date = '', time = ''] = zone.formatter.format(at).split(', ');
  const [month, day, year] = date.split('/');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const wall = {
    date: `${year}-${month}-${day}`,
    weekday: WEEKDAYS.indexOf(weekday),
    minute: hour * 60 + minute,
  };
  zone.known.set(at, wall);
  return wall;
}

function periodsAt(calendar: Calendar, { date, weekday }: Wall) {
  const own = calendar.days[date];
  if (own) return own;
  if (calendar.holidays === 'china' && date in data.holidays) return calendar.onHoliday;
  if (calendar.holidays === 'china' && weekday >= 5 && date in data.workdays) return calendar.onMakeUpDay;
  return calendar.week[weekday] ?? [];
}

const lengths = new Map<string, number>();
/** Minutes that a date has, counted. */
function lengthOf(timeZone: string, at: number): number {
  const { date } = wallAt(timeZone, at);
  const known = lengths.get(`${timeZone} ${date}`);
  if (known !== undefined) return known;
  let count = 0;
  for (let t = at - 26 * 60 * MINUTE; t < at + 26 * 60 * MINUTE; t += MINUTE)
    if (wallAt(timeZone, t).date === date) count += 1;
  lengths.set(`${timeZone} ${date}`, count);
  return count;
}

/** What one minute is worth. */
function worthOf({ calendar, measure }: AppliedPolicy, at: number): number {
  if (measure === 'plain') return MINUTE;
  const wall = wallAt(calendar.timeZone, at);
  const periods = periodsAt(calendar, wall);
  if (measure === 'open')
    return periods.some(([from, to]) => from <= wall.minute && wall.minute < to) ? MINUTE : 0;
  if (measure === 'working-days' && periods.length === 0) return 0;
  return (1440 / lengthOf(calendar.timeZone, at)) * MINUTE;
}

interface Pause {
  from: number;
  to: number;
  reason: AppliedPolicy['pauses'][number];
  counts: boolean;
}

function pausesOf(log: ClockEvent[]): Pause[] {
  const pauses: (Pause & { disputed?: boolean })[] = [];
  const open = () => pauses.find(({ to }) => to === Number.POSITIVE_INFINITY);
  for (const event of log) {
    if (event.type === 'paused' && !open())
      pauses.push({ from: event.at, to: Number.POSITIVE_INFINITY, reason: event.reason, counts: false });
    const running = open();
    if (event.type === 'resumed' && running) running.to = event.at;
    if (event.type === 'disputed') {
      const last = pauses.filter(({ reason }) => isBlamedOnCustomer(reason)).at(-1);
      if (last && last.disputed === undefined) Object.assign(last, { disputed: true, counts: true });
    }
    if (event.type === 'ruled') {
      const disputed = pauses.find((pause) => pause.disputed);
      if (disputed) Object.assign(disputed, { disputed: false, counts: !event.isUpheld });
    }
  }
  return pauses;
}

/**
 * The first minute at which the target is reached, for logs of starts, pauses, disputes, changes of policy and visits;
 * null when it is not within the horizon.
 */
export function slowDeadline(log: ClockEvent[], horizonMinutes: number): number | null {
  const [first] = log;
  if (first?.type !== 'started') throw new Error('begin with started');
  const pauses = pausesOf(log);
  const changes = log.filter((event) => event.type === 'policy-changed');
  const visit = log.filter((event) => event.type === 'visit').at(-1);
  const policyAt = (at: number) => changes.filter((change) => change.at <= at).at(-1)?.policy ?? first.policy;
  const target = (changes.at(-1)?.policy ?? first.policy).targetMs;
  const notBefore = Math.max(first.at, changes.at(-1)?.at ?? 0, visit ? visit.endAt : 0);
  let elapsed = 0;
  for (let at = first.at; at <= first.at + horizonMinutes * MINUTE; at += MINUTE) {
    if (elapsed >= target - 0.5) return Math.max(at, notBefore);
    const policy = policyAt(at);
    const standing = pauses.find(({ from, to }) => from <= at && at < to);
    const isStill = standing && !standing.counts && policy.pauses.includes(standing.reason);
    if (!isStill) elapsed += worthOf(policy, at);
  }
  return null;
}
