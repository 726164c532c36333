import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Entry } from '../contract/conversation';
import { customerEvents } from '../contract/customers';
import { incidentEventSchema } from '../contract/incidents';
import { orderEventSchema } from '../contract/orders';
import type { Database } from '../records/database';
import { eventEntry } from '../turns/event-entry';

/** Names the lock that lets one relay of all nodes work at a time. */
const RELAY_LOCK = 727_003;

export interface EventsRelayDependencies {
  db: Database;
  /** Resolves once the event is durable; the same key again changes nothing. */
  accept: (conversationId: string, entry: Entry) => Promise<unknown>;
  clock: () => number;
  log: Logger;
  /** Events carried in one transaction. */
  pageSize?: number;
}

interface Row {
  id: string;
  conversation_id: string;
  name: string;
  value: unknown;
}

/** What an event says, and the key by which it is the same event. */
function readEvent({ id, name, value }: Row): { key: string; value: unknown } {
  if (name === 'customer.changed') return { key: `customer:${id}`, value: customerEvents[name].parse(value) };
  if (name === 'incident.changed') {
    const news = incidentEventSchema.parse(value);
    return { key: `incident:${news.incident.id}@${news.incident.revision}`, value: news };
  }
  const event = orderEventSchema.parse(value);
  return { key: `order:${event.order.number}@${event.version}`, value: event };
}

/**
 * Carries what happened to orders, customers and mass outages into their conversations: each event at least once, in order within a conversation,
 * and gone from `events_out` only after it was accepted. A conversation that cannot take one holds up no other. One
 * node relays at a time; the others answer 0 at once. Answers how many were carried.
 */
export function createEventsRelay(deps: EventsRelayDependencies): () => Promise<number> {
  const { db, log, pageSize = 100 } = deps;

  async function carry(row: Row): Promise<void> {
    const { conversation_id: conversationId, name } = row;
    const event = { conversationId, name, at: deps.clock(), ...readEvent(row) };
    await deps.accept(conversationId, eventEntry(event));
  }

  /** Answers the ids that were carried; a conversation with a failure waits for the next round, to keep its order. */
  async function carryAll(rows: Row[], held: Set<string>): Promise<string[]> {
    const carried: string[] = [];
    for (const row of rows) {
      if (held.has(row.conversation_id)) continue;
      try {
        await carry(row);
        carried.push(row.id);
      } catch (error) {
        held.add(row.conversation_id);
        log.warn({ err: error, eventId: row.id }, 'event not accepted yet; it is tried again');
      }
    }
    return carried;
  }

  const carryPage = (after: string, held: Set<string>) =>
    db.transaction().execute(async (tx) => {
      const lock = sql<{ isMine: boolean }>`SELECT pg_try_advisory_xact_lock(${RELAY_LOCK}) AS "isMine"`;
      if (!(await lock.execute(tx)).rows[0]?.isMine) return null;
      const rows = await tx
        .selectFrom('events_out')
        .selectAll()
        .where('id', '>', after)
        .orderBy('id')
        .limit(pageSize)
        .execute();
      const carried = await carryAll(rows, held);
      if (carried.length > 0) await tx.deleteFrom('events_out').where('id', 'in', carried).execute();
      const last = rows.length < pageSize ? null : rows.at(-1)?.id;
      return { carried: carried.length, last };
    });

  return async () => {
    const held = new Set<string>();
    let total = 0;
    for (let after: string | null | undefined = '0'; after; ) {
      const page: Awaited<ReturnType<typeof carryPage>> = await carryPage(after, held);
      total += page?.carried ?? 0;
      after = page?.last;
    }
    return total;
  };
}
