import { z } from 'zod';
import { retentionReasonSchema } from '../contract/operations';
import type { Zone } from '../zone';

/**
 * What may be offered to customers who want to leave, `dialogs/policies/retention.yaml`. Nothing else is offered; without
 * the file nothing is. Dates are days on the operator's calendar.
 */
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens');
const conditions = {
  id,
  /** First and last day on which it may be spoken of. */
  from: z.iso.date(),
  until: z.iso.date(),
  /** Why the customer wants to leave. */
  reasons: z.array(retentionReasonSchema).min(1),
  /** Names of the plans in use that it is for; all when it is left out. */
  plans: z.array(z.string().min(1)).min(1).optional(),
};

export const offerSchema = z
  .discriminatedUnion('type', [
    /** A plan on sale that costs less than the one in use and that the contract allows; else it is not offered. */
    z.strictObject({ ...conditions, type: z.literal('plan'), planId: z.string().min(1).max(200) }),
    /** Something that a colleague grants: its words, as the customer reads them. */
    z.strictObject({
      ...conditions,
      type: z.literal('grant'),
      text: z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(150) }),
    }),
  ])
  .refine(({ from, until }) => from <= until, { message: 'ends before it begins', path: ['until'] });
export type RetentionOffer = z.infer<typeof offerSchema>;

export const retentionFileSchema = z.strictObject({ offers: z.array(offerSchema).max(100) });

const momentOf = (date: string, zone: Zone): number => zone.momentOf(Date.parse(`${date}T00:00:00Z`));
const DAY_MS = 24 * 3600_000;

/** The moment after which an offer may not be spoken of. */
export const endOf = ({ until }: Pick<RetentionOffer, 'until'>, zone: Zone): number =>
  zone.momentOf(Date.parse(`${until}T00:00:00Z`) + DAY_MS);

/** Offers that hold for a customer at a moment, in the order of the file. `plan` is the one in use. */
export const offersFor = (
  offers: readonly RetentionOffer[],
  { reason, plan, at }: { reason: string; plan: string; at: number },
  zone: Zone,
): RetentionOffer[] =>
  offers.filter(
    (offer) =>
      momentOf(offer.from, zone) <= at &&
      at < endOf(offer, zone) &&
      offer.reasons.some((each) => each === reason) &&
      (offer.plans === undefined || offer.plans.includes(plan)),
  );
