import type { Logger } from 'pino';
import { z } from 'zod';
import { readUserId, type WechatAccount } from './account';
import type { WechatApi } from './api';

const userInfoSchema = z.object({ unionid: z.string().min(1).max(200).optional() });

/**
 * Asks WeChat which person a user of an account is: `<open platform>/<unionid>`. Null for accounts of no open platform,
 * for somebody who does not follow the account, and when WeChat cannot be asked now; the next session asks again.
 * Source: 用户管理, 获取用户基本信息 (UnionID 机制).
 */
export function createFindUnion(deps: {
  accounts: ReadonlyMap<string, WechatAccount>;
  api: Pick<WechatApi, 'userInfo'>;
  log: Logger;
}): (userId: string) => Promise<string | null> {
  return async (userId) => {
    const { account: name, openId } = readUserId(userId);
    const account = deps.accounts.get(name);
    if (!account?.openPlatform) return null;
    const outcome = await deps.api.userInfo(account, openId);
    if (outcome.type !== 'ok') {
      const why = outcome.type === 'refused' ? `refused-${outcome.code}` : outcome.reason;
      deps.log.warn({ account: name, why }, 'WeChat does not say which person somebody is');
      return null;
    }
    const { unionid } = userInfoSchema.parse(outcome.value);
    return unionid ? `${account.openPlatform}/${unionid}` : null;
  };
}
