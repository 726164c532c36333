import { createCipheriv } from 'node:crypto';
import { getSignature, decrypt as wecomDecrypt, encrypt as wecomEncrypt } from '@wecom/crypto';
import fc from 'fast-check';
import WechatCrypto from 'wechat-crypto';
import { decryptMessage, encryptMessage } from '../../../src/channels/wechat/crypto';
import { answerVerification, openEnvelope, sealEnvelope } from '../../../src/channels/wechat/envelope';
import { signatureOf } from '../../../src/channels/wechat/signature';
import { readXml, writeXml } from '../../../src/channels/wechat/xml';
import { AES_KEY, testAccount } from './accounts';

const NOW = 1_790_000_000_000;
const timestamp = String(NOW / 1000);
const nonce = 'n0nce';
const account = testAccount();
const oracle = new WechatCrypto(account.token, AES_KEY, account.appId);
const MESSAGE = writeXml({ ToUserName: 'gh', FromUserName: 'o1', MsgType: 'text', Content: '断网了' });

const addressed = (changes: Record<string, string> = {}) => ({
  timestamp,
  nonce,
  signature: signatureOf(account.token, timestamp, nonce),
  ...changes,
});

/** A call as the oracles make it. */
const encrypted = (message: string) => {
  const cipher = oracle.encrypt(message);
  const body = writeXml({ ToUserName: 'gh', Encrypt: cipher });
  const msg_signature = getSignature(account.token, timestamp, nonce, cipher);
  return { query: addressed({ encrypt_type: 'aes', msg_signature }), body };
};

