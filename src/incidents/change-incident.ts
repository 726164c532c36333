import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { type AuditEntry, writeAudit } from '../accounts/audit';
import type { IncidentText } from '../contract/incidents';
import { takeLock } from '../records/advisory-lock';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import { hangOrders, subscribeReporters } from './hang-orders';
import { type IncidentRecord, incidentOf } from './incident-record';
import { JUDGE_LOCK } from './judge-reports';
import { oweNotices } from './notices';

/** Who decides, and on which version. */
export interface Act {
  id: string;
  version: number;
  accountId: string;
  at: number;
}

export type IncidentResult =
  | { status: 'changed'; incident: IncidentRecord }
  /** `stale`: somebody else changed it since. `not-allowed`: not from where it stands. `overlaps`: there is one. */
  | { status: 'not-found' | 'stale' | 'not-allowed' | 'overlaps' };

type Changes = Partial<
  Pick<
    IncidentRecord,
    'symptoms' | 'status' | 'text' | 'expectedAt' | 'confirmedAt' | 'recoveredAt' | 'endedAt'
  >
> & { revision?: number };

async function write(
  tx: Database,
  before: IncidentRecord,
  changes: Changes,
  at: number,
): Promise<IncidentRecord> {
  const after = { ...before, ...changes, version: before.version + 1, updatedAt: at };
  const moment = (value: number | null) => (value === null ? null : String(Math.round(value)));
  await tx
    .updateTable('incidents')
    .set({
      symptoms: after.symptoms,
      status: after.status,
      version: after.version,
      revision: after.revision,
      text: after.text ? jsonText(after.text) : null,
      expected_at: moment(after.expectedAt),
      updated_at: String(at),
      confirmed_at: moment(after.confirmedAt),
      recovered_at: moment(after.recoveredAt),
      ended_at: moment(after.endedAt),
    })
    .where('id', '=', before.id)
    .execute();
  return after;
}

/** What is done to a held incident, beside what is written of it. */
interface Step {
  action: Extract<AuditEntry['action'], `incident.${string}`>;
  from: IncidentRecord['status'];
  note?: string;
  carryOut: (tx: Database, incident: IncidentRecord) => Promise<IncidentRecord>;
}

