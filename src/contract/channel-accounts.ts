import { z } from 'zod';

/**
 * Accounts of channels that many can have: WeChat official accounts (公众号) and WeCom customer service (微信客服). Their
 * settings are open; their secrets are written and never read back.
 */
const text = z.string().trim().min(1).max(200);
const apiBase = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:/.test(value), 'an http(s) address')
  .transform((value) => value.replace(/\/+$/, ''));
const encodingAesKey = z.string().regex(/^[A-Za-z0-9+/]{43}$/, '43 letters and digits');

export const vendorSchema = z.enum(['wechat', 'wecom']);
export type Vendor = z.infer<typeof vendorSchema>;

/** In the address that the vendor calls, `/<vendor>/<name>`, and in every key. */
export const accountNameSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'small letters, digits and hyphens, at most 32');

/** What a kind of contact allows: so many customer-service sends within so long. */
export const allowanceSchema = z.strictObject({
  sends: z.int().min(0).max(1000),
  windowSeconds: z.int().min(1).max(2_592_000),
});
export type Allowance = z.infer<typeof allowanceSchema>;

export const wechatSettingsSchema = z.strictObject({
  appId: text,
  /** `safe` encrypts both ways; `compatible` brings plain text and ciphertext together. */
  mode: z.enum(['plain', 'compatible', 'safe']).default('safe'),
  /**
   * Name of the open platform (开放平台) that the account is bound to; accounts of one name see the same unionid for the
   * same person. Without it nobody is asked for.
   */
  openPlatform: text.optional(),
  apiBase: apiBase.default('https://api.weixin.qq.com'),
  /** After a message of the customer. */
  message: allowanceSchema.default({ sends: 5, windowSeconds: 172_800 }),
  /** After a menu click, a follow or a scan. */
  event: allowanceSchema.default({ sends: 3, windowSeconds: 60 }),
  /** Subscription and test accounts cannot show choices to tap: they get numbered text. */
  canShowMenu: z.boolean().default(true),
  /** For what cannot reach the customer otherwise: a template that the account owns, and its field for the words. */
  template: z
    .strictObject({ id: text, field: text, limit: z.int().min(5).max(1000).default(200) })
    .optional(),
  /** Words that a key of the account's menu stands for; a key that is not here is taken as the words. */
  menu: z.record(z.string().max(200), z.string().max(200)).default({}),
  /** Who serves those who want a human: our agents, or WeChat's own customer-service client. */
  handoff: z.enum(['desk', 'wechat']).default('desk'),
});
export type WechatSettings = z.infer<typeof wechatSettingsSchema>;

export const wechatSecretsSchema = z.strictObject({
  appSecret: text,
  token: text,
  encodingAesKey: encodingAesKey.optional(),
});

export const wecomSettingsSchema = z.strictObject({
  corpId: text,
  /** The customer-service accounts that are served here; what is written to others is left alone. */
  openKfIds: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, _ and -'))
    .min(1)
    .max(50),
  apiBase: apiBase.default('https://qyapi.weixin.qq.com'),
  /** After a message of the customer. */
  message: allowanceSchema.default({ sends: 5, windowSeconds: 172_800 }),
  /** After the customer has opened the chat, when WeCom gives a code for a welcome. */
  welcome: allowanceSchema.default({ sends: 1, windowSeconds: 20 }),
  canShowMenu: z.boolean().default(true),
  /** Who serves those who want a human: our agents, or those of WeCom's own client. */
  handoff: z.enum(['desk', 'wecom']).default('desk'),
  /** Whether a message with an id that was sent before is dropped; without it a double is what it is on WeChat. */
  dropsDoubles: z.boolean().default(true),
  /** Codes by which WeCom refuses a message because it has it already. */
  doubleCodes: z.array(z.int()).max(20).default([]),
  /** How often messages are looked for when no callback told of any. */
  pollSeconds: z.int().min(1).max(3600).default(60),
});
export type WecomSettings = z.infer<typeof wecomSettingsSchema>;

export const wecomSecretsSchema = z.strictObject({
  /** Of the customer-service app. */
  secret: text,
  /** Of the callback, which WeCom always encrypts. */
  token: text,
  encodingAesKey,
});

/** What a vendor's accounts are made of. */
export const ACCOUNT_PARTS = {
  wechat: { settings: wechatSettingsSchema, secrets: wechatSecretsSchema },
  wecom: { settings: wecomSettingsSchema, secrets: wecomSecretsSchema },
} as const;

/** A change to an account, or a new one. Secrets that are not named stay as they are. */
export const accountChangeSchema = z.strictObject({
  /** The one that was read; null for a new account. */
  revision: z.int().min(1).nullable(),
  isOn: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string().max(40), z.string().max(200)).default({}),
});

/** An account as admins see it. */
export type ChannelAccount = {
  name: string;
  /** Where it is set: `server` for the environment of the server, which no page changes. */
  setIn: 'server' | 'page';
  isOn: boolean;
  /** The address that the vendor is to call. */
  callback: string;
  /** Of the change that it was last set by; null for one that is set in the environment. */
  revision: number | null;
  changedAt: number | null;
  /** The name of who changed it. */
  changedBy: string | null;
  /**
   * Why it serves nobody although it is on: its secrets cannot be opened (another DATA_KEY), its settings do not fit
   * this release, or the environment has one of its name.
   */
  fault: 'sealed' | 'unfit' | 'hidden' | null;
  /** Which secrets are there. */
  secrets: Record<string, boolean>;
} & (
  | { vendor: 'wechat'; settings: WechatSettings | null }
  | { vendor: 'wecom'; settings: WecomSettings | null }
);

export interface ChannelAccounts {
  accounts: ChannelAccount[];
  /** Channels of which there is one, set in the environment. */
  others: { channel: 'web' | 'app' | 'bot-framework' | 'app-push'; isOn: boolean; address: string | null }[];
}

/** What came of asking the vendor for a token with the secrets of an account. */
export type AccountTrial =
  | { type: 'ok' }
  | { type: 'refused'; code: number }
  | { type: 'unreachable'; reason: string };
