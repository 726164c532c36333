import { randomBytes } from 'node:crypto';
import { AppError } from '../../errors';
import type { WechatAccount } from './account';
import { decryptMessage, encryptMessage } from './crypto';
import { isSigned, isTimely, signatureOf } from './signature';
import { readXml, writeXml } from './xml';

/** What stands in the address of a webhook call. */
export interface WebhookQuery {
  signature?: string;
  timestamp?: string;
  nonce?: string;
  echostr?: string;
  encrypt_type?: string;
  msg_signature?: string;
}

const forbidden = (what: string) =>
  new AppError('forbidden', `Not a call of WeChat for this account: ${what}.`);

/** The check of an address that WeChat makes once: answers what to send back, raw. Throws `forbidden`. */
export function answerVerification(account: WechatAccount, query: WebhookQuery, now: number): string {
  checkAddress(account, query, now);
  return query.echostr ?? '';
}

function checkAddress(account: WechatAccount, query: WebhookQuery, now: number): void {
  const { signature, timestamp = '', nonce = '' } = query;
  if (!isSigned(signature, account.token, timestamp, nonce)) throw forbidden('its signature does not fit');
  if (!isTimely(timestamp, now)) throw forbidden('its time is not now');
}

/**
 * Authenticates a webhook call and gives its fields. Throws `forbidden` for a call that is not WeChat's, and
 * `bad-request` for what cannot be read. An account in safe mode takes ciphertext only.
 */
export function openEnvelope(
  account: WechatAccount,
  query: WebhookQuery,
  body: string,
  now: number,
): { fields: Record<string, string>; isEncrypted: boolean } {
  checkAddress(account, query, now);
  const outer = readXml(body);
  const isEncrypted = query.encrypt_type === 'aes';
  if (account.mode === 'plain' || (account.mode === 'compatible' && !isEncrypted)) {
    return { fields: outer, isEncrypted: false };
  }
  if (!isEncrypted) throw forbidden('this account takes encrypted messages only');
  const { timestamp = '', nonce = '', msg_signature: signature } = query;
  const encrypted = outer.Encrypt ?? '';
  // The signature first: nothing that others made is ever decrypted.
  if (!isSigned(signature, account.token, timestamp, nonce, encrypted)) {
    throw forbidden('the signature of its ciphertext does not fit');
  }
  const fields = readXml(decryptMessage(account.encodingAesKey ?? '', account.appId, encrypted));
  return { fields, isEncrypted: true };
}

/** The bytes of a passive reply: plain, or encrypted and signed. Made once and stored, since it holds random bytes. */
export function sealEnvelope(account: WechatAccount, xml: string, now: number): string {
  const encrypted = encryptMessage(account.encodingAesKey ?? '', account.appId, xml);
  const timestamp = Math.floor(now / 1000);
  const nonce = randomBytes(8).toString('hex');
  return writeXml({
    Encrypt: encrypted,
    MsgSignature: signatureOf(account.token, String(timestamp), nonce, encrypted),
    TimeStamp: timestamp,
    Nonce: nonce,
  });
}
