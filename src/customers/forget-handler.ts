import type { CommandHandlers } from '../turns/commands';

/** Forgets a customer who has left, in every store; the outcome `open-order` when one is still being worked on. */
export function createForgetHandler(deps: {
  /** Answers false while an order is open; then nothing else may be forgotten either. */
  forgetRecords: (conversationId: string) => Promise<boolean>;
  /** What is still live of it: the log, and what the channel keeps. */
  forgetLive: (conversationId: string) => Promise<void>;
}): CommandHandlers {
  return {
    'customer.forget': {
      mustComplete: true,
      run: async ({ conversationId }) => {
        if (!(await deps.forgetRecords(conversationId))) return { type: 'error', code: 'open-order' };
        await deps.forgetLive(conversationId);
        return { type: 'ok', value: null };
      },
    },
  };
}
