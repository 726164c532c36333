import { z } from 'zod';

const text = z.string().trim();
const optional = text.transform((value) => (value === '' ? undefined : value)).optional();

/** Settings of the house's own sign-in, as part of the environment; see `.env.example`. */
export const openIdShape = {
  OIDC_ISSUER: optional.refine(
    (value) => value === undefined || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)),
    'the https address of the provider, as its discovery document names it',
  ),
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  /** The claim that holds the login of the account here. */
  OIDC_LOGIN_CLAIM: text.regex(/^\w{1,64}$/).default('preferred_username'),
  OIDC_SCOPE: text
    .regex(/\bopenid\b/, 'words separated by blanks, openid among them')
    .default('openid profile'),
};

type OpenIdConfig = z.infer<z.ZodObject<typeof openIdShape>>;

/** Both or none; and outside of this machine a provider is reached by https. */
export function openIdProblems(config: OpenIdConfig): string[] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client } = config;
  if ((issuer === undefined) !== (client === undefined))
    return ['OIDC_ISSUER, OIDC_CLIENT_ID: required both for signing in by OpenID Connect, or neither'];
  if (issuer === undefined) return [];
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1'
    ? []
    : ['OIDC_ISSUER: must be an https address'];
}

export interface OpenIdSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  loginClaim: string;
  scope: string;
}

/** Null when the house has no sign-in of its own. */
export const openIdSettings = (config: OpenIdConfig): OpenIdSettings | null =>
  config.OIDC_ISSUER === undefined || config.OIDC_CLIENT_ID === undefined
    ? null
    : {
        issuer: config.OIDC_ISSUER,
        clientId: config.OIDC_CLIENT_ID,
        clientSecret: config.OIDC_CLIENT_SECRET,
        loginClaim: config.OIDC_LOGIN_CLAIM,
        scope: config.OIDC_SCOPE,
      };
