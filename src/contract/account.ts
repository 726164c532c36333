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

/** The plan of an account and how long its customer is bound to it. */
export const contractSchema = z.object({
  plan: z.string(),
  mbps: z.number(),
  monthlyYuan: z.number(),
  /** The end of the term; null when the customer may leave at any time. */
  endsAt: z.number().nullable(),
  /** What leaving today would cost. */
  exitYuan: z.number(),
});

/** What moving a line to another address means for its customer. */
export const relocationTermsSchema = z.object({
  feeYuan: z.number(),
  /** True when the customer brings the modem along; false when the technician brings another. */
  takesModem: z.boolean(),
  /** The end of the term after the move; null for none. */
  contractEndsAt: z.number().nullable(),
});

/** What a new line on a plan binds its customer to. */
export const planTermsSchema = z.object({
  /** 0 for no term. */
  contractMonths: z.number().int().min(0),
  /** Of the fees that are left, for leaving within the term. */
  exitPercent: z.number().min(0).max(100),
  installYuan: z.number().min(0),
  /** True when the modem is lent and goes back in the end; false when it is the customer's. */
  isModemLent: z.boolean(),
});

export const planSchema = z.object({
  id: z.string(),
  name: z.string(),
  mbps: z.number(),
  monthlyYuan: z.number(),
  /** Absent where only the written agreement says it. */
  terms: planTermsSchema.optional(),
});

/** What changing to a plan means for a customer, before anything is changed. */
export const planQuoteSchema = z.object({
  plan: planSchema,
  effectiveAt: z.number(),
  /** The term that begins with it; 0 for none. */
  contractMonths: z.number(),
  /** Why it cannot be had now; null when it can. */
  refusal: z.enum(['in-contract', 'arrears', 'same-plan']).nullable(),
});
