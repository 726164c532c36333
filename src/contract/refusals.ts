import { z } from 'zod';

/**
 * Why something that looks like an entity is none: what customers mistype, and what they are told about it. Each reason
 * has its words, with an example, in `dialogs/refusals.yaml`.
 */
export const refusalReasons = {
  phone: ['too-short', 'too-long', 'no-such-prefix', 'no-area-code'],
  'order-number': ['check', 'too-short', 'too-long', 'no-kind', 'no-such-day'],
  'broadband-account': ['too-short'],
  'id-card': ['check', 'birth-date', 'region', 'wrong-length'],
  datetime: ['no-such-day', 'no-such-hour'],
  'one-time-code': ['wrong-length', 'spaced'],
} as const;
export type RefusedType = keyof typeof refusalReasons;
export type RefusalReason<T extends RefusedType = RefusedType> = (typeof refusalReasons)[T][number];

/** Something that looks like an entity and is none. */
export const nearMissSchema = z.object({
  type: z.enum(Object.keys(refusalReasons) as [RefusedType, ...RefusedType[]]),
  reason: z.string(),
  /** The words as typed: `text.slice(start, end)`. */
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  /** Characters that it lacks (or has too many), for the words of the reason. */
  off: z.number().int().optional(),
});
export type NearMiss = z.infer<typeof nearMissSchema>;