describe('crypto against two oracles that are not ours', () => {
  it('reads what both write, and both read what it writes, at every length of the padding', () => {
    for (let length = 0; length <= 70; length += 1) {
      const text = '网'.repeat(Math.floor(length / 3)) + 'x'.repeat(length % 3);
      expect(decryptMessage(AES_KEY, account.appId, oracle.encrypt(text))).toBe(text);
      expect(decryptMessage(AES_KEY, account.appId, wecomEncrypt(AES_KEY, text, account.appId))).toBe(text);
      const ours = encryptMessage(AES_KEY, account.appId, text);
      expect(oracle.decrypt(ours)).toEqual({ message: text, id: account.appId });
      expect(wecomDecrypt(AES_KEY, ours)).toMatchObject({ message: text, id: account.appId });
    }
  });

  it('signs as both oracles do', () => {
    const cipher = encryptMessage(AES_KEY, account.appId, MESSAGE);
    const ours = signatureOf(account.token, timestamp, nonce, cipher);
    expect(ours).toBe(oracle.getSignature(timestamp, nonce, cipher));
    expect(ours).toBe(getSignature(account.token, timestamp, nonce, cipher));
  });

  it('refuses another app id, a broken pad and bytes that are no ciphertext', () => {
    expect(() => decryptMessage(AES_KEY, 'wx-other', oracle.encrypt(MESSAGE))).toThrow('cannot be read');
    const key = Buffer.from(`${AES_KEY}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const zeroes = Buffer.concat([cipher.update(Buffer.alloc(64)), cipher.final()]).toString('base64');
    expect(() => decryptMessage(AES_KEY, account.appId, zeroes)).toThrow('cannot be read');
    fc.assert(
      fc.property(fc.base64String(), (text) => {
        expect(() => decryptMessage(AES_KEY, account.appId, text)).toThrow('cannot be read');
      }),
    );
  });
});

describe('a webhook call', () => {
  it('answers the check of the address with echostr', () => {
    expect(answerVerification(account, addressed({ echostr: '42' }), NOW)).toBe('42');
    expect(() => answerVerification(account, addressed({ signature: '0'.repeat(40) }), NOW)).toThrow(
      'signature',
    );
    expect(() => answerVerification(account, { timestamp, nonce }, NOW)).toThrow('signature');
  });

  it('is opened in plain, compatible and safe mode', () => {
    const { query, body } = encrypted(MESSAGE);
    const plain = { fields: readXml(MESSAGE), isEncrypted: false };
    expect(openEnvelope(testAccount({ mode: 'plain' }), addressed(), MESSAGE, NOW)).toEqual(plain);
    expect(openEnvelope(testAccount({ mode: 'compatible' }), addressed(), MESSAGE, NOW)).toEqual(plain);
    const both = body.replace('<xml>', `<xml>${MESSAGE.slice(5, -6)}`);
    for (const [mode, text] of [
      ['safe', body],
      ['compatible', both],
    ] as const) {
      const opened = openEnvelope(testAccount({ mode }), query, text, NOW);
      expect(opened).toEqual({ fields: readXml(MESSAGE), isEncrypted: true });
    }
  });

  it('is refused in safe mode when it is plain, or its ciphertext was changed', () => {
    expect(() => openEnvelope(account, addressed(), MESSAGE, NOW)).toThrow('encrypted messages only');
    const { query, body } = encrypted(MESSAGE);
    const other = encrypted(writeXml({ Content: 'other' })).body;
    expect(() => openEnvelope(account, query, other, NOW)).toThrow('ciphertext does not fit');
    expect(() => openEnvelope(account, { ...query, msg_signature: undefined }, body, NOW)).toThrow(
      'ciphertext',
    );
  });

  it('is refused when it is older or newer than five minutes', () => {
    const { query, body } = encrypted(MESSAGE);
    expect(() => openEnvelope(account, query, body, NOW + 299_000)).not.toThrow();
    expect(() => openEnvelope(account, query, body, NOW + 301_000)).toThrow('time is not now');
    expect(() => openEnvelope(account, query, body, NOW - 301_000)).toThrow('time is not now');
  });

  it('gets a sealed reply that the oracles open', () => {
    const sealed = readXml(sealEnvelope(account, MESSAGE, NOW));
    expect(sealed.MsgSignature).toBe(
      oracle.getSignature(sealed.TimeStamp ?? '', sealed.Nonce ?? '', sealed.Encrypt ?? ''),
    );
    expect(oracle.decrypt(sealed.Encrypt ?? '').message).toBe(MESSAGE);
  });
});

describe('the XML of WeChat', () => {
  it('keeps ids of 64 bits whole and texts as they are', () => {
    const xml = '<xml><MsgId>9007199254740993123</MsgId><Content><![CDATA[ 1 < 2 && &lt; ]]></Content></xml>';
    expect(readXml(xml)).toEqual({ MsgId: '9007199254740993123', Content: ' 1 < 2 && &lt; ' });
    expect(readXml('<xml><Url>a&amp;b</Url></xml>')).toEqual({ Url: 'a&b' });
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE x><xml><a>1</a></xml>'],
    ['an entity', '<xml><a>&xxe;</a></xml>'],
    ['a character reference', '<xml><a>&#65;</a></xml>'],
    ['deep nesting', `<xml>${'<a>'.repeat(30)}${'</a>'.repeat(30)}</xml>`],
    ['many elements', `<xml>${'<a>1</a>'.repeat(101)}</xml>`],
    ['a huge body', `<xml><a>${'x'.repeat(70_000)}</a></xml>`],
    ['no XML at all', 'hello'],
    ['a broken tag', '<xml><a>1</xml>'],
  ])('refuses %s', (_what, xml) => {
    expect(() => readXml(xml)).toThrow('not the XML of WeChat');
  });

  it('reads back every text that it writes, and never lets one out of its field', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const read = readXml(writeXml({ Content: text, Last: 'x' }));
        expect(Object.keys(read)).toEqual(['Content', 'Last']);
      }),
    );
    for (const text of [']]>', ']]></Content><Content>x', '<![CDATA[', '&amp;', ' a ']) {
      expect(readXml(writeXml({ Content: text }))).toEqual({ Content: text });
    }
  });
});
