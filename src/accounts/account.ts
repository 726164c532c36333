import { z } from 'zod';
import { placeCellSchema } from '../dialogs/tables/cell-schemas';

/**
 * Who works here. An account signs in with an e-mail address or a staff number; its role decides what it may do.
 * Times are milliseconds since 1970 UTC. Passwords, links and sign-ins are kept as hashes only.
 */
export const roleSchema = z.enum(['agent', 'supervisor', 'admin', 'auditor']);
export type Role = z.infer<typeof roleSchema>;

/** One spelling for each login, whatever the keyboard: full-width and upper-case letters are the same. */
export const foldLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase();

export const loginSchema = z
  .string()
  .max(200)
  .transform(foldLogin)
  .pipe(
    z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._+-]{1,63}(@[a-z0-9-]+(\.[a-z0-9-]+)+)?$/,
        '请填邮箱，或由字母和数字组成的工号: an e-mail address, or a staff number of letters and digits',
      )
      .max(100),
  );

const nameSchema = z.string().trim().min(1).max(80);

/** Where somebody works: the name of a site, or of a team there. */
const placeSchema = z.string().trim().min(1).max(40).nullable();

/** The provinces and cities whose content somebody may change, by their full names; none: everywhere. */
export const placesSchema = z
  .array(placeCellSchema)
  .max(100)
  .transform((places) => [...new Set(places)]);

export const newAccountSchema = z.strictObject({
  login: loginSchema,
  name: nameSchema,
  role: roleSchema,
  site: placeSchema.optional(),
  team: placeSchema.optional(),
  places: placesSchema.optional(),
});
export type NewAccount = z.infer<typeof newAccountSchema>;

/** What an admin may change; what is left out stays. */
export const accountChangeSchema = z
  .strictObject({
    name: nameSchema,
    role: roleSchema,
    isDisabled: z.boolean(),
    site: placeSchema,
    team: placeSchema,
    places: placesSchema,
  })
  .partial();
export type AccountChange = z.infer<typeof accountChangeSchema>;

export const accountSchema = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role: roleSchema,
  site: z.string().nullable(),
  team: z.string().nullable(),
  /** Where it may change content; everywhere when empty. */
  places: z.array(z.string()),
  disabledAt: z.coerce.number().nullable(),
  /** False until the holder has set a password by a link. */
  hasPassword: z.boolean(),
  /** True when a code of an authenticator app is asked for beside the password. */
  hasSecondFactor: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

/** What the page behind a one-time link sends; login and name are needed for the first admin only. */
export const setupSchema = z.strictObject({
  token: z.string().min(1).max(200),
  login: loginSchema.optional(),
  name: nameSchema.optional(),
  password: z.string().max(200),
});
export type Setup = z.infer<typeof setupSchema>;
