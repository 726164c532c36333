import { z } from 'zod';

/** A light of the ONT (光猫) as it is drawn. */
export const lightStateSchema = z.enum(['off', 'green', 'green-blinking', 'red', 'red-blinking']);
export type LightState = z.infer<typeof lightStateSchema>;

export const lightNames = ['power', 'pon', 'los', 'lan', 'wifi'] as const;
export type LightName = (typeof lightNames)[number];

/** The front of an ONT: how its lights are, off where nothing is said, and the one that is spoken of. */
export const lightsSchema = z.strictObject({
  power: lightStateSchema.optional(),
  pon: lightStateSchema.optional(),
  los: lightStateSchema.optional(),
  lan: lightStateSchema.optional(),
  wifi: lightStateSchema.optional(),
  point: z.enum(lightNames).optional(),
});
export type Lights = z.infer<typeof lightsSchema>;
