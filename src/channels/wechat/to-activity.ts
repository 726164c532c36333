import type { Activity } from '../../contract/activity';
import type { Entry } from '../../contract/conversation';
import { AppError } from '../../errors';
import type { FileStore } from '../../records/files';
import { FILE_SCHEME, keepFiles, UPLOAD_LIMIT } from '../direct-line/uploads';
import type { Mask } from '../mask';
import { userIdOf, type WechatAccount } from './account';
import type { WechatApi } from './api';
import type { UserMessage, WechatEvent } from './inbound-message';
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

/** Bytes of a voice message: 60 s take a tenth of it. */
const VOICE_LIMIT = 2 * 1024 * 1024;

type Content = Pick<Activity, 'text' | 'attachments' | 'channelData'>;

/**
 * The activity of a customer's message. Pictures are fetched at once, since WeChat keeps them for three days only.
 * Throws `unavailable` when one cannot be had now; with `isLast` the message is passed on without it.
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
): Promise<Content> {
  switch (message.MsgType) {
    case 'text':
      return { text: message.Content };
    case 'image':
      return { attachments: await pictures(deps, account, message.MediaId, isLast) };
    case 'voice':
      return listen(deps, account, message, isLast);
    case 'video':
    case 'shortvideo':
      return { attachments: [{ contentType: 'video/mp4', name: 'video' }] };
    case 'location':
      // The words of the place are what a dialog that asks for an address understands; without them it is only noted.
      return {
        text: message.Label,
        attachments: message.Label === '' ? [{ contentType: 'text/plain', name: 'location' }] : undefined,
        channelData: { location: { latitude: message.Location_X, longitude: message.Location_Y } },
      };
    case 'link':
      return { text: [message.Title, message.Url].filter(Boolean).join('\n') };
  }
}

async function pictures(
  { api, files }: TranslateDependencies,
  account: WechatAccount,
  mediaId: string,
  isLast: boolean,
): Promise<Activity['attachments']> {
  const bytes = await api.download(account, mediaId, UPLOAD_LIMIT);
  if (bytes !== null) {
    // A picture that cannot be read will not be readable on the next try either.
    return keepFiles(files, [{ bytes, name: undefined }]).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return [{ contentType: 'image/*', name: 'unreadable' }];
    });
  }
  if (!isLast) throw new AppError('unavailable', 'The picture could not be fetched from WeChat.');
  return [{ contentType: 'image/*', name: 'not fetched' }];
}

/** What AMR, the format of WeChat's voice messages, begins with. */
const AMR = '#!AMR';

/**
 * A voice message as text. One that nobody could make out is kept for a human to hear, and marked: whoever speaks
 * need not type.
 */
async function listen(
  { api, files, transcribe }: TranslateDependencies,
  account: WechatAccount,
  { MediaId, Format, Recognition }: Extract<UserMessage, { MsgType: 'voice' }>,
  isLast: boolean,
): Promise<Content> {
  const bytes = await api.download(account, MediaId, VOICE_LIMIT);
  if (bytes === null && !isLast) {
    throw new AppError('unavailable', 'The voice message could not be fetched from WeChat.');
  }
  const transcribed = bytes && transcribe ? await transcribe({ bytes, format: Format }) : null;
  const text = transcribed ?? Recognition?.trim();
  if (text) return { text, channelData: { voice: 'heard' } };
  const isAmr = bytes?.toString('latin1', 0, AMR.length) === AMR;
  const contentUrl = bytes && isAmr ? `${FILE_SCHEME}${await files.put(bytes, 'amr')}` : undefined;
  const attachment = { contentType: 'audio/amr', contentUrl, name: 'voice' };
  return { text: '', attachments: [attachment], channelData: { voice: 'unheard' } };
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
    case 'VIEW':
    case 'LOCATION':
    case 'TEMPLATESENDJOBFINISH':
    case 'subscribe_msg_popup_event':
      return null;
  }
}

/** WeChat's own customer-service client takes or ends a conversation as an agent of ours would. */
function agentStep(name: 'agent.claim' | 'agent.close', kfAccount: string): Translated {
  const agent = { agentId: `wechat:${kfAccount}`, agentName: kfAccount.split('@')[0] ?? '' };
  const value = name === 'agent.close' ? { ...agent, note: '' } : agent;
  return { sealed: {}, activity: { type: 'event', name, value, from: { id: 'service' } } };
}
