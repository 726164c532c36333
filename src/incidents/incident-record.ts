import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type IncidentView, incidentStatusSchema, incidentTextSchema } from '../contract/incidents';
import type { IncidentsTable } from '../records/incident-tables';

/**
 * Mass outages: fault reports that cluster in one area and symptom raise a suspicion, a supervisor confirms or dismisses
 * it, and from then on whoever reports there is told at once, until the recovery is told to all. `detect/` judges, the
 * rest keeps incidents in Postgres and carries news to conversations. Times are milliseconds since 1970 UTC.
 */
export const findingSchema = z.object({
  windowMs: z.number(),
  customers: z.number(),
  expected: z.number(),
  chance: z.number(),
  limit: z.number(),
});

export const incidentRecordSchema = z.object({
  id: z.string(),
  area: z.string(),
  symptoms: z.array(z.string()),
  status: incidentStatusSchema,
  /** Raised by every change; a change names the version that it was decided on. */
  version: z.number().int(),
  revision: z.number().int(),
  text: incidentTextSchema.nullable(),
  expectedAt: z.number().nullable(),
  /** Why it was suspected; null when it was declared. */
  finding: findingSchema.nullable(),
  /** Of the first report that belongs to it. */
  beganAt: z.number(),
  updatedAt: z.number(),
  confirmedAt: z.number().nullable(),
  recoveredAt: z.number().nullable(),
  /** When it was closed or dismissed. */
  endedAt: z.number().nullable(),
});
export type IncidentRecord = z.infer<typeof incidentRecordSchema>;

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

export const incidentOf = (row: Selectable<IncidentsTable>): IncidentRecord =>
  incidentRecordSchema.parse({
    ...row,
    expectedAt: numberOf(row.expected_at),
    beganAt: Number(row.began_at),
    updatedAt: Number(row.updated_at),
    confirmedAt: numberOf(row.confirmed_at),
    recoveredAt: numberOf(row.recovered_at),
    endedAt: numberOf(row.ended_at),
  });

/** What a customer may know; null before it was confirmed. */
export const viewOf = ({ id, text, expectedAt, revision }: IncidentRecord): IncidentView | null =>
  text === null || expectedAt === null ? null : { id, text, expectedAt, revision };
