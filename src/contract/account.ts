import { z } from 'zod';

/** What an operator knows of an account beyond its state. Money is in yuan, times are milliseconds since 1970 UTC. */
export const billLineSchema = z.object({
  type: z.enum(['plan', 'value-added', 'call', 'discount']),
  name: z.string(),
  /** Negative for a discount. */
  yuan: z.number(),
});

export const billMonthSchema = z.object({
  /** As `2026-11`, on the operator's calendar. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** True for the month that still runs: its sum may grow. */
  isOpen: z.boolean(),
  /** The sum of the lines. */
  totalYuan: z.number(),
  lines: z.array(billLineSchema),
});

export const billSchema = z.object({
  /** Paid in advance and not used up. */
  balanceYuan: z.number(),
  arrearsYuan: z.number(),
  /** Until when the arrears must be paid; null when nothing is owed. */
  dueAt: z.number().nullable(),
  /** This month and the last three, newest first; fewer for a young account. */
  months: z.array(billMonthSchema).max(4),
});

/** A value-added service that the account has. */
export const addedServiceSchema = z.object({ id: z.string(), name: z.string(), monthlyYuan: z.number() });

/** Who comes for a visit. The number is a privacy number: it leads to them and shows neither side's own. */
export const visitorSchema = z.object({ name: z.string(), phone: z.string() });
