import { randomBytes } from 'node:crypto';
import type { Fetch } from '../../delivery/call-outcome';
import type { WechatAccount } from '../account';
import { decryptMessage, encryptMessage } from '../crypto';
import { signatureOf } from '../signature';
import { readXml, writeXml, type XmlFields } from '../xml';

/** How a message is enveloped; tests put an implementation of others in its place. */
export interface Codec {
  encrypt(xml: string): string;
  decrypt(encrypted: string): string;
  sign(...parts: string[]): string;
}

/** `receiveId`: the id of the app, or of the company on WeCom. */
export const ownCodec = (keys: { encodingAesKey: string; receiveId: string }): Codec => ({
  encrypt: (xml) => encryptMessage(keys.encodingAesKey, keys.receiveId, xml),
  decrypt: (encrypted) => decryptMessage(keys.encodingAesKey, keys.receiveId, encrypted),
  sign: signatureOf,
});

/** What came back for one message, after all tries. */
export interface Delivered {
  tries: number;
  /** The passive reply; null for `success`. */
  reply: Record<string, string> | null;
  /** True when the customer is shown "service unavailable". */
  hasFailed: boolean;
}

/** WeChat's side of the webhook: signs, encrypts, cuts the connection after 5 s, and sends up to three times. */
export function createCaller(deps: {
  account: WechatAccount;
  codec: Codec;
  webhookUrl: () => string;
  fetch: Fetch;
  clock: () => number;
  cutMs?: number;
  tries?: number;
}) {
  const { account, codec, fetch, clock, cutMs = 5000, tries: most = 3 } = deps;

  function envelope(xml: string): { url: string; body: string } {
    const timestamp = String(Math.floor(clock() / 1000));
    const nonce = randomBytes(8).toString('hex');
    const query = new URLSearchParams({
      timestamp,
      nonce,
      signature: codec.sign(account.token, timestamp, nonce),
    });
    if (account.mode === 'plain') return { url: `${deps.webhookUrl()}?${query}`, body: xml };
    const encrypted = codec.encrypt(xml);
    query.set('encrypt_type', 'aes');
    query.set('msg_signature', codec.sign(account.token, timestamp, nonce, encrypted));
    const cipher = writeXml({ Encrypt: encrypted }).slice('<xml>'.length);
    const plain = account.mode === 'compatible' ? xml.slice(0, -'</xml>'.length) : '<xml>';
    return { url: `${deps.webhookUrl()}?${query}`, body: plain + cipher };
  }

  /** The fields of an answer; its bytes are compared by tests, so they are kept. */
  function read(body: string): Record<string, string> | null {
    if (body === '' || body === 'success') return null;
    const outer = readXml(body);
    if (outer.Encrypt === undefined) return outer;
    const { Encrypt, MsgSignature, TimeStamp = '', Nonce = '' } = outer;
    if (codec.sign(account.token, TimeStamp, Nonce, Encrypt) !== MsgSignature)
      throw new Error('bad signature');
    return readXml(codec.decrypt(Encrypt));
  }

  /** One try; null when there was no answer in time. */
  async function attempt(xml: string): Promise<string | null> {
    const { url, body } = envelope(xml);
    try {
      const signal = AbortSignal.timeout(cutMs);
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'text/xml' },
        signal,
      });
      return response.ok ? await response.text() : `status ${response.status}`;
    } catch {
      return null;
    }
  }

  return {
    attempt,
    read,
    async deliver(fields: XmlFields): Promise<Delivered> {
      const xml = writeXml(fields);
      for (let tries = 1; tries <= most; tries += 1) {
        const body = await attempt(xml);
        if (body === null) continue;
        try {
          return { tries, reply: read(body), hasFailed: false };
        } catch {
          return { tries, reply: null, hasFailed: true };
        }
      }
      return { tries: most, reply: null, hasFailed: true };
    },
  };
}
export type Caller = ReturnType<typeof createCaller>;
