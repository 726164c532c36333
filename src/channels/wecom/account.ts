import { createHash } from 'node:crypto';
import { z } from 'zod';
import { accountNameSchema, wecomSecretsSchema, wecomSettingsSchema } from '../../contract/channel-accounts';
import { haveOwnNames } from '../wechat/account';

/**
 * WeCom customer service (微信客服): people on WeChat write to accounts of a company on WeCom. What comes in is fetched
 * page by page behind a cursor, what goes out carries an id by which WeCom drops a double. Signatures, XML, media and
 * rendering are those of `wechat/`.
 */
export const wecomAccountSchema = z.strictObject({
  name: accountNameSchema,
  ...wecomSettingsSchema.shape,
  ...wecomSecretsSchema.shape,
});
export type WecomAccount = z.infer<typeof wecomAccountSchema>;

/** The setting WECOM_ACCOUNTS: a JSON list. */
export const wecomAccountsSchema = z
  .array(wecomAccountSchema)
  .max(50)
  .refine(haveOwnNames, 'two accounts have the same name');

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
