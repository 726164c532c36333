import { z } from 'zod';
import { openStatuses } from '../contract/orders';
import { type OrderAtRisk, orderAtRiskSchema } from '../contract/supervision';
import type { Database } from '../records/database';

const LIMIT = 100;

/** Open orders whose promise lapses before a time, or has, the most urgent first. What stands still is not in danger. */
export async function readOrdersAtRisk(db: Database, before: number): Promise<OrderAtRisk[]> {
  const rows = await db
    .selectFrom('work_orders')
    .select(['number', 'kind', 'conversation_id', 'promise_at'])
    .where('status', 'in', [...openStatuses])
    .where('pause', 'is', null)
    .where('promise_at', '<=', String(before))
    .orderBy('promise_at')
    .limit(LIMIT)
    .execute();
  return z.array(orderAtRiskSchema).parse(
    rows.map(({ number, kind, conversation_id, promise_at }) => ({
      number,
      kind,
      conversationId: conversation_id,
      promiseAt: Number(promise_at),
    })),
  );
}
