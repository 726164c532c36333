import type { Activity } from 'botbuilder';
import { AppError, messageOf } from '../../errors';
import type { BotSettings } from './settings';

/** What of an activity the token of its request is held against. */
export interface Claimed {
  channelId: string;
  serviceUrl: string;
}

/**
 * Checks the `Authorization` header of a request against its activity. Throws `unauthenticated`, and `unavailable`
 * when the keys cannot be had: then the channel tries again.
 */
export type Authenticate = (header: string, claimed: Claimed) => Promise<void>;

/** A request waits no longer for the keys of the channel. */
const KEYS_MS = 10_000;
/** An on-premises channel, which botbuilder checks neither the service nor the issuer of as it does for the others. */
const UNCHECKED_CHANNEL = 'asechannel';

const refused = (cause: unknown) =>
  new AppError('unauthenticated', 'The token is not one that this bot takes: nothing was kept.', { cause });

/**
 * Authentication by botbuilder: signature by a key that the channel publishes, issuer, audience, times, endorsement of
 * the key for the channel, and the service of the activity. Tokens of the Emulator and of other bots (skills) are not
 * taken: they are not bound to a service.
 */
export async function createAuthenticate(settings: BotSettings): Promise<Authenticate> {
  const { appId, tokenIssuer } = settings;
  if (appId === null) return async () => undefined;
  const { ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppType: 'MultiTenant',
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: settings.oauthUrl,
      ToChannelFromBotOAuthScope: settings.oauthScope,
      ToBotFromChannelTokenIssuer: tokenIssuer,
      OAuthUrl: settings.oauthUrl,
      ToBotFromChannelOpenIdMetadataUrl: settings.openIdMetadata,
      // Those tokens are refused in any case; no other server is asked for their keys.
      ToBotFromEmulatorOpenIdMetadataUrl: settings.openIdMetadata,
    },
    undefined,
    {
      requiredEndorsements: [],
      validateClaims: async (claims) => checkClaims(claims, tokenIssuer),
    },
  );
  return async (header, { channelId, serviceUrl }) => {
    // Without a service botbuilder would not compare it.
    if (channelId.toLowerCase() === UNCHECKED_CHANNEL || serviceUrl === '') throw refused('not checked');
    // These two are all that it reads of an activity.
    const activity = { channelId, serviceUrl } as Activity;
    const checked = authentication.authenticateRequest(activity, header);
    await withDeadline(checked).catch((error: unknown) => {
      throw isOutage(error) ? unavailable(error) : refused(error);
    });
  };
}

function checkClaims(claims: { type: string; value: string }[], issuer: string): void {
  const claim = (name: string): unknown => claims.find(({ type }) => type === name)?.value;
  if (claim('iss') !== issuer) throw new Error('Only tokens of the channel are taken.');
  if (typeof claim('exp') !== 'number') throw new Error('A token without an end is not taken.');
}

/** botbuilder could not read the keys; it marks that with a status, and its HTTP client with a name. */
function isOutage(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'unavailable';
  const { name, statusCode } = { name: '', statusCode: 0, ...(error instanceof Error ? error : {}) };
  return (
    statusCode >= 500 || (error instanceof Error && /^(?:FetchError|AbortError)$/.test(name || error.name))
  );
}

const unavailable = (cause: unknown) =>
  new AppError(
    'unavailable',
    'The keys of the channel cannot be read now, so nothing was kept. Please send it again.',
    { cause: messageOf(cause), retryAfterSeconds: 5 },
  );

function withDeadline<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unavailable('no answer in time')), KEYS_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
