/** A mass outage as supervisors read it. */
export interface IncidentRow {
  id: string;
  area: string;
  areaName: { zh: string; en: string } | null;
  status: string;
  version: number;
  text: { zh: string; en: string } | null;
  expectedAt: number | null;
  why: { zh: string; en: string };
  counts: { customers: number; orders: number };
}
export type IncidentAct = 'confirm' | 'update' | 'dismiss';
