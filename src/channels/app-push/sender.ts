import type { Logger } from 'pino';
import { messageOf } from '../../errors';
import { startLoop } from '../../turns/shard-duty';
import type { PushVerdict } from '../delivery/push-queue';
import { type ComposeDependencies, compose } from './compose';
import { deadLetterOf } from './dead-letter';
import { decide, type Move, type Policy } from './plan/decide';
import { begin, type Outcome, settle } from './plan/outcome';
import type { Push, PushRecord } from './plan/record';
import type { Held, PushStore, StepOptions } from './push-store';
import type { AppPushSettings } from './settings';
import type { Post } from './wire/post';
import { signedHeaders } from './wire/signature';

export const PUSH_POINTS = ['app-push-recorded', 'app-push-called'] as const;
export type PushPoint = (typeof PUSH_POINTS)[number];

export interface SenderDependencies extends ComposeDependencies {
  pushes: PushStore;
  post: Post;
  settings: AppPushSettings;
  policy: Policy;
  clock: () => number;
  random: () => number;
  log: Logger;
  /** Where a test lets the process die. */
  probe?: (point: PushPoint) => void;
  pollMs?: number;
  leaseMs?: number;
}

/** Conversations that one node sends for at a time: a receiver that hangs holds up no more than these. */
const AT_ONCE = 32;
const POLL_MS = 250;
/** Beyond the longest call. */
const LEASE_MARGIN_MS = 10_000;
const MOVES_LIMIT = 100;

/**
 * Sends what is owed. Any node may take a conversation that is due, by a lease. Before a call `sending` is stored; after
 * it, what it came to. What is found `sending` was interrupted: the same push goes out again under the same key.
 */
export function startSender(deps: SenderDependencies): { stop(): Promise<void> } {
  const { pushes, settings, clock, log, probe = () => undefined } = deps;
  const leaseMs = deps.leaseMs ?? settings.timeoutMs + LEASE_MARGIN_MS;
  const inHand = new Map<string, Promise<void>>();

  const outcomeOf = (record: PushRecord, key: string, verdict: PushVerdict): Outcome | null =>
    settle(record, key, verdict, { now: clock(), maxAgeMs: settings.maxAgeMs, random: deps.random });

  const keep = async (conversationId: string, before: Held, record: PushRecord, more: StepOptions = {}) =>
    pushes.step(conversationId, before, record, { held: { leaseMs }, ...more });

  /** Stores what a send came to. Null: another node has the conversation. */
  async function conclude(
    conversationId: string,
    before: Held,
    key: string,
    verdict: PushVerdict,
  ): Promise<Held | null> {
    for (let held = before; ; ) {
      const outcome = outcomeOf(held.record, key, verdict);
      const more = outcome ? tell(conversationId, held.record, outcome) : {};
      const result = outcome ? await keep(conversationId, held, outcome.record, more) : 'ok';
      if (result === 'lost') return null;
      const { fence } = held;
      held = { ...(await pushes.look(conversationId)), fence };
      if (result === 'ok') return held;
    }
  }

  /** The facts of an outcome, and its dead letter. */
  function tell(conversationId: string, before: PushRecord, outcome: Outcome): StepOptions {
    const { push, state, reason } = outcome;
    const { key, event, count, sends, uncertainSends } = push;
    if (state === 'waiting') return {};
    const at = clock();
    const covers =
      event === 'message'
        ? before.items.filter(({ position }) => position <= push.upTo).map(({ id }) => id)
        : [];
    const value = { id: key, route: 'push', event, state, reason, count, sends, uncertainSends, covers };
    const facts = [
      { id: `${key}:${state}:${uncertainSends}`, fact: { type: 'delivery' as const, at, value } },
    ];
    if (state !== 'not-delivered') return { facts };
    log.error({ event, reason, sends }, 'app push given up; kept as a dead letter');
    return { facts, letter: deadLetterOf(conversationId, before.userId, { ...outcome, covers }, at) };
  }

  async function send(conversationId: string, held: Held, move: Move & { push: Push }): Promise<Held | null> {
    const begun = begin(move.record, move.push);
    const result = await keep(conversationId, held, begun);
    if (result === 'lost') return null;
    const { fence } = held;
    const now = { ...(await pushes.look(conversationId)), fence };
    if (result === 'changed') return now;
    probe('app-push-recorded');
    const { body, key } = move.push;
    const headers = { 'Idempotency-Key': key, ...signedHeaders(body, settings.secrets, clock()) };
    const verdict = await deps.post(body, headers);
    probe('app-push-called');
    if (verdict.type !== 'sent')
      log.warn({ reason: verdict.reason, event: move.push.event }, 'app push not accepted');
    return conclude(conversationId, now, key, verdict);
  }

  /** One move. Null when there is nothing more to do now. */
  async function advance(conversationId: string, held: Held): Promise<Held | null> {
    const { push } = held.record;
    if (push?.state === 'sending') {
      return conclude(conversationId, held, push.key, { type: 'uncertain', reason: 'interrupted' });
    }
    const move = decide(held, clock(), deps.policy);
    switch (move.type) {
      case 'rest': {
        const { dueAt } = move;
        const result = await pushes.step(conversationId, held, move.record, { held: { dueAt } });
        return result === 'changed' ? { ...(await pushes.look(conversationId)), fence: held.fence } : null;
      }
      case 'repeat':
        return send(conversationId, held, move);
      case 'compose': {
        const { record, event } = move;
        const made = await compose(deps, conversationId, event, { record, now: clock() });
        return send(conversationId, held, { type: 'repeat', ...made });
      }
    }
  }

  async function workOff(conversationId: string): Promise<void> {
    let held = await pushes.claim(conversationId, clock(), leaseMs);
    for (let moves = 0; held && moves < MOVES_LIMIT; moves += 1) held = await advance(conversationId, held);
  }

  function start(conversationId: string): void {
    const work = workOff(conversationId)
      .catch((error: unknown) => log.warn({ reason: messageOf(error) }, 'app pushes wait for the next look'))
      .finally(() => {
        inHand.delete(conversationId);
        loop.wake();
      });
    inHand.set(conversationId, work);
  }

  const loop = startLoop({
    name: 'app pushes',
    everyMs: deps.pollMs ?? POLL_MS,
    log,
    round: async () => {
      if (inHand.size >= AT_ONCE) return false;
      const due = (await pushes.due(clock())).filter((id) => !inHand.has(id));
      for (const id of due.slice(0, AT_ONCE - inHand.size)) start(id);
      return false;
    },
  });
  return {
    async stop() {
      await loop.stop();
      await Promise.all(inHand.values());
    },
  };
}
