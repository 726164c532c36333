import { z } from 'zod';
import { roleSchema } from './accounts/account';
import { openIdProblems, openIdShape } from './accounts/open-id/settings';
import { appPushProblems, appPushShape } from './channels/app-push/settings';
import { botFrameworkProblems, botFrameworkShape } from './channels/bot-framework/settings';
import { wechatAccountsSchema } from './channels/wechat/account';
import { wecomAccountsSchema } from './channels/wecom/account';
import { AppError } from './errors';
import { operatorProblems, operatorShape } from './operator/http/settings';
import { appointmentProblems, appointmentsShape } from './operator/tmforum/appointment-settings';
import { ticketProblems, ticketsShape } from './operator/tmforum/settings';

/**
 * All settings, read from the environment and nowhere else. `.env.example` documents each; a test keeps the two alike.
 */
const text = z.string().trim();
const optional = text.transform((value) => (value === '' ? undefined : value)).optional();
const count = (from: number, to: number) => z.coerce.number().int().min(from).max(to);
/** Money; 0 means free, or no limit. */
const amount = z.coerce.number().min(0).max(1_000_000_000).default(0);
const secret = optional.refine(
  (value) => value === undefined || value.length >= 16,
  'at least 16 characters',
);

const addresses = (protocols: string[], what: string) =>
  optional.refine(
    (value) =>
      value === undefined ||
      value
        .split(',')
        .every((part) => URL.canParse(part.trim()) && protocols.includes(new URL(part.trim()).protocol)),
    what,
  );

