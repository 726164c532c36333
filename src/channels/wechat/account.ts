import { z } from 'zod';
import {
  accountNameSchema,
  wechatSecretsSchema,
  wechatSettingsSchema,
} from '../../contract/channel-accounts';

/**
 * WeChat official accounts (公众号). This folder translates, authenticates and delivers; it decides nothing of what is
 * said. The facts that it rests on are those of WeChat's protocol; what could not be verified is a setting here.
 */
export const wechatAccountSchema = z
  .strictObject({
    name: accountNameSchema,
    ...wechatSettingsSchema.shape,
    ...wechatSecretsSchema.shape,
  })
  .superRefine(({ mode, encodingAesKey }, context) => {
    if (mode !== 'plain' && !encodingAesKey)
      context.addIssue({ code: 'custom', path: ['encodingAesKey'], message: `mode ${mode} needs it` });
  });
export type WechatAccount = z.infer<typeof wechatAccountSchema>;

/** The setting WECHAT_ACCOUNTS: a JSON list. */
export const wechatAccountsSchema = z
  .array(wechatAccountSchema)
  .max(50)
  .refine(haveOwnNames, 'two accounts have the same name');

/** `<account>/<openid>`: what the turn engine knows a customer of this channel by. */
export const userIdOf = (account: string, openId: string): string => `${account}/${openId}`;

/** The account and the openid of a user id. */
export function readUserId(userId: string): { account: string; openId: string } {
  const cut = userId.indexOf('/');
  return { account: userId.slice(0, cut), openId: userId.slice(cut + 1) };
}

/** Whether no two of the accounts have the same name. */
export function haveOwnNames(accounts: readonly { name: string }[]): boolean {
  return new Set(accounts.map(({ name }) => name)).size === accounts.length;
}
