import { z } from 'zod';

/**
 * WeChat official accounts (公众号). This folder translates, authenticates and delivers; it decides nothing of what is
 * said. The facts that it rests on are those of WeChat's protocol; what could not be verified is a setting here.
 */
const text = z.string().trim().min(1).max(200);
const apiBase = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:/.test(value), 'an http(s) address')
  .transform((value) => value.replace(/\/+$/, ''));

/** What a kind of contact allows: so many customer-service sends within so long. */
export const allowanceSchema = z.strictObject({
  sends: z.int().min(0).max(1000),
  windowSeconds: z.int().min(1).max(2_592_000),
});
export type Allowance = z.infer<typeof allowanceSchema>;

export const wechatAccountSchema = z.strictObject({
  /** In the address of the webhook, `/wechat/<name>`, and in every key. */
  name: z.string().regex(/^[a-z0-9-]{1,32}$/, 'small letters, digits and hyphens, at most 32'),
  appId: text,
  appSecret: text,
  token: text,
  encodingAesKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/, '43 letters and digits')
    .optional(),
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
export type WechatAccount = z.infer<typeof wechatAccountSchema>;

/** The setting WECHAT_ACCOUNTS: a JSON list. */
export const wechatAccountsSchema = z
  .array(wechatAccountSchema)
  .max(50)
  .superRefine((accounts, context) => {
    const names = accounts.map(({ name }) => name);
    if (new Set(names).size < names.length) context.addIssue('two accounts have the same name');
    for (const { name, mode, encodingAesKey } of accounts) {
      if (mode !== 'plain' && !encodingAesKey) context.addIssue(`${name}: mode ${mode} needs encodingAesKey`);
    }
  });

/** `<account>/<openid>`: what the turn engine knows a customer of this channel by. */
export const userIdOf = (account: string, openId: string): string => `${account}/${openId}`;

/** The account and the openid of a user id. */
export function readUserId(userId: string): { account: string; openId: string } {
  const cut = userId.indexOf('/');
  return { account: userId.slice(0, cut), openId: userId.slice(cut + 1) };
}
