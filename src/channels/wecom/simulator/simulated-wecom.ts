import { randomBytes } from 'node:crypto';
import { type Codec, ownCodec } from '../../wechat/simulator/caller';
import { createCustomers } from '../../wechat/simulator/customers';
import type { FaultPlan } from '../../wechat/simulator/faults';
import { writeXml } from '../../wechat/xml';
import type { WecomAccount } from '../account';
import { type Action, contentOf, wordsOf } from './kf-entries';
import { createServerApi } from './server-api';

/**
 * WeCom's side of customer service for one account: it calls back when there is something to fetch, and answers the
 * calls of the channel with the real error codes. For development and tests; it keeps everything in memory.
 */
export function createSimulatedWecom(deps: {
  account: WecomAccount;
  codec?: Codec;
  callbackUrl: () => string;
  fetch: typeof fetch;
  clock: () => number;
  faults: FaultPlan;
  syncFaults?: FaultPlan;
  doubles?: 'drop' | number;
  canShowMenu?: boolean;
}) {
  const { account, callbackUrl, fetch, clock, syncFaults = () => null, doubles = 'drop' } = deps;
  const codec = deps.codec ?? ownCodec({ encodingAesKey: account.encodingAesKey, receiveId: account.corpId });
  const customers = createCustomers({
    allowances: { message: account.message, event: { sends: 0, windowSeconds: 1 } },
    clock,
  });
  const api = createServerApi({
    ...deps,
    customers,
    syncFaults,
    doubles,
    canShowMenu: deps.canShowMenu ?? true,
  });
  const [kfId = ''] = account.openKfIds;
  const welcomed = new Set<string>();
  let serial = 0;

  const head = (origin: number) => {
    serial += 1;
    return { msgid: `msg-${clock()}-${serial}`, send_time: Math.floor(clock() / 1000), origin };
  };

  function putEvent(user: string, event: Record<string, unknown>): void {
    const who = { open_kfid: kfId, external_userid: user };
    api.put({ ...head(4), msgtype: 'event', event: { ...event, ...who } });
  }

  /** Something for the next fetch, without a callback. */
  function put(user: string, action: Action): void {
    switch (action.type) {
      case 'enter': {
        const code = welcomed.has(user) ? {} : { welcome_code: api.giveCode(user) };
        welcomed.add(user);
        return putEvent(user, { event_type: 'enter_session', scene: action.scene, ...code });
      }
      case 'servicer':
        return putStep(user, action);
      default: {
        welcomed.add(user);
        customers.grant(user, 'message');
        if (api.stateOf(user) === 4) api.setState(user, 0);
        const content = contentOf(action, api.keepMedia);
        api.put({ ...head(3), open_kfid: kfId, external_userid: user, ...content });
      }
    }
  }

  function putStep(user: string, { step, servicer, next }: Extract<Action, { type: 'servicer' }>): void {
    api.setState(user, step === 'end' ? 4 : 3);
    const change = { take: 1, pass: 2, end: 3 }[step];
    putEvent(user, {
      event_type: 'session_status_change',
      change_type: change,
      old_servicer_userid: step === 'take' ? '' : servicer,
      new_servicer_userid: step === 'take' ? servicer : step === 'pass' ? next : '',
    });
  }

  /** The signed and encrypted envelope of a callback, and the address that it is posted to. */
  function envelope(fields = noticeFields()): { url: string; body: string } {
    const timestamp = String(Math.floor(clock() / 1000));
    const nonce = randomBytes(8).toString('hex');
    const encrypted = codec.encrypt(writeXml(fields));
    const signature = codec.sign(account.token, timestamp, nonce, encrypted);
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
    return {
      url: `${callbackUrl()}?${query}`,
      body: writeXml({ ToUserName: account.corpId, Encrypt: encrypted }),
    };
  }

  const noticeFields = () => ({
    ToUserName: account.corpId,
    CreateTime: Math.floor(clock() / 1000),
    MsgType: 'event',
    Event: 'kf_msg_or_event',
    Token: `callback-${randomBytes(8).toString('hex')}`,
    OpenKfId: kfId,
  });

  /** Says that there is something to fetch. Answers the status; null when there was no answer. */
  async function callBack(): Promise<number | null> {
    const { url, body } = envelope();
    const signal = AbortSignal.timeout(5000);
    const answer = await fetch(url, { method: 'POST', body, signal }).catch(() => null);
    return answer?.status ?? null;
  }

  /** What a customer does, as the phone shows it. */
  async function act(user: string, action: Action): Promise<void> {
    put(user, action);
    const isOwn = action.type !== 'enter' && action.type !== 'servicer';
    customers.add(user, { from: isOwn ? 'customer' : 'system', text: wordsOf(action) });
    await callBack();
  }

  return { account, customers, api, put, putEvent, envelope, callBack, act };
}
export type SimulatedWecom = ReturnType<typeof createSimulatedWecom>;
