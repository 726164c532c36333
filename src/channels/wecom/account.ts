import { createHash } from 'node:crypto';
import { z } from 'zod';
import { allowanceSchema } from '../wechat/account';

/**
 * WeCom customer service (微信客服): people on WeChat write to accounts of a company on WeCom. What comes in is fetched
 * page by page behind a cursor, what goes out carries an id by which WeCom drops a double. Signatures, XML, media and
 * rendering are those of `wechat/`.
 */
const text = z.string().trim().min(1).max(200);
const apiBase = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:/.test(value), 'an http(s) address')
  .transform((value) => value.replace(/\/+$/, ''));

export const wecomAccountSchema = z.strictObject({
  /** In the address of the callback, `/wecom/<name>`, and in every key. */
  name: z.string().regex(/^[a-z0-9-]{1,32}$/, 'small letters, digits and hyphens, at most 32'),
  corpId: text,
  /** Of the customer-service app. */
  secret: text,
  /** Of the callback, which WeCom always encrypts. */
  token: text,
  encodingAesKey: z.string().regex(/^[A-Za-z0-9+/]{43}$/, '43 letters and digits'),
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
export type WecomAccount = z.infer<typeof wecomAccountSchema>;

/** The setting WECOM_ACCOUNTS: a JSON list. */
export const wecomAccountsSchema = z
  .array(wecomAccountSchema)
  .max(50)
  .superRefine((accounts, context) => {
    const names = accounts.map(({ name }) => name);
    if (new Set(names).size < names.length) context.addIssue('two accounts have the same name');
  });

/** A customer of one of the customer-service accounts. */
export interface KfCustomer {
  account: string;
  openKfId: string;
  externalUserId: string;
}

/** `<account>/<open_kfid>/<external_userid>`: what the turn engine knows a customer of this channel by. */
export const userIdOf = ({ account, openKfId, externalUserId }: KfCustomer): string =>
  [account, openKfId, externalUserId].join('/');

export function readUserId(userId: string): KfCustomer {
  const [account = '', openKfId = '', externalUserId = ''] = userId.split('/');
  return { account, openKfId, externalUserId };
}

export const conversationIdOf = ({ account, openKfId, externalUserId }: KfCustomer): string =>
  createHash('sha256').update(['wecom', account, openKfId, externalUserId].join('\0')).digest('hex');
