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

const told = z.string().trim().max(300).default('');

/** `POST /agent/hand-over`: what is open goes to colleagues by name, each with what they need to know. */
export const handOverSchema = z.strictObject({
  /** The same id hands over once, however often it is sent. */
  clientId: z.string().min(1).max(100),
  items: z
    .array(
      z.strictObject({
        conversationId: z.string().min(1).max(200),
        to: z.uuid(),
        done: told,
        promised: told,
        toDo: told,
      }),
    )
    .min(1)
    .max(20),
});
export type HandOverItem = z.infer<typeof handOverSchema>['items'][number];

/** Why a colleague takes nothing now. */
export type NotFree = 'not-there' | 'full' | 'shift-ends';

export interface HandedOver {
  conversationId: string;
  status: 'handed-over' | 'pending' | 'refused';
  /** `not-yours`: it was passed on, taken or closed meanwhile. */
  reason: NotFree | 'not-yours' | null;
}

/** `GET /agent/hand-over`: what is open, with what is known of it, and who could take it. */
export interface HandOverView {
  /** When the own shift ends by the roster or the usual time of day; null when none is known. */
  shiftEndsAt: number | null;
  items: {
    conversationId: string;
    channel: string;
    /** Masked. */
    lastText: string;
    since: number;
    dialog: string | null;
    isWaiting: boolean;
    orders: { number: string; status: string }[];
    tasks: { text: string; dueAt: number }[];
  }[];
  colleagues: { id: string; name: string; room: number; notFree: NotFree | null }[];
}