/** Of two that were decided on the same version one wins. */
const change = (db: Database, act: Act, { action, from, note, carryOut }: Step): Promise<IncidentResult> =>
  db.transaction().execute(async (tx): Promise<IncidentResult> => {
    await takeLock(tx, JUDGE_LOCK);
    const row = await tx
      .selectFrom('incidents')
      .selectAll()
      .where('id', '=', act.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { status: 'not-found' };
    const before = incidentOf(row);
    if (before.version !== act.version) return { status: 'stale' };
    if (before.status !== from) return { status: 'not-allowed' };
    const incident = await carryOut(tx, before);
    await writeAudit(tx, {
      accountId: act.accountId,
      action,
      subject: `incident:${act.id}`,
      note,
      at: act.at,
    });
    return { status: 'changed', incident };
  });

/** The alarm that told of a suspicion is answered by the decision on it. */
async function settleAlarm(tx: Database, { id, accountId, at }: Act): Promise<void> {
  await tx
    .updateTable('supervisor_alarms')
    .set({ seen_at: String(at), seen_by: accountId })
    .where('incident', '=', id)
    .where('seen_at', 'is', null)
    .execute();
}

/** Orders and reporters of before the confirmation hear of it with what was told last. */
async function gather(tx: Database, incident: IncidentRecord, at: number): Promise<void> {
  await sql`
    UPDATE incident_reports SET incident = ${incident.id}, is_judged = true
    WHERE incident IS NULL AND area = ${incident.area} AND symptom = ANY(${incident.symptoms}::text[])
      AND at >= ${incident.beganAt}`.execute(tx);
  await hangOrders(tx, incident, at);
  await subscribeReporters(tx, incident.id, at);
}

export interface Told {
  text: IncidentText;
  expectedAt: number;
}

/** A suspicion is right: customers are told of it from now on. */
export const confirmIncident = (
  db: Database,
  act: Act,
  { text, expectedAt, symptoms }: Told & { symptoms?: string[] },
): Promise<IncidentResult> =>
  change(db, act, {
    action: 'incident.confirm',
    from: 'suspected',
    carryOut: async (tx, before) => {
      const told = { text, expectedAt, symptoms: symptoms ?? before.symptoms };
      const changes: Changes = { ...told, status: 'confirmed', revision: 1, confirmedAt: act.at };
      const incident = await write(tx, before, changes, act.at);
      await settleAlarm(tx, act);
      await gather(tx, incident, act.at);
      await oweNotices(tx, incident, { news: 'confirmed', at: act.at });
      return incident;
    },
  });

/** Something new of a confirmed incident, above all a new time: all who wait are told. */
export const updateIncident = (db: Database, act: Act, told: Told): Promise<IncidentResult> =>
  change(db, act, {
    action: 'incident.update',
    from: 'confirmed',
    carryOut: async (tx, before) => {
      const incident = await write(tx, before, { ...told, revision: before.revision + 1 }, act.at);
      await settleAlarm(tx, act);
      await oweNotices(tx, incident, { news: 'updated', at: act.at });
      return incident;
    },
  });

/** A suspicion is wrong. What was reported up to now raises it no more, and counts for what is usual. */
export const dismissIncident = (db: Database, act: Act, reason: string): Promise<IncidentResult> =>
  change(db, act, {
    action: 'incident.dismiss',
    from: 'suspected',
    note: reason,
    carryOut: async (tx, before) => {
      await settleAlarm(tx, act);
      return write(tx, before, { status: 'dismissed', endedAt: act.at }, act.at);
    },
  });

/** It is repaired: all who wait are told and asked, and the orders under it are reported as done. */
export const recoverIncident = (db: Database, act: Act): Promise<IncidentResult> =>
  change(db, act, {
    action: 'incident.recover',
    from: 'confirmed',
    carryOut: async (tx, before) => {
      await hangOrders(tx, before, act.at);
      const changes: Changes = { status: 'recovered', recoveredAt: act.at, revision: before.revision + 1 };
      const incident = await write(tx, before, changes, act.at);
      await settleAlarm(tx, act);
      await oweNotices(tx, incident, { news: 'recovered', at: act.at });
      return incident;
    },
  });

export interface Declaration extends Told {
  area: string;
  symptoms: string[];
  /** Since when; reports and orders from then on belong to it. */
  beganAt: number;
}

/** A supervisor knows of an outage that nobody, or not enough, have reported. */
export const declareIncident = (
  db: Database,
  { accountId, at }: Pick<Act, 'accountId' | 'at'>,
  { area, symptoms, beganAt, text, expectedAt }: Declaration,
): Promise<IncidentResult> =>
  db.transaction().execute(async (tx): Promise<IncidentResult> => {
    await takeLock(tx, JUDGE_LOCK);
    const { rows } = await sql`
      SELECT 1 FROM incidents WHERE area = ${area} AND status IN ('suspected', 'confirmed')
        AND symptoms && ${symptoms}::text[]`.execute(tx);
    if (rows.length > 0) return { status: 'overlaps' };
    const row = await tx
      .insertInto('incidents')
      .values({
        id: uuid(),
        area,
        symptoms,
        status: 'confirmed',
        version: 1,
        revision: 1,
        text: jsonText(text),
        expected_at: String(expectedAt),
        finding: null,
        began_at: String(beganAt),
        updated_at: String(at),
        confirmed_at: String(at),
        recovered_at: null,
        ended_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const incident = incidentOf(row);
    await writeAudit(tx, { accountId, action: 'incident.declare', subject: `incident:${incident.id}`, at });
    await gather(tx, incident, at);
    await oweNotices(tx, incident, { news: 'confirmed', at });
    return { status: 'changed', incident };
  });
