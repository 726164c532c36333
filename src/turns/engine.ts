import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Activity } from '../contract/activity';
import type { Bulletin } from '../contract/bulletins';
import type { DeskFacts, Entry, TurnResult } from '../contract/conversation';
import { AppError, messageOf } from '../errors';
import { writeDeadLetter } from './dead-letters';
import { eventEntry } from './event-entry';
import type { Probe } from './probe';
import type { Accepted, AcceptOptions, Committed, Lease, LogEntry, TurnStore } from './turn-store';
import { storedEntry } from './upcast';

/**
 * Runs turns: accept, lease, advance, commit. It knows nothing of dialogs: what a turn does is the function that it
 * is given, which must be pure in state, entry and content, since a turn whose process died is run again.
 */
export type TurnInput = Pick<Lease, 'conversationId' | 'state' | 'entry' | 'position'>;

export interface TurnFunction {
  /**
   * Throws when the activity cannot be worked off; after three times `fail` is committed in its place. An AppError
   * `unavailable` (this node lacks something that it is getting) does not count: it is tried again until it works.
   */
  run(input: TurnInput): TurnResult<unknown> | Promise<TurnResult<unknown>>;
  /** The turn of an activity that failed for good: an apology and a way on. */
  fail(input: TurnInput, reason: string): TurnResult<unknown>;
}

export interface EngineDependencies {
  store: TurnStore;
  turn: TurnFunction;
  log: Logger;
  probe: Probe;
  clock: () => number;
  /**
   * Told of every turn that this node committed: the customer's line and the replies with their positions, so that a
   * socket of this node need not read them from the store. A hint of the same commit goes to all nodes.
   */
  onTurn: (conversationId: string, lines: LogEntry[]) => void;
  /** Whether somebody is there for a conversation that wants a human, kept with what is accepted. */
  isStaffed: (conversationId: string, entry: Entry) => boolean;
  /** What else of the desk is kept with it; null where it is served elsewhere, or nothing is known. */
  deskFacts?: (conversationId: string, entry: Entry) => DeskFacts | null;
  /** The emergency bulletins that are kept with it. */
  bulletinsFor?: (entry: Entry) => Bulletin[];
  /** A turn that takes longer is given up; shorter than the lease. */
  abortMs: number;
  /** Pause before an activity that threw is tried again. */
  retryPauseMs: number;
}

export interface TurnEngine {
  /** Returns once the activity is durable; only then may a channel acknowledge it. */
  accept(conversationId: string, entry: Entry, options?: Partial<AcceptOptions>): Promise<Accepted>;
  /** What the turn of an accepted activity came to; null when it is not committed within the budget. */
  outcome(conversationId: string, turnId: string, budgetMs: number): Promise<Record<string, unknown> | null>;
  /** Takes up what nobody works on: leases that lapsed, pauses that ended. Answers how many conversations. */
  runReady(shards: number[]): Promise<number>;
  /** Turns timers due at the clock's time into activities. Answers how many. */
  runDue(shards: number[]): Promise<number>;
  /** Told of every hint: somebody, somewhere, committed in this conversation. */
  noticeCommit(conversationId: string): void;
  /** Finishes the turns in hand and takes no more. */
  close(): Promise<void>;
}

/** Throws count against the activity; deaths of the process only after more, since a kill hits innocent ones too. */
const MAX_FAILURES = 3;
const MAX_ATTEMPTS = 6;
/** So many timers at once are a burst. */
const BURST = 64;
/** So long turns that nobody works on wait while a burst is being accepted; then both go on side by side. */
const BURST_HOLD_MS = 3000;

