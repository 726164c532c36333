import type { Entry } from '../../contract/conversation';
import { AppError } from '../../errors';
import type { FileStore } from '../../records/files';
import { UPLOAD_LIMIT } from '../direct-line/uploads';
import type { Mask } from '../mask';
import { userIdOf, type WechatAccount } from './account';
import type { WechatApi } from './api';
import type { UserMessage, WechatEvent } from './inbound-message';
import {
  hearVoice,
  keepFile,
  keepVideo,
  linkContent,
  type MediaContent,
  placeContent,
  VIDEO_LIMIT,
  VOICE_LIMIT,
} from './media';
import type { Transcribe } from './transcribe';

/** What a message of a customer needs before it can be accepted. */
export interface TranslateDependencies {
  api: Pick<WechatApi, 'download'>;
  files: FileStore;
  mask: Mask;
  transcribe: Transcribe | null;
  clock: () => number;
}

export type Translated = Pick<Entry, 'activity' | 'sealed'>;

/**
 * The activity of a customer's message. Pictures and their like are fetched at once, since WeChat keeps them for three
 * days only. Throws `unavailable` when one cannot be had now; with `isLast` the message is passed on without it.
 */
export async function translateMessage(
  deps: TranslateDependencies,
  account: WechatAccount,
  message: UserMessage,
  isLast: boolean,
): Promise<Translated> {
  const content = await contentOf(deps, account, message, isLast);
  const masked = deps.mask(content.text ?? '');
  return {
    sealed: masked.sealed,
    activity: {
      type: 'message',
      timestamp: new Date(deps.clock()).toISOString(),
      channelId: 'wechat',
      from: { id: userIdOf(account.name, message.FromUserName), role: 'user' },
      ...content,
      text: masked.text,
    },
  };
}

async function contentOf(
  deps: TranslateDependencies,
  account: WechatAccount,
  message: UserMessage,
  isLast: boolean,
): Promise<MediaContent> {
  const { files } = deps;
  const fetched = (mediaId: string, limit: number) => fetchNow(deps, account, { mediaId, limit, isLast });
  switch (message.MsgType) {
    case 'text':
      return { text: message.Content };
    case 'image':
      return keepFile(files, await fetched(message.MediaId, UPLOAD_LIMIT), { contentType: 'image/*' });
    case 'voice': {
      const { MediaId, Format: format, Recognition: recognition } = message;
      return hearVoice(deps, { bytes: await fetched(MediaId, VOICE_LIMIT), format, recognition });
    }
    case 'video':
    case 'shortvideo':
      return keepVideo(files, await fetched(message.MediaId, VIDEO_LIMIT));
    case 'location': {
      const { Label, Location_X: latitude, Location_Y: longitude } = message;
      return placeContent(Label, { latitude, longitude });
    }
    case 'link':
      return linkContent(deps.mask, message.Title, message.Url);
  }
}

/** Null at the last try only. */
async function fetchNow(
  { api }: TranslateDependencies,
  account: WechatAccount,
  { mediaId, limit, isLast }: { mediaId: string; limit: number; isLast: boolean },
): Promise<Buffer | null> {
  const bytes = await api.download(account, mediaId, limit);
  if (bytes !== null || isLast) return bytes;
  throw new AppError('unavailable', 'What the customer sent could not be fetched from WeChat.');
}

/** The activity of an event that turns are made of; null for one that is only acknowledged. */
export function translateEvent(account: WechatAccount, event: WechatEvent, mask: Mask): Translated | null {
  const from = { id: userIdOf(account.name, event.FromUserName), role: 'user' as const };
  switch (event.Event) {
    case 'subscribe':
    case 'SCAN': {
      const scene = event.EventKey.replace(/^qrscene_/, '');
      const channelData = scene === '' ? undefined : { scene };
      return { sealed: {}, activity: { type: 'conversationUpdate', from, channelData } };
    }
    case 'CLICK': {
      const { text, sealed } = mask(account.menu[event.EventKey] ?? event.EventKey);
      return { sealed, activity: { type: 'message', channelId: 'wechat', from, text } };
    }
    case 'unsubscribe':
      return { sealed: {}, activity: { type: 'event', name: 'customer.left', from } };
    case 'kf_create_session':
      return agentStep('agent.claim', event.KfAccount);
    case 'kf_close_session':
      return agentStep('agent.close', event.KfAccount);
    case 'kf_switch_session':
      return agentStep('agent.claim', event.ToKfAccount);
    case 'VIEW':
    case 'LOCATION':
    case 'TEMPLATESENDJOBFINISH':
    case 'subscribe_msg_popup_event':
      return null;
  }
}

/** What comes before an event of `translateEvent`: the agent who has the customer passes them on. */
export const translateLeave = (event: WechatEvent): Translated | null =>
  event.Event === 'kf_switch_session' ? agentStep('agent.transfer', event.FromKfAccount) : null;

/** WeChat's own customer-service client takes, passes on or ends a conversation as an agent of ours would. */
function agentStep(name: 'agent.claim' | 'agent.transfer' | 'agent.close', kfAccount: string): Translated {
  const agent = { agentId: `wechat:${kfAccount}`, agentName: kfAccount.split('@')[0] ?? '' };
  const value = name === 'agent.claim' ? agent : { ...agent, note: '' };
  return { sealed: {}, activity: { type: 'event', name, value, from: { id: 'service' } } };
}
