import { createHash } from 'node:crypto';
import type { WechatAccount } from '../account';
import { wechatAccountSchema } from '../account';
import { createFaultQueue } from './faults';
import { createSimulatedWechat } from './simulated-wechat';

export const SIMULATED_ACCOUNT = 'simulated';

/** An account that nobody has, so that WeChat can be tried out without one. Its secrets follow from a key of ours. */
export function createSimulatedAccount(options: {
  /** Of this installation; nothing of it can be read from the secrets. */
  key: string;
  /** Where this server listens, without a path at its end. */
  ownUrl: () => string;
  clock: () => number;
}) {
  const secret = (name: string) =>
    createHash('sha256').update(options.key).update('\0wechat\0').update(name).digest('hex');
  const account: WechatAccount = wechatAccountSchema.parse({
    name: SIMULATED_ACCOUNT,
    appId: `wx${secret('app').slice(0, 16)}`,
    appSecret: secret('secret').slice(0, 32),
    token: secret('token').slice(0, 32),
    encodingAesKey: secret('aes').slice(0, 43),
    mode: 'safe',
    menu: { FAULT: '我要报修', INSTALL: '我要装宽带', PROGRESS: '查工单进度', HUMAN: '人工' },
  });
  const faults = createFaultQueue();
  const wechat = createSimulatedWechat({
    account,
    webhookUrl: () => `${options.ownUrl()}/wechat/${account.name}`,
    fetch,
    clock: options.clock,
    faults: faults.plan,
  });
  return { account, wechat, faults };
}
