import { z } from 'zod';

/**
 * The Bot Framework channel: Microsoft's Bot Connector and what is behind it (Teams, Web Chat, Telegram, Slack …), in
 * the public cloud or a sovereign one. This folder translates, authenticates and delivers; it decides nothing of what
 * is said. Only `authenticate.ts` knows the `botbuilder` package, and loads it when the channel is on.
 */
const text = z.string().trim();
const optional = text.transform((value) => (value === '' ? undefined : value)).optional();

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Keys and passwords travel to it: https, or this machine. */
const secure = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
};
const address = (fallback: string) => text.default(fallback).refine(secure, 'an https address');

const HOST = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/i;

/** The settings of the environment, as `config.ts` takes them up. */
export const botFrameworkShape = {
  /** Without it the channel is on when an app id, password or certificate is set. */
  BOT_CHANNEL: z.enum(['on', 'off']).optional(),
  BOT_APP_ID: optional,
  BOT_APP_PASSWORD: optional,
  /** A PEM file with a private key and its certificate, in place of the password. */
  BOT_CERTIFICATE_FILE: optional,
  BOT_APP_TYPE: z.enum(['MultiTenant', 'SingleTenant']).default('MultiTenant'),
  BOT_TENANT_ID: optional,
  BOT_OPENID_METADATA: address('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  BOT_TOKEN_ISSUER: text.min(1).max(500).default('https://api.botframework.com'),
  BOT_OAUTH_URL: optional.refine((value) => value === undefined || secure(value), 'an https address'),
  BOT_OAUTH_SCOPE: text.min(1).max(500).default('https://api.botframework.com/.default'),
  BOT_SERVICE_HOSTS: text
    .default('botframework.com, smba.trafficmanager.net')
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine((hosts) => hosts.every((host) => HOST.test(host)), 'hosts separated by commas'),
  BOT_HANDOFF: z.enum(['desk', 'channel']).default('desk'),
};

const settingsSchema = z.object(botFrameworkShape);
type Environment = z.infer<typeof settingsSchema> & { NODE_ENV: string; HOST: string; PUBLIC_URL?: string };

export interface BotSettings {
  /** Null only in development on loopback: nobody is authenticated, and no token is sent. */
  appId: string | null;
  credential: { type: 'password'; password: string } | { type: 'certificate'; file: string } | null;
  /** Where bots get their tokens, and for what. */
  oauthUrl: string;
  oauthScope: string;
  /** Where the keys of the channel's tokens are named, and who issues these. */
  openIdMetadata: string;
  tokenIssuer: string;
  /** Replies carry our token: they go to these hosts and those below them, and nowhere else. */
  serviceHosts: string[];
  /** Whether a service of this machine is trusted, also without https. */
  allowsLoopback: boolean;
  /** Who serves those who want a human: our agents, or the channel's own desk. */
  handoff: 'desk' | 'channel';
}

const isOn = ({ BOT_CHANNEL, BOT_APP_ID, BOT_APP_PASSWORD, BOT_CERTIFICATE_FILE }: Environment): boolean =>
  BOT_CHANNEL === undefined
    ? [BOT_APP_ID, BOT_APP_PASSWORD, BOT_CERTIFICATE_FILE].some((value) => value !== undefined)
    : BOT_CHANNEL === 'on';

/** Only a developer at this machine may go without authentication. */
function isPrivate({ NODE_ENV, HOST, PUBLIC_URL }: Environment): boolean {
  const isLocal = isLoopback(HOST) && (PUBLIC_URL === undefined || isLoopback(new URL(PUBLIC_URL).hostname));
  return NODE_ENV !== 'production' && isLocal;
}

/** What keeps the server from starting with these settings; empty when the channel is off. */
export function botFrameworkProblems(env: Environment): string[] {
  if (!isOn(env)) return [];
  const { BOT_APP_ID, BOT_APP_PASSWORD, BOT_CERTIFICATE_FILE, BOT_APP_TYPE, BOT_TENANT_ID } = env;
  if (BOT_APP_ID === undefined) {
    if (isPrivate(env)) return [];
    return ['BOT_APP_ID: required with the Bot Framework channel on; a blank one would let anybody in'];
  }
  const credentials = [BOT_APP_PASSWORD, BOT_CERTIFICATE_FILE].filter((value) => value !== undefined);
  return [
    ...(credentials.length === 1 ? [] : ['BOT_APP_PASSWORD, BOT_CERTIFICATE_FILE: set one of the two']),
    ...(BOT_APP_TYPE === 'SingleTenant' && BOT_TENANT_ID === undefined
      ? ['BOT_TENANT_ID: required for a SingleTenant app']
      : []),
  ];
}

/** The tenant of Microsoft's that apps of all tenants get their tokens from. */
const SHARED_TENANT = 'botframework.com';

/** Null when the channel is off. The settings have no problems. */
export function readBotSettings(env: Environment): BotSettings | null {
  if (!isOn(env)) return null;
  const { BOT_APP_PASSWORD: password, BOT_CERTIFICATE_FILE: file } = env;
  const tenant = env.BOT_APP_TYPE === 'SingleTenant' ? env.BOT_TENANT_ID : SHARED_TENANT;
  const certificate = file === undefined ? null : { type: 'certificate' as const, file };
  return {
    appId: env.BOT_APP_ID ?? null,
    credential: password === undefined ? certificate : { type: 'password', password },
    oauthUrl: (env.BOT_OAUTH_URL ?? `https://login.microsoftonline.com/${tenant}`).replace(/\/+$/, ''),
    oauthScope: env.BOT_OAUTH_SCOPE,
    openIdMetadata: env.BOT_OPENID_METADATA,
    tokenIssuer: env.BOT_TOKEN_ISSUER,
    serviceHosts: env.BOT_SERVICE_HOSTS,
    allowsLoopback: env.NODE_ENV !== 'production',
    handoff: env.BOT_HANDOFF,
  };
}
