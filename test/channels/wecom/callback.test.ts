import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { SIGNATURE_WINDOW_MS } from '../../../src/channels/wechat/signature';
import { writeXml } from '../../../src/channels/wechat/xml';
import { answerVerification, openCallback } from '../../../src/channels/wecom/callback';
import { createSimulatedWecom } from '../../../src/channels/wecom/simulator/simulated-wecom';
import { KF_ID, testAccount } from './host';

const NOW = 1_790_000_000_000;
const timestamp = String(NOW / 1000);
const nonce = 'n0nce';
const account = testAccount();

/** A call as WeCom's own library makes it. */
function called(fields: Record<string, string>, changes: { corpId?: string; token?: string } = {}) {
  const { corpId = account.corpId, token = account.token } = changes;
  const cipher = encrypt(account.encodingAesKey, writeXml(fields), corpId);
  return {
    query: { timestamp, nonce, msg_signature: getSignature(token, timestamp, nonce, cipher) },
    body: writeXml({ ToUserName: corpId, Encrypt: cipher }),
  };
}

const NOTICE = { MsgType: 'event', Event: 'kf_msg_or_event', Token: 'token-1', OpenKfId: KF_ID };

describe('a callback of WeCom', () => {
  it('names the account and the token, when WeCom signed and encrypted it', () => {
    const { query, body } = called(NOTICE);
    expect(openCallback(account, query, body, NOW)).toEqual({ openKfId: KF_ID, token: 'token-1' });
  });

  it('means nothing when it is another event, or of an account that is not served', () => {
    for (const fields of [
      { ...NOTICE, Event: 'change_contact' },
      { ...NOTICE, OpenKfId: 'wkOther' },
    ]) {
      const { query, body } = called(fields);
      expect(openCallback(account, query, body, NOW)).toBeNull();
    }
  });

  it('is refused with another token, for another company, and outside of its five minutes', () => {
    const stranger = called(NOTICE, { token: 'another-token' });
    expect(() => openCallback(account, stranger.query, stranger.body, NOW)).toThrow('signature');
    const other = called(NOTICE, { corpId: 'ww-other' });
    expect(() => openCallback(account, other.query, other.body, NOW)).toThrow('cannot be read');
    const { query, body } = called(NOTICE);
    for (const now of [NOW - SIGNATURE_WINDOW_MS - 1000, NOW + SIGNATURE_WINDOW_MS + 1000]) {
      expect(() => openCallback(account, query, body, now)).toThrow('time');
    }
  });

  it('is answered with the decrypted echo when the address is checked', () => {
    const echostr = encrypt(account.encodingAesKey, '4815162342', account.corpId);
    const msg_signature = getSignature(account.token, timestamp, nonce, echostr);
    const query = { timestamp, nonce, echostr, msg_signature };
    expect(answerVerification(account, query, NOW)).toBe('4815162342');
    expect(() => answerVerification(account, { ...query, nonce: 'x' }, NOW)).toThrow('signature');
  });

  it('of the simulator reads in WeCom’s own library', () => {
    const wecom = createSimulatedWecom({
      account,
      callbackUrl: () => 'http://localhost/wecom/kf',
      fetch,
      clock: () => NOW,
      faults: () => null,
    });
    const { url, body } = wecom.envelope();
    const cipher = /<Encrypt><!\[CDATA\[([^\]]+)/.exec(body)?.[1] ?? '';
    const query = new URL(url).searchParams;
    const [at, once] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    expect(query.get('msg_signature')).toBe(getSignature(account.token, at, once, cipher));
    expect(decrypt(account.encodingAesKey, cipher)).toMatchObject({ id: account.corpId });
  });
});
