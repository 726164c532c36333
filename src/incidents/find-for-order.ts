import type { Database } from '../records/database';
import { findOpenIncident } from './read-incidents';
import { symptomOf } from './symptom';

/** The confirmed incident that a new order belongs to, and when it is expected to be over; null for none. */
export const createFindForOrder =
  (db: Database) =>
  async (order: {
    kind: string;
    area?: string | null;
    details: Record<string, unknown>;
  }): Promise<{ id: string; expectedAt: number } | null> => {
    const symptom = order.kind === 'fault' ? symptomOf(order.details.intent) : null;
    if (!order.area || symptom === null) return null;
    const incident = await findOpenIncident(db, { area: order.area, symptom });
    if (incident?.status !== 'confirmed' || incident.expectedAt === null) return null;
    return { id: incident.id, expectedAt: incident.expectedAt };
  };
