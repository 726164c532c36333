import { z } from 'zod';
import { AppError } from '../../errors';
import { decryptMessage } from '../wechat/crypto';
import type { WebhookQuery } from '../wechat/envelope';
import { isSigned, isTimely } from '../wechat/signature';
import { readXml } from '../wechat/xml';
import type { WecomAccount } from './account';

const forbidden = (what: string) =>
  new AppError('forbidden', `Not a call of WeCom for this account: ${what}.`);

/** The signature first: nothing that others made is ever decrypted. */
function decrypt(account: WecomAccount, query: WebhookQuery, encrypted: string, now: number): string {
  const { timestamp = '', nonce = '', msg_signature: signature } = query;
  if (!isSigned(signature, account.token, timestamp, nonce, encrypted)) {
    throw forbidden('its signature does not fit');
  }
  if (!isTimely(timestamp, now)) throw forbidden('its time is not now');
  return decryptMessage(account.encodingAesKey, account.corpId, encrypted);
}

/** The check of an address that WeCom makes once: answers the decrypted echo. Throws `forbidden`. */
export const answerVerification = (account: WecomAccount, query: WebhookQuery, now: number): string =>
  decrypt(account, query, query.echostr ?? '', now);

/** Something is there to be fetched, and a token that allows to fetch it at once, for ten minutes. */
export interface Notice {
  openKfId: string;
  token: string;
}

const noticeSchema = z.object({
  MsgType: z.literal('event'),
  Event: z.literal('kf_msg_or_event'),
  Token: z.string().min(1).max(200),
  OpenKfId: z.string().min(1).max(64),
});

/**
 * Authenticates a callback. Null for one that means nothing here: another event, or an account that is not served.
 * Throws `forbidden` for a call that is not WeCom's and `bad-request` for what cannot be read.
 */
export function openCallback(
  account: WecomAccount,
  query: WebhookQuery,
  body: string,
  now: number,
): Notice | null {
  const { Encrypt: encrypted = '' } = readXml(body);
  const parsed = noticeSchema.safeParse(readXml(decrypt(account, query, encrypted, now)));
  if (!parsed.success || !account.openKfIds.includes(parsed.data.OpenKfId)) return null;
  return { openKfId: parsed.data.OpenKfId, token: parsed.data.Token };
}
