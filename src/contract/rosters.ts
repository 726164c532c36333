import { z } from 'zod';

/** Who works when. Times are milliseconds since 1970 UTC. */
export const shiftSchema = z.object({
  accountId: z.string(),
  login: z.string(),
  name: z.string(),
  /** The date that it begins on, in the operator's zone: `2026-11-28`. */
  date: z.string(),
  fromAt: z.coerce.number(),
  toAt: z.coerce.number(),
});
export type Shift = z.infer<typeof shiftSchema>;

/** `POST /rosters/preview` and `/rosters/import`: a file of at most 256 KB, as base64. */
export const rosterFileSchema = z.strictObject({ file: z.base64().min(1).max(360_000) });
export const rosterImportSchema = rosterFileSchema.extend({
  /** Of the preview: what was seen is what is done. */
  digest: z.string().max(100),
});

/** What is wrong in a line of the file. */
export interface RosterProblem {
  line: number;
  zh: string;
  en: string;
}

/** What an import changes; nothing is imported while there are problems. */
export interface RosterPlan {
  digest: string;
  added: Shift[];
  /** Shifts of the file's people on the file's dates that the file does not have. */
  removed: Shift[];
  /** Shifts that stay as they are. */
  same: number;
  problems: RosterProblem[];
}
