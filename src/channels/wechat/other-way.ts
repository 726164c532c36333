import { createHash } from 'node:crypto';
import type { CallOutcome } from '../delivery/call-outcome';
import type { DeliveryItem } from '../delivery/delivery-item';
import { readUserId, type WechatAccount } from './account';
import type { WechatApi } from './api';
import type { WechatDeliveryStore } from './delivery-store';
import { type Part, textOf } from './reply-parts';

export interface OtherWays {
  api: Pick<WechatApi, 'sendTemplate'>;
  store: Pick<WechatDeliveryStore, 'noteTemplate'>;
  /** Sends a text message by the operator; the same key sends once. */
  sendText: (message: { phone: string; text: string }, key: string) => Promise<void>;
}

/** What became of an item that could not go as a customer-service message. */
export type OtherWay = Pick<DeliveryItem, 'state' | 'route' | 'reason'>;

/** A template may be sent again within ten minutes: its key makes it one message. */
const TRIES = 3;

const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

async function byTemplate(
  { api, store }: OtherWays,
  account: WechatAccount,
  { conversationId, id, userId }: DeliveryItem<Part> & { conversationId: string },
  text: string,
): Promise<OtherWay | null> {
  const { template } = account;
  if (!template) return null;
  const body = {
    touser: readUserId(userId).openId,
    template_id: template.id,
    client_msg_id: keyOf(id),
    data: { [template.field]: { value: [...text].slice(0, template.limit).join('') } },
  };
  let outcome: CallOutcome = { type: 'unsent', reason: '' };
  let isInDoubt = false;
  for (let tries = 0; tries < TRIES && outcome.type !== 'ok' && outcome.type !== 'refused'; tries += 1) {
    outcome = await api.sendTemplate(account, body);
    isInDoubt ||= outcome.type === 'unknown';
  }
  if (outcome.type === 'ok') {
    const { name } = account;
    await store.noteTemplate(name, String(outcome.value.msgid), conversationId, id);
    return { state: 'sent', route: 'template', reason: null };
  }
  return isInDoubt ? { state: 'uncertain', route: 'template', reason: 'template-timeout' } : null;
}

/** By a template message, else by a text message to a verified phone; null when neither is to be had. */
export async function otherWay(
  deps: OtherWays,
  account: WechatAccount,
  item: DeliveryItem<Part> & { conversationId: string },
): Promise<OtherWay | null> {
  if (item.part.type !== 'text') return null;
  const text = textOf(item.part);
  const sent = await byTemplate(deps, account, item, text);
  if (sent || item.phone === null) return sent;
  await deps.sendText({ phone: item.phone, text }, item.id);
  return { state: 'sent', route: 'sms', reason: null };
}
