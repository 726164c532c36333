import { z } from 'zod';
import type { Fetch } from '../../delivery/call-outcome';
import type { WechatAccount } from '../account';
import type { XmlFields } from '../xml';
import { type Codec, createCaller, ownCodec } from './caller';
import { createCustomers } from './customers';
import type { FaultPlan } from './faults';
import { createServerApi } from './server-api';

/** What a customer does in the simulated WeChat. */
const words = z.string().max(2000);
export const actionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: words }),
  z.object({ type: z.literal('tap'), text: words, option: z.int().min(1).max(10) }),
  z.object({ type: z.literal('image'), bytes: z.base64().max(8_000_000) }),
  z.object({ type: z.literal('voice'), recognition: words.default('') }),
  z.object({ type: z.literal('location'), label: words, latitude: z.number(), longitude: z.number() }),
  z.object({ type: z.literal('link'), title: words, url: words }),
  z.object({ type: z.literal('video'), bytes: z.base64().max(8_000_000) }),
  z.object({ type: z.literal('subscribe'), scene: words.default('') }),
  z.object({ type: z.literal('unsubscribe') }),
  z.object({ type: z.literal('menu'), key: words }),
]);
export type Action = z.infer<typeof actionSchema>;

/** The account as the simulated WeChat knows it. */
const ACCOUNT_ID = 'gh_simulated';

/**
 * Both sides of WeChat's servers for one account: it calls the webhook as they would, and answers the calls of the
 * channel with the real error codes. For development and tests; it keeps everything in memory.
 */
export function createSimulatedWechat(deps: {
  account: WechatAccount;
  codec?: Codec;
  webhookUrl: () => string;
  fetch: Fetch;
  clock: () => number;
  faults: FaultPlan;
  canShowMenu?: boolean;
  cutMs?: number;
}) {
  const { account, clock, faults, canShowMenu = true } = deps;
  const customers = createCustomers({ allowances: account, clock });
  const api = createServerApi({ account, customers, faults, canShowMenu });
  const keys = { encodingAesKey: account.encodingAesKey ?? '', receiveId: account.appId };
  const caller = createCaller({ ...deps, codec: deps.codec ?? ownCodec(keys) });
  let serial = 0n;

  /** Ids of 64 bits, beyond what a number can hold. */
  const messageId = (): string => String(7_000_000_000_000_000_000n + BigInt(clock()) * 1000n + ++serial);

  const header = (openId: string) => ({
    ToUserName: ACCOUNT_ID,
    FromUserName: openId,
    CreateTime: Math.floor(clock() / 1000),
  });

  function fieldsOf(openId: string, action: Action): XmlFields {
    const message = { ...header(openId), MsgId: messageId() };
    const event = { ...header(openId), MsgType: 'event' };
    switch (action.type) {
      case 'text':
        return { ...message, MsgType: 'text', Content: action.text };
      case 'tap':
        return { ...message, MsgType: 'text', Content: action.text, bizmsgmenuid: String(action.option) };
      case 'image': {
        const MediaId = api.keepMedia(Buffer.from(action.bytes, 'base64'), 'image/jpeg');
        return { ...message, MsgType: 'image', MediaId, PicUrl: 'http://mmbiz.example/picture' };
      }
      case 'voice': {
        const MediaId = api.keepMedia(Buffer.from('#!AMR'), 'audio/amr');
        return { ...message, MsgType: 'voice', MediaId, Format: 'amr', Recognition: action.recognition };
      }
      case 'location': {
        const { label: Label, latitude: Location_X, longitude: Location_Y } = action;
        return { ...message, MsgType: 'location', Location_X, Location_Y, Scale: 16, Label };
      }
      case 'link':
        return { ...message, MsgType: 'link', Title: action.title, Description: '', Url: action.url };
      case 'video': {
        const MediaId = api.keepMedia(Buffer.from(action.bytes, 'base64'), 'video/mp4');
        return { ...message, MsgType: 'video', MediaId, ThumbMediaId: '' };
      }
      case 'subscribe': {
        const EventKey = action.scene === '' ? '' : `qrscene_${action.scene}`;
        return { ...event, Event: 'subscribe', EventKey };
      }
      case 'unsubscribe':
        return { ...event, Event: 'unsubscribe', EventKey: '' };
      case 'menu':
        return { ...event, Event: 'CLICK', EventKey: action.key };
    }
  }

  /** What a customer does and what comes back, as the phone shows it. */
  async function act(openId: string, action: Action): Promise<void> {
    const fields = fieldsOf(openId, action);
    const isEvent = fields.MsgType === 'event';
    if (action.type !== 'unsubscribe') customers.grant(openId, isEvent ? 'event' : 'message');
    if (action.type === 'subscribe') customers.find(openId).isFollowing = true;
    if (action.type === 'unsubscribe') customers.find(openId).isFollowing = false;
    customers.add(openId, { from: isEvent ? 'system' : 'customer', ...wordsOf(action, fields) });
    const { reply, hasFailed, tries } = await caller.deliver(fields);
    if (hasFailed) customers.add(openId, { from: 'system', text: '该公众号提供的服务出现故障，请稍后再试' });
    if (tries > 1) customers.add(openId, { from: 'system', text: `微信推送了 ${tries} 次` });
    if (reply) customers.add(openId, { from: 'account', route: 'passive', ...passiveWords(reply) });
  }

  return { account, customers, api, caller, fieldsOf, act };
}
export type SimulatedWechat = ReturnType<typeof createSimulatedWechat>;

function wordsOf(action: Action, fields: XmlFields): { text: string; picture?: string } {
  switch (action.type) {
    case 'text':
    case 'tap':
      return { text: action.text };
    case 'image':
      return { text: '', picture: String(fields.MediaId) };
    case 'voice':
      return { text: action.recognition === '' ? '🎤 语音' : `🎤 ${action.recognition}` };
    case 'location':
      return { text: `📍 ${action.label}` };
    case 'link':
      return { text: `🔗 ${action.title}` };
    case 'video':
      return { text: '🎞 视频' };
    case 'subscribe':
      return { text: '关注了公众号' };
    case 'unsubscribe':
      return { text: '取消了关注' };
    case 'menu':
      return { text: `点了菜单：${action.key}` };
  }
}

function passiveWords({ MsgType, Content }: Record<string, string>): { text: string } {
  if (MsgType === 'transfer_customer_service') return { text: '（转给微信客服）' };
  return { text: Content ?? '（图文）' };
}
