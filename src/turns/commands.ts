import type { Command } from '../contract/conversation';
import type { CallOutcome } from '../contract/dialog';

/**
 * Carries out one operation outside the turn. It may be called again with the same command id after a crash and
 * must then have no second effect. Expected failures are outcomes; throwing means "try again".
 */
export interface CommandHandler {
  /** True: retried until it succeeds, even when nobody waits any more. False: dropped when its time is over. */
  mustComplete: boolean;
  /**
   * Commands of one conversation run in order within their lane; without a name it is the lane of all others. What
   * must not wait for a slow call, and needs no order with it, has a lane of its own.
   */
  lane?: string;
  /** True: what follows in the lane waits for it however late it is. Otherwise it is overtaken once nobody waits. */
  keepsOrder?: boolean;
  run(command: Command): Promise<CallOutcome>;
}

export type CommandHandlers = Record<string, CommandHandler>;
