import { createHash } from 'node:crypto';
import type { WecomDeliveryStore } from './delivery-store';

/**
 * The id of a message: the same reply has the same, however often and by whichever node it is sent. At most 32
 * characters, so that WeCom takes it.
 */
export const messageIdOf = (itemId: string): string =>
  createHash('sha256').update(itemId).digest('hex').slice(0, 32);

/** Why a message that WeCom had taken did not reach the customer. */
const FAILURES: Record<number, string> = {
  1: 'account-deleted',
  2: 'app-closed',
  4: 'window',
  5: 'session-ended',
  6: 'quota',
  8: 'company-not-verified',
  10: 'refused-by-customer',
};

/** What is learned of a delivery after it was made. */
export interface Confirm {
  sendFailed(conversationId: string, messageId: string, failure: number): Promise<void>;
}

export function createConfirm(deps: { deliveries: WecomDeliveryStore; clock: () => number }): Confirm {
  const { deliveries, clock } = deps;
  return {
    async sendFailed(conversationId, messageId, failure) {
      const items = await deliveries.readAll(conversationId);
      const carried = items.filter(
        ({ state, sentWith }) => state === 'sent' && sentWith !== null && messageIdOf(sentWith) === messageId,
      );
      if (carried.length === 0) return;
      const after = { state: 'not-delivered', reason: FAILURES[failure] ?? `failed-${failure}` } as const;
      const changes = carried.map((before) => ({ before, after: { ...before, ...after } }));
      await deliveries.step(conversationId, changes, clock(), { isRecorded: true });
    },
  };
}
