import { sql } from 'kysely';
import { type Activity, activitySchema } from '../../contract/activity';
import type { Database } from '../../records/database';
import type { OrderRecord } from '../order-record';

/** What was sent before the complaint was registered belongs to it as well. */
const BEFORE_MS = 24 * 3600_000;
const LIMIT = 30;
/** Lines of a conversation with files that are looked at, the bot's own cards among them. */
const SEARCHED = 300;

/**
 * Pictures and files that the customer sent about a complaint: in its conversation, from a day before it was registered
 * until it was over. Oldest first, at most the last thirty. Their addresses are not signed yet.
 */
export async function readEvidence(db: Database, order: OrderRecord): Promise<Activity[]> {
  const rows = await db
    .selectFrom('transcript')
    .select(sql<unknown>`activity`.as('activity'))
    .where('conversation_id', '=', order.conversationId)
    .where(sql<boolean>`activity ? 'attachments'`)
    .orderBy('position', 'desc')
    .limit(SEARCHED)
    .execute();
  const found = rows.flatMap(({ activity }) => activitySchema.safeParse(activity).data ?? []);
  return found
    .filter((activity) => isSentByCustomer(activity) && isOfOrder(activity, order))
    .slice(0, LIMIT)
    .reverse();
}

const isSentByCustomer = ({ type, from, attachments }: Activity): boolean =>
  type === 'message' && from.role !== 'bot' && from.role !== 'agent' && (attachments?.length ?? 0) > 0;

function isOfOrder({ timestamp }: Activity, { status, createdAt, updatedAt }: OrderRecord): boolean {
  const at = Date.parse(timestamp ?? '');
  const isOver = status === 'closed' || status === 'cancelled';
  return at >= createdAt - BEFORE_MS && (!isOver || at <= updatedAt);
}
