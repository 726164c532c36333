import { z } from 'zod';
import type { LineTest } from '../operator/operator';
import type { CommandHandlers } from '../turns/commands';
import type { OrderBooks } from './clocks/change-order';
import type { OrderRecord } from './order-record';
import { readOrder } from './read-orders';
import { transitionOrder } from './transition-order';

/** What a conversation asks for when its customer has not said for a day whether an order is done. */
export const CLOSE_UNCONFIRMED = 'work-order.close-unconfirmed';

export interface UnconfirmedDependencies extends OrderBooks {
  /** Measures the line of an order. */
  testLine: (line: { phone: string | null; address: string | null }) => Promise<LineTest>;
  clock: () => number;
}

/**
 * Closes an order whose customer is silent as `unconfirmed`, if its line is measured to be good; opens it again when
 * it is not. A complaint has no line: its customer was asked on two days. Answers whether anything was changed.
 */
export async function closeUnconfirmed(deps: UnconfirmedDependencies, number: string): Promise<boolean> {
  const found = await readOrder(deps.db, number);
  if (found?.order.status !== 'resolved') return false;
  const { order } = found;
  const isGood = order.kind === 'complaint' || (await isLineGood(deps, order));
  const result = await transitionOrder(deps, {
    number,
    version: order.version,
    to: isGood ? 'closed' : 'in-progress',
    by: 'bot',
    reason: isGood ? 'unconfirmed' : 'line-test-failed',
    told: isGood ? 'unconfirmed' : 'line-test-failed',
    at: deps.clock(),
  });
  // Whoever changed it meanwhile knew better.
  return result.status === 'changed';
}

async function isLineGood({ testLine }: UnconfirmedDependencies, order: OrderRecord): Promise<boolean> {
  const { verdict } = await testLine({ phone: order.phone, address: order.address });
  return verdict === 'ok';
}

const argsSchema = z.object({ number: z.string() });

/** A slow line test holds up nothing else of the conversation. */
export const createClosingHandler = (
  deps: UnconfirmedDependencies & { onEvent: () => void },
): CommandHandlers => ({
  [CLOSE_UNCONFIRMED]: {
    mustComplete: true,
    lane: 'closing',
    async run({ args }) {
      const parsed = argsSchema.safeParse(args);
      if (!parsed.success) return { type: 'error', code: 'bad-arguments' };
      const isChanged = await closeUnconfirmed(deps, parsed.data.number);
      if (isChanged) deps.onEvent();
      return { type: 'ok', value: { isChanged } };
    },
  },
});
