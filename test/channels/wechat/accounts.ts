import { type WechatAccount, wechatAccountSchema } from '../../../src/channels/wechat/account';

export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

/** An account as a setting would give it. */
export const testAccount = (changes: Record<string, unknown> = {}): WechatAccount =>
  wechatAccountSchema.parse({
    name: 'service',
    appId: 'wx1234567890abcdef',
    appSecret: 'secret-of-the-account',
    token: 'token-of-the-account',
    encodingAesKey: AES_KEY,
    mode: 'safe',
    ...changes,
  });
