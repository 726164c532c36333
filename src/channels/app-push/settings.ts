import { z } from 'zod';
import type { Locale } from '../../contract/activity';
import { type QuietHours, readQuietHours } from './plan/quiet-hours';

/**
 * App push: a customer of the operator's app who is not connected gets a signed push through the operator's own
 * server. A turn's replies are owed a push by the turn's commit; what is owed, what was read and what was sent stand in
 * one record a conversation, and everything else here follows from that record: `plan/` decides (pure), `wire/` sends.
 */
const text = z.string().trim();
const optional = text.transform((value) => (value === '' ? undefined : value)).optional();
const secret = optional.refine(
  (value) => value === undefined || value.length >= 16,
  'at least 16 characters',
);
const count = (from: number, to: number) => z.coerce.number().int().min(from).max(to);

const isHttp = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).username === '';

/** The settings of the environment, as `config.ts` takes them up. */
export const appPushShape = {
  /** Without it nothing is pushed. */
  APP_PUSH_URL: optional.refine((value) => value === undefined || isHttp(value), 'an https address'),
  APP_PUSH_SECRET: secret,
  /** The secret before, while both are good. */
  APP_PUSH_SECRET_BEFORE: secret,
  /** Without it: allow outside of production. */
  APP_PUSH_PRIVATE_ADDRESSES: z.enum(['allow', 'refuse']).optional(),
  APP_PUSH_TEXT: z.enum(['short', 'none']).default('short'),
  APP_PUSH_TITLE_ZH: text.min(1).max(60).default('在线客服'),
  APP_PUSH_TITLE_EN: text.min(1).max(60).default('Customer service'),
  APP_PUSH_WAIT_MS: count(0, 600_000).default(5000),
  APP_PUSH_TIMEOUT_MS: count(100, 30_000).default(5000),
  APP_PUSH_MAX_AGE_MINUTES: count(1, 10_080).default(1440),
  APP_PUSH_QUIET_HOURS: text
    .default('21:00-08:00')
    .refine((value) => readQuietHours(value) !== undefined, '21:00-08:00, or off'),
  APP_PUSH_ANSWER_MINUTES: count(0, 1440).default(10),
};

const settingsSchema = z.object(appPushShape);
type Environment = z.infer<typeof settingsSchema> & { NODE_ENV: string; TIME_ZONE: string };

export interface AppPushSettings {
  url: string;
  /** The first signs, and so does the one before, while there is one. */
  secrets: string[];
  allowsPrivate: boolean;
  hasText: boolean;
  titles: Record<Locale, string>;
  /** How long a reply may stay unread before it is pushed. */
  waitMs: number;
  timeoutMs: number;
  /** A push that was not accepted for so long is given up. */
  maxAgeMs: number;
  /** Null when there are none. */
  quietHours: QuietHours | null;
  /** So long after the customer's last message, answers are what the customer waits for. */
  answerMs: number;
  timeZone: string;
}

/** What keeps the server from starting with these settings. */
export function appPushProblems(env: Environment): string[] {
  const { APP_PUSH_URL: url, APP_PUSH_SECRET: own, NODE_ENV } = env;
  if (url === undefined) return [];
  const isPlain = NODE_ENV === 'production' && new URL(url).protocol !== 'https:';
  return [
    ...(own === undefined ? ['APP_PUSH_SECRET: required with APP_PUSH_URL; every push is signed'] : []),
    ...(isPlain ? ['APP_PUSH_URL: must be https in production'] : []),
  ];
}

/** Null when nothing is pushed. The settings have no problems. */
export function readAppPushSettings(env: Environment): AppPushSettings | null {
  const { APP_PUSH_URL: url, APP_PUSH_SECRET: own, APP_PUSH_SECRET_BEFORE: before } = env;
  if (url === undefined || own === undefined) return null;
  const addresses = env.APP_PUSH_PRIVATE_ADDRESSES ?? (env.NODE_ENV === 'production' ? 'refuse' : 'allow');
  return {
    url,
    secrets: before === undefined ? [own] : [own, before],
    allowsPrivate: addresses === 'allow',
    hasText: env.APP_PUSH_TEXT === 'short',
    titles: { zh: env.APP_PUSH_TITLE_ZH, en: env.APP_PUSH_TITLE_EN },
    waitMs: env.APP_PUSH_WAIT_MS,
    timeoutMs: env.APP_PUSH_TIMEOUT_MS,
    maxAgeMs: env.APP_PUSH_MAX_AGE_MINUTES * 60_000,
    quietHours: readQuietHours(env.APP_PUSH_QUIET_HOURS) ?? null,
    answerMs: env.APP_PUSH_ANSWER_MINUTES * 60_000,
    timeZone: env.TIME_ZONE,
  };
}
