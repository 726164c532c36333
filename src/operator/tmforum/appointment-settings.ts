import { z } from 'zod';
import type { ApiName } from '../../contract/operator-api';
import { isTmforumUrl, optionalText, tokenText } from './settings';

/** The settings of the environment, as `config.ts` takes them up. */
export const appointmentsShape = {
  /** `operator`: by the calls of the operator's own API. */
  OPERATOR_APPOINTMENTS: z.enum(['operator', 'tmf646']).default('operator'),
  /** Ends before `/appointment` and `/searchTimeSlot`. */
  OPERATOR_APPOINTMENTS_URL: optionalText.refine(
    (value) => value === undefined || isTmforumUrl(value),
    'an https address that ends before /appointment and /searchTimeSlot',
  ),
  /** What we show to the calendar, as a bearer. */
  OPERATOR_APPOINTMENTS_TOKEN: tokenText,
};

const settingsSchema = z.object(appointmentsShape);
type Environment = z.infer<typeof settingsSchema>;

export interface AppointmentSettings {
  /** Without a slash at its end. */
  url: string;
  token: string;
  /** How long one attempt at a method of the port may take, all its requests together. */
  timeoutMs: (name: ApiName) => number;
}

const NEEDED = ['OPERATOR_APPOINTMENTS_URL', 'OPERATOR_APPOINTMENTS_TOKEN'] as const;

/** What keeps the server from starting with these settings. */
export function appointmentProblems(env: Environment & { NODE_ENV: string }): string[] {
  if (env.OPERATOR_APPOINTMENTS !== 'tmf646') return [];
  const { OPERATOR_APPOINTMENTS_URL: url } = env;
  const missing = NEEDED.filter((name) => env[name] === undefined);
  const isPlain = url !== undefined && env.NODE_ENV === 'production' && new URL(url).protocol !== 'https:';
  return [
    ...missing.map((name) => `${name}: required with OPERATOR_APPOINTMENTS=tmf646`),
    ...(isPlain ? ['OPERATOR_APPOINTMENTS_URL: must be https in production'] : []),
  ];
}

/** Null when visits are no appointments of such a calendar. The settings have no problems. */
export function readAppointmentSettings(
  env: Environment,
  timeoutMs: AppointmentSettings['timeoutMs'],
): AppointmentSettings | null {
  const { OPERATOR_APPOINTMENTS_URL: url, OPERATOR_APPOINTMENTS_TOKEN: token } = env;
  if (env.OPERATOR_APPOINTMENTS !== 'tmf646' || !url || !token) return null;
  return { url: url.replace(/\/+$/, ''), token, timeoutMs };
}
