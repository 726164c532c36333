import { z } from 'zod';
import {
  addedServiceSchema,
  billSchema,
  contractSchema,
  planQuoteSchema,
  planSchema,
  relocationTermsSchema,
  visitorSchema,
} from './account';
import { appointmentSchema } from './orders';

/**
 * What a line test comes to. `port-down`: the operator's own port does not answer, nothing at home is wrong;
 * `auth-failed`: the line carries a signal and the modem's account is not let in.
 */
export const lineVerdictSchema = z.enum([
  'ok',
  'low-light',
  'no-light',
  'power-off',
  'port-down',
  'auth-failed',
  'slow',
]);

/** A line that is slowed down because its allowance is used up. */
export const speedCapSchema = z.object({
  mbps: z.number(),
  /** When the full speed is back. */
  untilAt: z.number(),
});

const optionalText = z.string().nullish();

/** What dialogs may ask of the operator's systems; see `operations`. */
export const operatorOperations = {
  /** Account state of the verified customer; `customer: null` when the asker is not verified or unknown. */
  'operator.customer': {
    args: z.object({}),
    value: z.object({
      customer: z
        .object({
          name: z.string(),
          phone: z.string(),
          account: z.string(),
          address: z.string(),
          /** Id of the service area, where it is known. */
          area: z.string().nullish(),
          /** Where the line lies, as policies name it: `江苏省`. */
          province: z.string().nullish(),
          settlement: z.enum(['urban', 'rural']).nullish(),
          plan: z.string(),
          /** The product line and the level of the customer, by the operator's own names, as policies ask for them. */
          product: z.string().nullish(),
          level: z.string().nullish(),
          status: z.enum(['normal', 'arrears', 'suspended', 'fraud-stop']),
          arrearsYuan: z.number(),
          speedCap: speedCapSchema.nullish(),
        })
        .nullable(),
    }),
  },
  /** A known outage or planned maintenance where the address lies; `area` is the id of its service area, where known. */
  'operator.outage': {
    args: z.object({ address: z.string(), area: optionalText }),
    value: z.object({
      outage: z
        .object({
          id: z.string(),
          cause: z.string(),
          restoreAt: z.number(),
          /** True for maintenance that was announced: nothing is broken. */
          isPlanned: z.boolean().nullish(),
        })
        .nullable(),
    }),
  },
  /** Takes about 20 s at a real operator. Without an account the address finds the line. */
  'operator.line-test': {
    args: z.object({ account: optionalText, phone: optionalText, address: optionalText }),
    value: z.object({
      verdict: lineVerdictSchema,
      rxPowerDbm: z.number().nullable(),
      speedMbps: z.number().nullable(),
    }),
  },
  /** Free visits, earliest first: with a wish the two that suit it best, else at most three. */
  'operator.slots': {
    args: z.object({
      kind: z.enum(['repair', 'install']),
      address: z.string(),
      wishAt: z.number().nullish(),
    }),
    value: z.object({ slots: z.array(appointmentSchema) }),
  },
  /**
   * Takes a visit; error code `taken` when another customer was faster. From then on the visit has the appointment's id.
   * With `holdMinutes` it is free again after them, unless it was booked; without, it is booked at once.
   */
  'operator.reserve-slot': {
    args: z.object({ slotId: z.string(), holdMinutes: z.number().int().min(1).max(1440).nullish() }),
    value: z.object({ appointment: appointmentSchema, heldUntilAt: z.number().nullish() }),
  },
  /** Books a visit that is held; error code `taken` when the hold was over and another customer has it. */
  'operator.book-slot': {
    args: z.object({ appointmentId: z.string() }),
    value: z.object({ appointment: appointmentSchema }),
  },
  /** Exchanges a visit for a free one in one act; with the error code `taken` the old one is still held. */
  'operator.change-slot': {
    args: z.object({ appointmentId: z.string(), slotId: z.string() }),
    value: z.object({ appointment: appointmentSchema }),
  },
  /** Gives a held or booked visit back, however late; again changes nothing. False when there is no such visit. */
  'operator.release-slot': {
    args: z.object({ appointmentId: z.string() }),
    value: z.object({ isReleased: z.boolean() }),
  },
  /** Who will come for a visit; null until that is known. */
  'operator.visitor': {
    args: z.object({ appointmentId: z.string() }),
    value: z.object({ visitor: visitorSchema.nullable() }),
  },
  /** Balance and bills of the verified customer; null when the asker is not verified or unknown. */
  'operator.bill': { args: z.object({}), value: z.object({ bill: billSchema.nullable() }) },
  /** Value-added services of the verified customer; null when the asker is not verified or unknown. */
  'operator.services': {
    args: z.object({}),
    value: z.object({ services: z.array(addedServiceSchema).nullable() }),
  },
  /** Ends a value-added service of the verified customer. Error codes `not-verified`, `unknown-service`. */
  'operator.cancel-service': {
    args: z.object({ serviceId: z.string() }),
    value: z.object({
      service: addedServiceSchema,
      /** When it ends; until then it can be used. */
      endsAt: z.number(),
    }),
  },
  'operator.coverage': {
    args: z.object({ address: z.string() }),
    value: z.object({ isCovered: z.boolean(), maxMbps: z.number() }),
  },
  'operator.plans': { args: z.object({}), value: z.object({ plans: z.array(planSchema) }) },
  /** Plan and term of the verified customer; null when the asker is not verified or unknown. */
  'operator.contract': { args: z.object({}), value: z.object({ contract: contractSchema.nullable() }) },
  /** What changing to a plan would mean; null when the asker is not verified or unknown, or the plan is not on sale. */
  'operator.plan-quote': {
    args: z.object({ planId: z.string() }),
    value: z.object({ quote: planQuoteSchema.nullable() }),
  },
  /** Changes the plan of the verified customer. Error codes `not-verified`, `unknown-plan`, `refused`. */
  'operator.change-plan': {
    args: z.object({ planId: z.string() }),
    value: z.object({ plan: planSchema, effectiveAt: z.number() }),
  },
  /**
   * What moving the line of the verified customer to an address would mean; null when it cannot be moved there, or the
   * asker is not verified or unknown.
   */
  'operator.relocation': {
    args: z.object({ address: z.string() }),
    value: z.object({ terms: relocationTermsSchema.nullable() }),
  },
} as const;
