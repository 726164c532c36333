import { createHash } from 'node:crypto';
import { createFaultQueue } from '../../wechat/simulator/faults';
import { type WecomAccount, wecomAccountSchema } from '../account';
import { createSimulatedWecom } from './simulated-wecom';

/** An account that nobody has, so that WeCom can be tried out without one. Its secrets follow from a key of ours. */
export function createSimulatedAccount(options: {
  /** Of this installation; nothing of it can be read from the secrets. */
  key: string;
  /** Where this server listens, without a path at its end. */
  ownUrl: () => string;
  clock: () => number;
}) {
  const secret = (name: string) =>
    createHash('sha256').update(options.key).update('\0wecom\0').update(name).digest('hex');
  const account: WecomAccount = wecomAccountSchema.parse({
    name: 'simulated',
    corpId: `ww${secret('corp').slice(0, 16)}`,
    secret: secret('secret').slice(0, 43),
    token: secret('token').slice(0, 32),
    encodingAesKey: secret('aes').slice(0, 43),
    openKfIds: ['wkSimulated'],
  });
  const faults = createFaultQueue();
  const wecom = createSimulatedWecom({
    account,
    callbackUrl: () => `${options.ownUrl()}/wecom/${account.name}`,
    fetch,
    clock: options.clock,
    faults: faults.plan,
  });
  return { account, wecom, faults };
}
