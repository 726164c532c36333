import type { Logger } from 'pino';
import { AppError } from '../../errors';
import { readUserId, type WecomAccount } from './account';
import type { WecomApi } from './api';

/** Puts a customer who waits for a human into the queue of WeCom's own servicers, where that is the setting. */
export type HandOver = (conversationId: string, userId: string) => Promise<void>;

/** States of a session: it waits in WeCom's queue; a servicer has it. */
const POOL = 2;
const SERVICER = 3;

/** Throws `unavailable` when it is not known whether WeCom did it: then it is asked again. */
export function createHandOver(deps: {
  api: Pick<WecomApi, 'serviceState' | 'changeServiceState'>;
  accounts: ReadonlyMap<string, WecomAccount>;
  /** Who answers in a conversation now. */
  readOwner: (conversationId: string) => Promise<string | null>;
  log: Logger;
}): HandOver {
  const { api, accounts, readOwner, log } = deps;
  return async (conversationId, userId) => {
    const { account: name, openKfId, externalUserId } = readUserId(userId);
    const account = accounts.get(name);
    if (account?.handoff !== 'wecom' || (await readOwner(conversationId)) !== 'queued') return;
    const session = { open_kfid: openKfId, external_userid: externalUserId };
    const asked = await api.serviceState(account, session);
    const state = asked.type === 'ok' ? asked.value.service_state : null;
    if (state === POOL || state === SERVICER) return;
    const changed = await api.changeServiceState(account, { ...session, service_state: POOL });
    if (changed.type === 'ok') return;
    if (changed.type === 'refused') {
      // Our own agents have it in their queue all the same.
      log.error({ account: name, code: changed.code }, 'WeCom does not take over a customer');
      return;
    }
    throw new AppError('unavailable', 'WeCom did not say whether it takes over the customer.');
  };
}
