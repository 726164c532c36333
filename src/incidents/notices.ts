import { sql } from 'kysely';
import type { Logger } from 'pino';
import { type IncidentNews, incidentEventSchema, incidentNewsSchema } from '../contract/incidents';
import { isOpenStatus, openStatuses } from '../contract/orders';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import { appendEvent } from '../work-orders/append-step';
import {
  changeOrderIn,
  type Decision,
  type OrderBooks,
  type Refusal,
} from '../work-orders/clocks/change-order';
import type { Held } from '../work-orders/clocks/fire-due';
import { type IncidentRecord, viewOf } from './incident-record';
import { readIncident } from './read-incidents';

/** Told one after another, twenty a second: not all at the same moment come back with a question. */
export const STAGGER_MS = 50;
/** A notice that could not be carried is tried again after so long. */
const RETRY_MS = 60_000;
const PAGE = 50;

/** Owes the news to all who wait for it: subscribers, and conversations of orders. What they were owed before is old. */
export async function oweNotices(
  tx: Database,
  { id, revision }: IncidentRecord,
  { news, at }: { news: IncidentNews; at: number },
): Promise<void> {
  await sql`
    INSERT INTO incident_notices (incident, conversation_id, revision, news, due_at)
    SELECT ${id}, conversation_id, ${revision}::int, ${news},
      ${at}::bigint + ${STAGGER_MS}::bigint * (row_number() OVER (ORDER BY conversation_id) - 1)
    FROM (
      SELECT conversation_id FROM incident_subscriptions WHERE incident = ${id}
      UNION
      SELECT conversation_id FROM work_orders WHERE incident = ${id}
        AND status IN (${sql.join([...openStatuses])})
    ) AS waiting
    ON CONFLICT (incident, conversation_id) DO UPDATE
      SET revision = excluded.revision, news = excluded.news, due_at = excluded.due_at`.execute(tx);
}

/** Owes the news of today to conversations that came later. */
export async function oweTo(
  tx: Database,
  { id, revision }: IncidentRecord,
  { conversations, news, at }: { conversations: string[]; news: IncidentNews; at: number },
): Promise<void> {
  for (const conversationId of conversations)
    await tx
      .insertInto('incident_notices')
      .values({ incident: id, conversation_id: conversationId, revision, news, due_at: String(at) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

interface Notice {
  incident: string;
  conversation_id: string;
}

export interface NoticeDependencies extends OrderBooks {
  log: Logger;
}

/**
 * Carries what is due: the orders of the conversation first, then the event that tells of it, each conversation in one
 * transaction. So a notice is neither lost nor carried twice, whenever the process ends. Answers how many were carried.
 */
export async function carryNotices(deps: NoticeDependencies, now: number): Promise<number> {
  const { rows } = await sql<Notice>`
    SELECT incident, conversation_id FROM incident_notices
    WHERE due_at <= ${now} ORDER BY due_at LIMIT ${PAGE}`.execute(deps.db);
  let carried = 0;
  for (const notice of rows) {
    try {
      if (await carryOne(deps, notice, now)) carried += 1;
    } catch (error) {
      deps.log.warn(
        { err: error, incident: notice.incident },
        'news of an incident not carried; it is tried again',
      );
      await postpone(deps.db, notice, now + RETRY_MS);
    }
  }
  return carried;
}

const carryOne = ({ db, policies }: NoticeDependencies, notice: Notice, now: number): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const { incident: id, conversation_id: conversationId } = notice;
    const { rows } = await sql<{ revision: number; news: string }>`
      DELETE FROM incident_notices WHERE ctid IN (
        SELECT ctid FROM incident_notices
        WHERE incident = ${id} AND conversation_id = ${conversationId} FOR UPDATE SKIP LOCKED)
      RETURNING revision, news`.execute(tx);
    const incident = rows[0] ? await readIncident(tx, id) : null;
    const view = incident ? viewOf(incident) : null;
    if (!rows[0] || !incident || !view) return false;
    const news = incidentNewsSchema.parse(rows[0].news);
    const orderNumber = await moveOrders({ db: tx, policies }, incident, { conversationId, news, at: now });
    const event = incidentEventSchema.parse({
      incident: { ...view, revision: rows[0].revision },
      news,
      symptom: await symptomFor(tx, incident, conversationId),
      orderNumber,
    });
    await appendEvent(tx, { conversationId, name: 'incident.changed', value: jsonText(event) });
    return true;
  });

/** What the conversation reported last; of who has not reported, the incident's first. */
async function symptomFor(
  tx: Database,
  { id, symptoms }: IncidentRecord,
  conversationId: string,
): Promise<string> {
  const report = await tx
    .selectFrom('incident_reports')
    .select('symptom')
    .where('incident', '=', id)
    .where('conversation_id', '=', conversationId)
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return report?.symptom ?? symptoms[0] ?? '';
}

const postpone = async (
  db: Database,
  { incident, conversation_id }: Notice,
  until: number,
): Promise<void> => {
  await db
    .updateTable('incident_notices')
    .set({ due_at: String(until) })
    .where('incident', '=', incident)
    .where('conversation_id', '=', conversation_id)
    .execute();
};

/** Brings the conversation's orders under the incident to where it stands; answers the number of the newest. */
async function moveOrders(
  books: OrderBooks,
  incident: IncidentRecord,
  { conversationId, news, at }: { conversationId: string; news: IncidentNews; at: number },
): Promise<string | null> {
  const orders = await books.db
    .selectFrom('work_orders')
    .select('number')
    .where('incident', '=', incident.id)
    .where('conversation_id', '=', conversationId)
    .where('status', 'in', [...openStatuses])
    .orderBy('created_at', 'desc')
    .execute();
  for (const { number } of orders)
    await changeOrderIn(books, { number, version: null, at }, (held) => decide(held, incident, { news, at }));
  return orders[0]?.number ?? null;
}

/** The promise is not before the incident is over; with the recovery the order is done, and the customer is asked. */
function decide(
  { order }: Held,
  { id, expectedAt }: IncidentRecord,
  { news, at }: { news: IncidentNews; at: number },
): Decision | Refusal {
  if (!isOpenStatus(order.status)) return 'not-allowed';
  const told = { by: `incident:${id}`, note: null, change: 'clock' as const };
  if (news === 'recovered')
    return {
      ...told,
      order: { status: 'resolved', pause: undefined },
      events: [{ type: 'met', at }],
      reason: 'incident-recovered',
    };
  const visitEndAt = Math.max(order.appointment?.endAt ?? 0, expectedAt ?? 0);
  return {
    ...told,
    order: {},
    events: [],
    visitEndAt,
    reason: `incident-${news}`,
  };
}
