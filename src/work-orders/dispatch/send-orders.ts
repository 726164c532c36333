import type { Logger } from 'pino';
import type { OrderMessage } from '../../contract/operator-orders';
import { AppError, messageOf } from '../../errors';
import type { Database } from '../../records/database';
import {
  buryDispatch,
  type Claimed,
  claimDispatch,
  postponeDispatch,
  removeDispatch,
} from './dispatch-store';

export interface SendOrdersDependencies {
  db: Database;
  /** Throws when the operator's systems did not take it; `bad-request` when they never will. */
  send: (message: OrderMessage, idempotencyKey: string) => Promise<void>;
  clock: () => number;
  random: () => number;
  log: Logger;
  /** Longer than a send with all its attempts. */
  leaseMs?: number;
}

/** Orders that one node sends at a time. */
const AT_ONCE = 16;
const LEASE_MS = 60_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** What was not taken for so long is given up: people must look, and its order is late by then. */
export const DISPATCH_MAX_AGE_MS = 24 * 3600_000;

/** Pause before the next attempt, in ms: twice as long each time, between half and all of it. */
export const dispatchPause = (attempts: number, random: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20), LONGEST_PAUSE_MS) * (0.5 + random / 2);

/**
 * Sends what is due, in order within an order and side by side otherwise. The same message always has the same key, so
 * that one whose answer was lost is done once. Answers how many were taken out of the outbox, given up ones included.
 */
export function createSendOrders(deps: SendOrdersDependencies): () => Promise<number> {
  const { db, clock, log, leaseMs = LEASE_MS } = deps;

  async function sendOne(claimed: Claimed): Promise<boolean> {
    const { message, attempts, at } = claimed;
    const { number, version, event } = message;
    try {
      await deps.send(message, `order:${number}@${version}`);
      await removeDispatch(db, message);
      return true;
    } catch (error) {
      const reason = messageOf(error).slice(0, 300);
      const isFinal = error instanceof AppError && error.code === 'bad-request';
      if (!isFinal && clock() - at < DISPATCH_MAX_AGE_MS) {
        log.warn({ number, version, event, attempts, reason }, 'order not taken by the operator yet');
        const nextAt = Math.round(clock() + dispatchPause(attempts, deps.random()));
        await postponeDispatch(db, message, { nextAt, reason });
        return false;
      }
      log.error({ number, version, event, reason }, 'order given up; kept for a supervisor');
      await buryDispatch(db, claimed, { at: clock(), reason });
      return true;
    }
  }

  return async () => {
    const claimed = await claimDispatch(db, { now: clock(), leaseMs, limit: AT_ONCE });
    const done = await Promise.all(claimed.map(sendOne));
    return done.filter(Boolean).length;
  };
}
