import { z } from 'zod';
import { lineVerdictSchema } from './operator-operations';
import { callbackActSchema } from './operator-orders';

/** What the page that steers the simulated operator asks for and shows; development only. Times are ms since 1970 UTC. */

/** `slow`: each answer takes as long as customers wait for; `dead`: there is none. */
export const paceSchema = z.enum(['normal', 'slow', 'dead']);
export type Pace = z.infer<typeof paceSchema>;

/** What a line test comes to: a verdict, an error at once, or no answer in time. */
export const lineOutcomeSchema = z.enum([...lineVerdictSchema.options, 'error', 'timeout']);
export type LineOutcome = z.infer<typeof lineOutcomeSchema>;

/** A part of an address, or the id of a service area. */
const place = z.string().trim().min(1).max(100);

export const steeredOutageSchema = z.object({
  place,
  /** False: there is none, whatever the simulation would say. */
  isOut: z.boolean(),
  cause: z.string(),
  restoreAt: z.number(),
  /** Maintenance that was announced. */
  isPlanned: z.boolean(),
});
export type SteeredOutage = z.infer<typeof steeredOutageSchema>;

/** How an account stands: its status, or capped in speed. */
export const accountStandingSchema = z.enum(['normal', 'arrears', 'suspended', 'fraud-stop', 'capped']);
export type AccountStanding = z.infer<typeof accountStandingSchema>;

export const steerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('pace'), pace: paceSchema }),
  z.strictObject({
    type: z.literal('outage'),
    place,
    isOut: z.boolean(),
    /** Left out: a cut cable, or planned work. */
    cause: z.string().trim().min(1).max(60).optional(),
    hours: z.number().min(0.1).max(72).default(2),
    isPlanned: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal('line'), place, outcome: lineOutcomeSchema }),
  z.strictObject({
    type: z.literal('account'),
    phone: z.string().regex(/^1\d{10}$/, 'a mobile number'),
    standing: accountStandingSchema,
  }),
  /** Leaves the place, or the phone, to the simulation again. */
  z.strictObject({ type: z.literal('forget'), what: z.enum(['outage', 'line', 'account']), place }),
  /** What the operator's systems tell of an order. */
  z.strictObject({ type: z.literal('order'), number: z.string().max(40), act: callbackActSchema }),
]);
export type Steer = z.infer<typeof steerSchema>;
export type SteerInput = z.input<typeof steerSchema>;

export interface SimulatorState {
  pace: Pace;
  outages: SteeredOutage[];
  lines: { place: string; outcome: LineOutcome }[];
  accounts: { phone: string; standing: AccountStanding }[];
  codes: { phone: string; code: string; at: number }[];
  texts: { phone: string; text: string; at: number }[];
  orders: SimulatorOrder[];
  phones: { name: string; what: string }[];
  places: { name: string; what: string }[];
  timeZone: string;
}

export interface SimulatorOrder {
  number: string;
  kind: string;
  status: string;
  summary: string;
  address: string | null;
  isPaused: boolean;
  hasAccepted: boolean;
  hasArrived: boolean;
  technician: string | null;
  updatedAt: number;
}
