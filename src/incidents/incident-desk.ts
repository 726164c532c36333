import type { Database } from '../records/database';
import {
  type Act,
  confirmIncident,
  type Declaration,
  declareIncident,
  dismissIncident,
  type IncidentResult,
  recoverIncident,
  type Told,
  updateIncident,
} from './change-incident';
import type { IncidentRecord } from './incident-record';
import { countsOf, type IncidentCounts, listIncidents, readIncident, readReports } from './read-incidents';
import { whyWords } from './why-words';

/** An incident as supervisors see it. */
export interface IncidentOnDesk extends IncidentRecord {
  /** What people call its area; null for one that the content does not know. */
  areaName: { zh: string; en: string } | null;
  why: { zh: string; en: string };
  counts: IncidentCounts;
}

/** Incidents as the desk works with them. `onChange` wakes the watch, which carries the news. */
export function createIncidentDesk({
  db,
  onChange,
  nameArea,
}: {
  db: Database;
  onChange: () => void;
  nameArea: (area: string) => { zh: string; en: string } | null;
}) {
  const dress = async (incident: IncidentRecord): Promise<IncidentOnDesk> => ({
    ...incident,
    areaName: nameArea(incident.area),
    why: whyWords(incident),
    counts: await countsOf(db, incident.id),
  });
  async function tell(work: Promise<IncidentResult>): Promise<IncidentResult> {
    const result = await work;
    if (result.status === 'changed') onChange();
    return result;
  }
  return {
    async list(wanted: { isAll: boolean; limit: number }): Promise<IncidentOnDesk[]> {
      const found = await listIncidents(db, wanted);
      return Promise.all(found.map(dress));
    },
    /** With its reports; null when there is none. */
    async read(id: string) {
      const incident = await readIncident(db, id);
      return incident && { ...(await dress(incident)), reportedBy: await readReports(db, id) };
    },
    confirm: (act: Act, told: Told & { symptoms?: string[] }) => tell(confirmIncident(db, act, told)),
    update: (act: Act, told: Told) => tell(updateIncident(db, act, told)),
    dismiss: (act: Act, reason: string) => tell(dismissIncident(db, act, reason)),
    recover: (act: Act) => tell(recoverIncident(db, act)),
    declare: (by: Pick<Act, 'accountId' | 'at'>, declaration: Declaration) =>
      tell(declareIncident(db, by, declaration)),
  };
}
export type IncidentDesk = ReturnType<typeof createIncidentDesk>;
