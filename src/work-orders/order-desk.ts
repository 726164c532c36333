import type { Database } from '../records/database';
import { readOrder, readOrdersOfConversation } from './read-orders';
import { type Transition, transitionOrder } from './transition-order';

/** Orders as agents work with them: unrestricted reads, and moving one on. `onEvent` wakes the events relay. */
export function createOrderDesk(deps: { db: Database; clock: () => number; onEvent: () => void }) {
  const { db } = deps;
  return {
    readOrder: (number: string) => readOrder(db, number),
    ordersOf: (conversationId: string) => readOrdersOfConversation(db, conversationId),
    async transitionOrder(transition: Omit<Transition, 'at' | 'reason'>) {
      const result = await transitionOrder(db, { ...transition, at: deps.clock() });
      if (result.status === 'changed') {
        deps.onEvent();
        return result;
      }
      return { status: result.reason === 'stale' ? ('conflict' as const) : result.reason };
    },
  };
}
