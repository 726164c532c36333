import { createHmac } from 'node:crypto';
import { areaSchema } from '../contract/incidents';
import type { OperationValue } from '../contract/operations';
import type { Database } from '../records/database';
import type { CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import { subscribe } from './hang-orders';
import { type IncidentRecord, viewOf } from './incident-record';
import { findOpenIncident, readIncident } from './read-incidents';
import { customerOf, recordReport } from './record-report';
import { symptomOf } from './symptom';

export interface IncidentDependencies {
  db: Database;
  clock: () => number;
  /** Hides which phone or conversation a report came from. */
  key: Buffer;
  /** Told when a report was written, to wake the judge. */
  onReport: () => void;
}

type Found = OperationValue<'incident.report'>;

/** The `incident.…` operations of dialogs. A suspicion is nobody's business but the supervisor's. */
export function createIncidentHandlers({ db, clock, key, onReport }: IncidentDependencies): CommandHandlers {
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

  async function tell(incident: IncidentRecord | null, conversationId: string): Promise<Found> {
    const view = incident?.status === 'confirmed' ? viewOf(incident) : null;
    if (!view) return { incident: null };
    const row = await db
      .selectFrom('incident_subscriptions')
      .select('at')
      .where('incident', '=', view.id)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    return { incident: { ...view, isLate: view.expectedAt <= clock(), isSubscribed: row !== undefined } };
  }

  return {
    'incident.report': operationHandler(
      'incident.report',
      { mustComplete: true },
      async ({ area, intent }, { id, at, conversationId, channel, asker }) => {
        const symptom = symptomOf(intent);
        if (symptom === null || !areaSchema.safeParse(area).success)
          return { type: 'error', code: 'bad-arguments' };
        const customer = await customerOf(db, { conversationId, phone: asker.phone }, hash);
        const report = { id, at, area, symptom, conversationId, channel, customer };
        const incident = await recordReport(db, report);
        onReport();
        return { type: 'ok', value: await tell(incident, conversationId) };
      },
    ),
    'incident.find': operationHandler(
      'incident.find',
      { mustComplete: false },
      async ({ area }, { conversationId }) => ({
        type: 'ok',
        value: await tell(await findOpenIncident(db, { area, symptom: null }), conversationId),
      }),
    ),
    'incident.subscribe': operationHandler(
      'incident.subscribe',
      { mustComplete: true },
      async ({ id }, { conversationId, at }) => {
        const incident = await readIncident(db, id);
        const isOpen = incident?.status === 'confirmed';
        if (isOpen) await subscribe(db, { id, conversationId, at });
        return { type: 'ok', value: { isSubscribed: isOpen } };
      },
    ),
  };
}