/** A value in JSON; empty is an empty list. */
const jsonList = text.transform((value, context): unknown => {
  if (value === '') return [];
  try {
    return JSON.parse(value);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: text.min(1).default('127.0.0.1'),
  PORT: count(0, 65535).default(3978),
  /** The address that customers reach the server at, when it is not `http://HOST:PORT`. */
  PUBLIC_URL: optional.refine((value) => value === undefined || URL.canParse(value), 'an http(s) address'),
  DATA_DIR: text.min(1).default('data'),
  /** Holds `dialogs/` and `intents/`; empty: those that ship with this release. */
  CONTENT_DIR: optional,
  /** The server that `npm run content:push|pull|diff` works with, and the token by which it does. */
  CONTENT_URL: optional.refine((value) => value === undefined || URL.canParse(value), 'an http(s) address'),
  CONTENT_TOKEN: secret,
  /** Who has to have read a draft before it is published: nobody else, or a second person. */
  CONTENT_REVIEW: z.enum(['none', 'second-person']).default('none'),
  /** Conversations on content that has been past for longer begin anew. */
  CONTENT_OLD_VERSIONS_DAYS: count(1, 3650).default(30),
  REDIS_URL: addresses(['redis:', 'rediss:'], 'redis://host:port, or several separated by commas'),
  DATABASE_URL: addresses(['postgres:', 'postgresql:'], 'postgres://user:password@host:port/database'),
  SHARDS: count(1, 4096).default(16),
  TIME_ZONE: text
    .default('Asia/Shanghai')
    .refine((zone) => isTimeZone(zone), 'a zone of the IANA list, such as Asia/Shanghai'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  DIRECT_LINE_WEB_SECRET: secret,
  DIRECT_LINE_APP_SECRET: secret,
  TOKEN_KEY: secret,
  DATA_KEY: secret,
  WEB_ORIGINS: text
    .default('')
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine((origins) => origins.every((origin) => URL.canParse(origin)), 'addresses separated by commas'),
  USER_RATE_PER_MINUTE: count(0, 10_000).default(20),
  VISITOR_RATE_PER_MINUTE: count(1, 100_000).default(120),
  INBOX_LIMIT: count(1, 10_000).default(50),
  RECORDS_LIMIT: count(100, 10_000_000).default(100_000),
  /** In place of the targets of `dialogs/policies/`, where they are set. */
  FAULT_PROMISE_MINUTES: count(1, 100_000).optional(),
  INSTALLATION_PROMISE_MINUTES: count(1, 100_000).optional(),
  COMPLAINT_PROMISE_MINUTES: count(1, 100_000).optional(),
  QUEUE_WAIT_SECONDS: count(1, 86_400).optional(),
  ...openIdShape,
  SECOND_FACTOR_ROLES: text
    .default('')
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(roleSchema)),
  /** Proxies of ours in front of this server; 0: X-Forwarded-For means nothing. */
  TRUSTED_PROXIES: count(0, 10).default(0),
  /** A JSON list; see `.env.example`. */
  WECHAT_ACCOUNTS: jsonList.pipe(wechatAccountsSchema).default([]),
  WECHAT_REPLY_BUDGET_MS: count(0, 4800).default(4000),
  /** A JSON list; see `.env.example`. */
  WECOM_ACCOUNTS: jsonList.pipe(wecomAccountsSchema).default([]),
  ...botFrameworkShape,
  ...appPushShape,
  FORGET_AFTER_DAYS: count(1, 3650).default(7),
  UNANSWERED_KEEP_DAYS: count(1, 3650).default(90),
  CONTENT_REPLAY: count(0, 5000).default(200),
  CONTENT_WORSE_PERCENT: z.coerce.number().min(0).max(100).default(1),
  TRANSCRIBE_URL: optional.refine(
    (value) => value === undefined || URL.canParse(value),
    'an http(s) address',
  ),
  TRANSCRIBE_DIALECT: text.regex(/^[a-z-]{1,32}$/).default('mandarin'),
  LLM_BASE_URL: optional.refine(
    (value) => value === undefined || isHttp(value),
    'an http(s) address, such as https://api.example.com/v1',
  ),
  LLM_API_KEY: optional,
  LLM_MODEL: optional,
  LLM_STRUCTURE: z.enum(['json-schema', 'tools', 'json-object']).default('json-schema'),
  LLM_TURN_BUDGET_MS: count(100, 4000).default(1500),
  LLM_AGENT_BUDGET_MS: count(1000, 60_000).default(15_000),
  LLM_INPUT_PRICE: amount,
  LLM_OUTPUT_PRICE: amount,
  LLM_CONVERSATION_TOKENS: count(0, 1_000_000_000).default(40_000),
  LLM_CONVERSATION_MONEY: amount,
  LLM_DAY_TOKENS: count(0, 1_000_000_000_000).default(5_000_000),
  LLM_DAY_MONEY: amount,
  ...operatorShape,
  ...ticketsShape,
  ...appointmentsShape,
  OPERATOR_SEED: count(0, 2 ** 31 - 1).default(1),
  OPERATOR_LINE_TEST_MS: count(0, 120_000).default(2000),
});
export type Config = z.infer<typeof configSchema>;

function isHttp(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What a production server must be given and must never make up. */
const REQUIRED_IN_PRODUCTION = [
  'REDIS_URL',
  'DATABASE_URL',
  'TOKEN_KEY',
  'DATA_KEY',
  'DIRECT_LINE_WEB_SECRET',
  'DIRECT_LINE_APP_SECRET',
] as const;

/** A model is all three or none: half of them is a mistake that would go unnoticed. */
function modelProblems(config: Config): string[] {
  const names = ['LLM_BASE_URL', 'LLM_API_KEY', 'LLM_MODEL'] as const;
  const missing = names.filter((name) => config[name] === undefined);
  if (missing.length === 0)
    return config.LLM_DAY_MONEY + config.LLM_CONVERSATION_MONEY > 0 ? priceProblems(config) : [];
  if (missing.length === names.length) return [];
  return missing.map(
    (name) => `${name}: required for a language model; set all three of ${names.join(', ')}, or none`,
  );
}

/** A budget of money that nothing counts against would never end. */
function priceProblems(config: Config): string[] {
  return config.LLM_INPUT_PRICE + config.LLM_OUTPUT_PRICE > 0
    ? []
    : ['LLM_INPUT_PRICE, LLM_OUTPUT_PRICE: required for a budget of money'];
}

const looksLikeExample = (value: string): boolean =>
  /change-?me|example|development|secret-?here/i.test(value);

function productionProblems(config: Config): string[] {
  if (config.NODE_ENV !== 'production') return [];
  return REQUIRED_IN_PRODUCTION.flatMap((name) => {
    const value = config[name];
    if (value === undefined) return [`${name}: required in production`];
    const isAddress = name.endsWith('_URL');
    return !isAddress && looksLikeExample(value)
      ? [`${name}: is a development value; make one of your own`]
      : [];
  });
}

/** Throws one `bad-settings` that names every setting that is wrong. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in configSchema.shape && value !== ''),
  );
  const parsed = configSchema.safeParse(given);
  const problems = parsed.success
    ? [
        ...productionProblems(parsed.data),
        ...modelProblems(parsed.data),
        ...botFrameworkProblems(parsed.data),
        ...openIdProblems(parsed.data),
        ...appPushProblems(parsed.data),
        ...operatorProblems(parsed.data),
        ...ticketProblems(parsed.data),
        ...appointmentProblems(parsed.data),
      ]
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (!parsed.success || problems.length > 0) {
    throw new AppError('bad-settings', `Settings to mend (see .env.example):\n  ${problems.join('\n  ')}`);
  }
  return parsed.data;
}
