import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Entry, TurnResult } from '../contract/conversation';
import { AppError, messageOf } from '../errors';
import { eventEntry } from './event-entry';
import type { Probe } from './probe';
import type { Accepted, AcceptOptions, Committed, Lease, TurnStore } from './turn-store';

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
  /** Whether an agent is online, kept with what is accepted. */
  isStaffed: () => boolean;
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
  /** Takes up what nobody works on: leases that lapsed, pauses that ended. Answers how many turns were run. */
  runReady(shards: number[]): Promise<number>;
  /** Turns timers due at the clock's time into activities. Answers how many. */
  runDue(shards: number[]): Promise<number>;
  /** Told of every hint: somebody, somewhere, committed in this conversation. */
  noticeCommit(conversationId: string): void;
  /** Finishes the turns in hand. */
  close(): Promise<void>;
}

/** Throws count against the activity; deaths of the process only after more, since a kill hits innocent ones too. */
const MAX_FAILURES = 3;
const MAX_ATTEMPTS = 6;

export function createTurnEngine(deps: EngineDependencies): TurnEngine {
  const { store, turn, log, probe } = deps;
  const driving = new Set<Promise<void>>();
  const waiting = new Map<string, Set<() => void>>();

  const settled = (conversationId: string) => {
    for (const wake of waiting.get(conversationId) ?? []) wake();
  };

  async function compute(lease: Lease): Promise<{ result: TurnResult<unknown>; deadLetter?: string }> {
    const { entry, failures, attempts } = lease;
    if (failures < MAX_FAILURES && attempts <= MAX_ATTEMPTS) {
      return { result: await withDeadline(turn.run(lease), deps.abortMs) };
    }
    const reason = await store.lastFailure(lease.conversationId);
    const deadLetter = JSON.stringify({ entry, reason, at: deps.clock() });
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
      const isLacking = error instanceof AppError && error.code === 'unavailable';
      log.error({ err: error, turnId, attempts: lease.attempts }, 'turn failed');
      await giveBack(lease, isLacking ? null : messageOf(error));
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
          takesNext: true,
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
    return committed.next;
  }

  async function drive(first: Lease): Promise<number> {
    let turns = 0;
    for (let lease: Lease | null = first; lease; turns += 1) lease = await runOne(lease);
    return turns;
  }

  /** Goes on in the background; the turns are finished at close. */
  function start(lease: Lease): void {
    const work = drive(lease)
      .then(() => undefined)
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
    const fact = { isStaffed: deps.isStaffed() };
    const accepted = await store.accept(
      conversationId,
      { ...entry, ...fact },
      {
        isLimited: false,
        isLogged: false,
        wantsLease: true,
        ...options,
      },
    );
    probe('accepted');
    if (accepted.status === 'accepted' && accepted.lease) start(accepted.lease);
    return accepted;
  }

  async function runReady(shards: number[]): Promise<number> {
    const conversations = await store.ready(shards, 64);
    const leases = await Promise.all(conversations.map((id) => store.lease(id)));
    const turns = await Promise.all(leases.filter((lease) => lease !== null).map(drive));
    return turns.reduce((sum, n) => sum + n, 0);
  }

  async function runDue(shards: number[]): Promise<number> {
    const timers = await store.due(shards, deps.clock(), 128);
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
          { timerId: id },
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
      await Promise.all(driving);
    },
  };
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