export function createTurnEngine(deps: EngineDependencies): TurnEngine {
  const { store, turn, log, probe } = deps;
  const driving = new Set<Promise<void>>();
  const waiting = new Map<string, Set<() => void>>();
  let isClosing = false;
  /** When the burst of timers that is being accepted began, by the process's own clock; null when there is none. */
  let burstFrom: number | null = null;

  const settled = (conversationId: string) => {
    for (const wake of waiting.get(conversationId) ?? []) wake();
  };

  async function compute(lease: Lease): Promise<{ result: TurnResult<unknown>; deadLetter?: string }> {
    const { entry, failures, attempts, damage } = lease;
    if (isLacking(damage?.error)) throw damage?.error;
    if (!damage && failures < MAX_FAILURES && attempts <= MAX_ATTEMPTS) {
      return { result: await withDeadline(turn.run(lease), deps.abortMs) };
    }
    const reason = damage
      ? `the stored activity cannot be read: ${damage.error.message}`
      : await store.lastFailure(lease.conversationId, entry.turnId);
    const stored = damage?.stored ?? storedEntry(entry);
    const deadLetter = writeDeadLetter({ type: 'activity', entry: stored, reason, at: deps.clock() });
    return { result: turn.fail(lease, reason), deadLetter };
  }

  async function giveBack(lease: Lease, failure: string | null): Promise<void> {
    await store.abandon(lease, deps.retryPauseMs * lease.attempts, failure).catch((error) => {
      log.warn({ err: error, turnId: lease.entry.turnId }, 'lease not given back; it lapses by itself');
    });
  }

  async function runOne(lease: Lease): Promise<Lease | null> {
    probe('leased');
    const { turnId } = lease.entry;
    let computed: Awaited<ReturnType<typeof compute>>;
    try {
      computed = await compute(lease);
    } catch (error) {
      log.error({ err: error, turnId, attempts: lease.attempts }, 'turn failed');
      await giveBack(lease, isLacking(error) ? null : messageOf(error));
      return null;
    }
    probe('advanced');
    let committed: Committed;
    try {
      const { result, deadLetter } = computed;
      committed = await store.commit(
        lease,
        { ...result, state: JSON.stringify(result.state) },
        {
          takesNext: !isClosing,
          deadLetter,
        },
      );
    } catch (error) {
      log.error({ err: error, turnId }, 'commit failed; the turn is tried again');
      await giveBack(lease, null);
      return null;
    }
    probe('committed');
    if (committed.status === 'lost') {
      log.warn({ turnId, reason: committed.reason }, 'turn lost to another node');
      return null;
    }
    if (computed.deadLetter) log.error({ turnId }, 'activity kept as a dead letter');
    settled(lease.conversationId);
    deps.onTurn(lease.conversationId, linesOf(lease, computed.result.replies, committed.position));
    return committed.next;
  }

  async function drive(first: Lease): Promise<void> {
    for (let lease: Lease | null = first; lease; ) lease = await runOne(lease);
  }

  /** Goes on in the background; the turns are finished at close. */
  function start(lease: Lease): void {
    const work = drive(lease)
      .catch((error) => log.error({ err: error }, 'turns of a conversation stopped'))
      .finally(() => driving.delete(work));
    driving.add(work);
  }

  async function accept(
    conversationId: string,
    entry: Entry,
    options: Partial<AcceptOptions> = {},
  ): Promise<Accepted> {
    probe('before-accept');
    const desk = deps.deskFacts?.(conversationId, entry) ?? undefined;
    const bulletins = deps.bulletinsFor?.(entry) ?? [];
    const fact = {
      isStaffed: deps.isStaffed(conversationId, entry),
      desk,
      ...(bulletins.length > 0 ? { bulletins } : {}),
    };
    const accepted = await store.accept(
      conversationId,
      { ...atOneTime(entry), ...fact },
      {
        isLimited: false,
        isLogged: false,
        ...options,
        // What comes while this node closes is left to the others.
        wantsLease: !isClosing && (options.wantsLease ?? true),
      },
    );
    probe('accepted');
    if (accepted.status === 'accepted' && accepted.lease) start(accepted.lease);
    return accepted;
  }

  async function runReady(shards: number[]): Promise<number> {
    if (burstFrom !== null && performance.now() - burstFrom < BURST_HOLD_MS) return 0;
    const conversations = await store.ready(shards, 64);
    // Begun at once, each by itself: one that hangs or whose lease fails holds up no other.
    const leases = await Promise.all(
      conversations.map(async (id) => {
        const lease = isClosing ? null : await store.lease(id);
        if (lease) start(lease);
        return lease;
      }),
    );
    return leases.filter((lease) => lease !== null).length;
  }

  async function runDue(shards: number[]): Promise<number> {
    const timers = await store.due(shards, deps.clock(), 128);
    burstFrom = timers.length < BURST ? null : (burstFrom ?? performance.now());
    await Promise.all(
      timers.map(({ conversationId, id, dueAt, value }) =>
        accept(
          conversationId,
          eventEntry({
            conversationId,
            key: `timer:${id}@${dueAt}`,
            name: 'timer.due',
            value,
            at: deps.clock(),
          }),
          // In a burst turns wait: being accepted in time is what the others are owed first.
          { timer: { id, dueAt }, wantsLease: timers.length < BURST },
        ),
      ),
    );
    return timers.length;
  }

  async function outcome(conversationId: string, turnId: string, budgetMs: number) {
    const until = Date.now() + budgetMs;
    for (;;) {
      let wake: () => void = () => undefined;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const wakers = waiting.get(conversationId) ?? new Set();
      waiting.set(conversationId, wakers.add(wake));
      const found = await store.outcome(conversationId, turnId);
      const left = until - Date.now();
      if (!found?.result && left > 0) await Promise.race([woken, pause(Math.min(left, 250))]);
      wakers.delete(wake);
      if (wakers.size === 0) waiting.delete(conversationId);
      if (found?.result || left <= 0) return found?.result ?? null;
    }
  }

  return {
    accept,
    outcome,
    runReady,
    runDue,
    noticeCommit: settled,
    close: async () => {
      isClosing = true;
      await Promise.all(driving);
    },
  };
}

/**
 * The activity with the time of its entry. Channels read the clock once for each of the two, which may lie milliseconds
 * apart; what is asked of a session later ("from when it began") would then leave out the message that opened it.
 */
const atOneTime = (entry: Entry): Entry =>
  entry.activity.timestamp === undefined
    ? entry
    : { ...entry, activity: { ...entry.activity, timestamp: new Date(entry.at).toISOString() } };

/** This node lacks something that it, or another node, will have: no fault of the activity. */
const isLacking = (error: unknown): boolean => error instanceof AppError && error.code === 'unavailable';

/** What a turn added to the log, oldest first. */
function linesOf(lease: Lease, replies: Activity[], last: number): LogEntry[] {
  const own = lease.position > 0 ? [{ position: lease.position, activity: lease.entry.activity }] : [];
  const first = last - replies.length + 1;
  return [...own, ...replies.map((activity, i) => ({ position: first + i, activity }))];
}

/** Gives up waiting for a turn that hangs; what it computes afterwards is dropped. */
async function withDeadline<T>(work: T | Promise<T>, abortMs: number): Promise<T> {
  if (!(work instanceof Promise)) return work;
  const timer = new AbortController();
  const late = pause(abortMs, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw new AppError('timeout', `The turn took longer than ${abortMs} ms and was given up.`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
