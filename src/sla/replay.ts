import { type AppliedPolicy, type ClockEvent, isBlamedOnCustomer, type PauseReason } from '../contract/sla';

/** A stretch of a clock's life under one policy, running or not, and why not. `endAt` is infinite for the last one. */
export interface Spell {
  startAt: number;
  endAt: number;
  policy: AppliedPolicy;
  state: 'running' | 'paused' | 'met' | 'cancelled';
  /** The pause in force, whether it stops this clock or not. */
  pause: Pause | null;
}

export interface Pause {
  reason: PauseReason;
  /** `overturned` and `disputed` pauses count as running. */
  standing: 'undisputed' | 'disputed' | 'upheld' | 'overturned';
}

/** What a log says, with nothing measured yet. */
export interface Replay {
  policy: AppliedPolicy;
  /** Since the clock began, or began anew. */
  spells: Spell[];
  /** Before it began anew: for whoever wants to read the whole story. */
  past: Spell[];
  beganAt: number;
  /** Raised when the target or the calendar changes, and when the clock begins anew. */
  revision: number;
  /** The revision with which the clock began anew last: what was fired before it is another story. */
  firstRevision: number;
  /** No threshold of this revision lies before it. */
  revisedAt: number;
  /** Nobody can come before this. */
  visitEndAt: number | null;
  renewals: number;
}

interface Cursor extends Replay {
  state: 'running' | 'met' | 'cancelled';
  pause: Pause | null;
  pauses: Pause[];
  since: number;
}

/** Reads a log from its beginning. An event that does not fit where it stands changes nothing. */
export function replay(log: readonly ClockEvent[]): Replay {
  const [first] = log;
  if (first?.type !== 'started') throw new TypeError('the log of a clock begins with "started"');
  const cursor = begin(first.policy, first.at);
  const rulings = rulingsOf(log);
  for (const event of log.slice(1)) take(cursor, event, rulings);
  close(cursor, Number.POSITIVE_INFINITY);
  return cursor;
}

const begin = (policy: AppliedPolicy, at: number): Cursor => ({
  policy,
  spells: [],
  past: [],
  beganAt: at,
  revision: 1,
  firstRevision: 1,
  revisedAt: at,
  visitEndAt: null,
  renewals: 0,
  state: 'running',
  pause: null,
  pauses: [],
  since: at,
});

/** How each pause stands in the end, by its place among the pauses: a ruling reaches back to where the pause began. */
function rulingsOf(log: readonly ClockEvent[]): Pause['standing'][] {
  const standings: Pause['standing'][] = [];
  const reasons: PauseReason[] = [];
  let state: 'running' | 'paused' | 'ended' = 'running';
  for (const event of log) {
    if (event.type === 'paused' && state === 'running') {
      standings.push('undisputed');
      reasons.push(event.reason);
    }
    if (event.type === 'disputed') {
      const last = reasons.findLastIndex((reason) => isBlamedOnCustomer(reason));
      if (standings[last] === 'undisputed') standings[last] = 'disputed';
    }
    if (event.type === 'ruled') {
      const open = standings.indexOf('disputed');
      if (open >= 0) standings[open] = event.isUpheld ? 'upheld' : 'overturned';
    }
    state = stateAfter(event, state);
  }
  return standings;
}

function stateAfter<S extends 'running' | 'paused' | 'ended'>({ type }: ClockEvent, before: S) {
  if (before === 'ended') return type === 'reopened' ? 'running' : before;
  if (type === 'paused') return 'paused';
  if (type === 'met' || type === 'cancelled') return 'ended';
  return type === 'resumed' ? 'running' : before;
}

/** Clocks of nodes differ: no event is earlier than the one before it. */
const timeOf = (cursor: Cursor, at: number): number => Math.max(at, cursor.since);

function close(cursor: Cursor, at: number): void {
  const { policy, pause, since, state } = cursor;
  if (at > since) {
    const shown = state === 'running' && stopsAt(policy, pause) ? 'paused' : state;
    cursor.spells.push({ startAt: since, endAt: at, policy, state: shown, pause });
  }
  cursor.since = at;
}

const stopsAt = ({ pauses }: AppliedPolicy, pause: Pause | null): boolean =>
  pause !== null &&
  pauses.includes(pause.reason) &&
  pause.standing !== 'disputed' &&
  pause.standing !== 'overturned';

function take(cursor: Cursor, event: ClockEvent, rulings: Pause['standing'][]): void {
  const at = timeOf(cursor, event.at);
  if (cursor.state !== 'running') return event.type === 'reopened' ? reopen(cursor, at) : undefined;
  switch (event.type) {
    case 'paused':
      if (cursor.pause) return;
      close(cursor, at);
      cursor.pause = { reason: event.reason, standing: rulings[cursor.pauses.length] ?? 'undisputed' };
      cursor.pauses.push(cursor.pause);
      return;
    case 'resumed':
      close(cursor, at);
      cursor.pause = null;
      return;
    case 'policy-changed':
      close(cursor, at);
      return changePolicy(cursor, event.policy, at);
    case 'visit':
      cursor.visitEndAt = event.endAt;
      return;
    case 'renewed':
      close(cursor, at);
      return renew(cursor, event.until, at);
    case 'met':
    case 'cancelled':
      close(cursor, at);
      cursor.state = event.type;
      cursor.pause = null;
      return;
    case 'started':
    case 'reopened':
    case 'disputed':
    case 'ruled':
      return;
  }
}

function reopen(cursor: Cursor, at: number): void {
  close(cursor, at);
  cursor.state = 'running';
  if (cursor.policy.onReopen === 'restart') restart(cursor, at);
}

const isSameTarget = (a: AppliedPolicy, b: AppliedPolicy): boolean =>
  a.measure === b.measure &&
  a.targetMs === b.targetMs &&
  JSON.stringify(a.calendar) === JSON.stringify(b.calendar);

function changePolicy(cursor: Cursor, policy: AppliedPolicy, at: number): void {
  if (!isSameTarget(cursor.policy, policy)) {
    cursor.revision += 1;
    cursor.revisedAt = at;
  }
  cursor.policy = policy;
}

function restart(cursor: Cursor, at: number): void {
  cursor.revision += 1;
  cursor.firstRevision = cursor.revision;
  const past = [...cursor.past, ...cursor.spells];
  Object.assign(cursor, { past, spells: [], beganAt: at, revisedAt: at, visitEndAt: null });
}

function renew(cursor: Cursor, until: number, at: number): void {
  restart(cursor, at);
  cursor.renewals += 1;
  cursor.policy = { ...cursor.policy, measure: 'plain', targetMs: Math.max(until - at, 1) };
}
