import { z } from 'zod';
import { channelIdSchema, localeSchema } from '../contract/activity';
import { customerSnapshotSchema, orderRefSchema } from '../contract/dialog';

/**
 * Scripted conversations, `dialogs/conversations/*.yaml`: what a customer types, line by line, and what must come of it.
 *
 * A line is one of
 * - `say`: the customer writes (`attachment: true` for a picture with it),
 * - `result`: the open call ends: a name from `outcomes.yaml`, `timeout`, or `error`,
 * - `wait`: the clock moves on ("5m", "2d") and what is due then happens,
 * - `start` / `resume`: what the turn sends when nobody is there, or when a human gives the conversation back.
 * Calls end by themselves with what `world` names for their operation, or the first of `outcomes.yaml`, unless the
 * operation stands in `hold`.
 *
 * Expected of a line: `intent` (what was understood), `step` ("dialog/step", or "none"), `slots` (by path, null when
 * empty), `replies` (each a piece of some reply, in that order), `not` (in no reply), `handoff` (its reason, or
 * "none"), `taps` (the last reply's), `locale`, `count` (of replies), `calls` (operations in order).
 */
const expected = {
  intent: z.string().optional(),
  step: z.string().optional(),
  slots: z.record(z.string(), z.unknown()).optional(),
  replies: z.array(z.string()).optional(),
  not: z.array(z.string()).optional(),
  handoff: z.string().optional(),
  taps: z.array(z.string()).optional(),
  locale: localeSchema.optional(),
  count: z.number().optional(),
  calls: z.array(z.string()).optional(),
  priority: z.string().optional(),
  /** Some arguments of the line's last call. */
  args: z.record(z.string(), z.unknown()).optional(),
};
/** Customers type bare numbers too. */
const words = z.union([z.string(), z.number().transform(String)]);

export const lineSchema = z.union([
  z.strictObject({ say: words, attachment: z.boolean().optional(), ...expected }),
  z.strictObject({ result: z.string(), ...expected }),
  z.strictObject({ wait: z.string(), ...expected }),
  z.strictObject({ start: z.string(), ...expected }),
  z.strictObject({ resume: z.string().nullable(), ...expected }),
]);
export type Line = z.infer<typeof lineSchema>;

export const scriptSchema = z.strictObject({
  name: z.string(),
  channel: channelIdSchema.default('web'),
  locale: localeSchema.default('zh'),
  /** Wall clock in Shanghai at the beginning, e.g. "2026-11-24 10:00". */
  at: z.string().default('2026-11-24 10:00'),
  staffed: z.boolean().default(true),
  customer: customerSnapshotSchema.partial().optional(),
  orders: z.array(orderRefSchema.partial()).default([]),
  world: z.record(z.string(), z.string()).default({}),
  hold: z.array(z.string()).default([]),
  /** Shared facts of the session at the beginning. */
  facts: z.record(z.string(), z.unknown()).default({}),
  lines: z.array(lineSchema).min(1),
});
export type Script = z.infer<typeof scriptSchema>;
export const scriptFileSchema = z.array(scriptSchema).min(1);

/** Values by operation and name; numbers of the form "+90m" are moments after the script's beginning. */
export const outcomesSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Outcomes = z.infer<typeof outcomesSchema>;
