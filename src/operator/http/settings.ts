import { z } from 'zod';
import { type ApiName, apiNames, operatorApi } from '../../contract/operator-api';

/**
 * The adapter to a real operator: each method of the port is a signed POST below `OPERATOR_URL`. `call.ts` makes one
 * call, `try-calls.ts` has the retries and the circuit breaker, `sign-call.ts` says what a signature covers, `serve-operator.ts` is
 * the other side, which exposes any operator by the same calls.
 */
const text = z.string().trim();
const optional = text.transform((value) => (value === '' ? undefined : value)).optional();
const secret = optional.refine(
  (value) => value === undefined || value.length >= 16,
  'at least 16 characters',
);
const timeouts = z.partialRecord(
  z.enum(apiNames as [ApiName, ...ApiName[]]),
  z.number().int().min(100).max(300_000),
);

/** JSON by name of call; empty is none. */
const timeoutsText = text.default('').transform((value, context): z.infer<typeof timeouts> => {
  if (value === '') return {};
  try {
    return timeouts.parse(JSON.parse(value));
  } catch {
    context.addIssue(`JSON with milliseconds (100 to 300000) by call: ${apiNames.join(', ')}`);
    return z.NEVER;
  }
});

const isHttp = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username + search + hash === '';
};

/** The settings of the environment, as `config.ts` takes them up. */
export const operatorShape = {
  /** Without it the operator is simulated. */
  OPERATOR_URL: optional.refine((value) => value === undefined || isHttp(value), 'an https address'),
  OPERATOR_SECRET: secret,
  /** The secret before, while both are good. */
  OPERATOR_SECRET_BEFORE: secret,
  OPERATOR_TIMEOUTS: timeoutsText,
};

const settingsSchema = z.object(operatorShape);
type Environment = z.infer<typeof settingsSchema> & { NODE_ENV: string };

export interface OperatorSettings {
  /** Without a slash at its end. */
  url: string;
  /** The first signs, and so does the one before, while there is one. */
  secrets: string[];
  timeoutMs: (name: ApiName) => number;
}

/** What keeps the server from starting with these settings. */
export function operatorProblems(env: Environment): string[] {
  const { OPERATOR_URL: url, OPERATOR_SECRET: own, NODE_ENV } = env;
  if (url === undefined) return [];
  const isPlain = NODE_ENV === 'production' && new URL(url).protocol !== 'https:';
  return [
    ...(own === undefined ? ['OPERATOR_SECRET: required with OPERATOR_URL; every call is signed'] : []),
    ...(isPlain ? ['OPERATOR_URL: must be https in production'] : []),
  ];
}

/** How long one attempt at a call may take, in ms. */
export const readTimeouts =
  ({ OPERATOR_TIMEOUTS }: Pick<Environment, 'OPERATOR_TIMEOUTS'>) =>
  (name: ApiName): number =>
    OPERATOR_TIMEOUTS[name] ?? operatorApi[name].timeoutMs;

/** Null when the operator is simulated. The settings have no problems. */
export function readOperatorSettings(env: z.infer<typeof settingsSchema>): OperatorSettings | null {
  const { OPERATOR_URL: url, OPERATOR_SECRET: own, OPERATOR_SECRET_BEFORE: before } = env;
  if (url === undefined || own === undefined) return null;
  return {
    url: url.replace(/\/+$/, ''),
    secrets: before === undefined ? [own] : [own, before],
    timeoutMs: readTimeouts(env),
  };
}
