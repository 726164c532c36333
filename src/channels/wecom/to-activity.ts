import { setTimeout as pause } from 'node:timers/promises';
import type { Activity } from '../../contract/activity';
import type { Entry } from '../../contract/conversation';
import type { FileStore } from '../../records/files';
import { UPLOAD_LIMIT } from '../direct-line/uploads';
import type { Mask } from '../mask';
import {
  hearVoice,
  keepFile,
  keepVideo,
  linkContent,
  type MediaContent,
  otherContent,
  placeContent,
  VIDEO_LIMIT,
  VOICE_LIMIT,
} from '../wechat/media';
import type { Transcribe } from '../wechat/transcribe';
import { userIdOf, type WecomAccount } from './account';
import type { WecomApi } from './api';
import type { KfInbound, KfMessage } from './kf-message';

/** What a message of a customer needs before it can be accepted. */
export interface TranslateDependencies {
  api: Pick<WecomApi, 'download'>;
  files: FileStore;
  mask: Mask;
  transcribe: Transcribe | null;
  clock: () => number;
  /** Between two tries to fetch a file. */
  fetchPauseMs?: number;
}

export type Translated = Pick<Entry, 'activity' | 'sealed'>;

/** A file that cannot be fetched holds up what comes after it: then the message goes on without. */
const FETCH_TRIES = 3;
const FETCH_PAUSE_MS = 500;

/** The activity of what a customer sent; its files are in our store once this returns. */
export async function translateMessage(
  deps: TranslateDependencies,
  account: WecomAccount,
  inbound: Extract<KfInbound, { type: 'message' | 'other' }>,
): Promise<Translated> {
  const content =
    inbound.type === 'message' ? await contentOf(deps, account, inbound.message) : otherContent(inbound.kind);
  const { text, sealed } = deps.mask(content.text ?? '');
  const from = { id: userIdOf({ ...inbound, account: account.name }), role: 'user' as const };
  const timestamp = new Date(deps.clock()).toISOString();
  return { sealed, activity: { type: 'message', timestamp, channelId: 'wecom', from, ...content, text } };
}

async function contentOf(
  deps: TranslateDependencies,
  account: WecomAccount,
  message: KfMessage,
): Promise<MediaContent> {
  const fetched = (mediaId: string, limit: number) => fetchMedia(deps, account, mediaId, limit);
  switch (message.msgtype) {
    case 'text':
      return { text: message.text.content };
    case 'image': {
      const bytes = await fetched(message.image.media_id, UPLOAD_LIMIT);
      return keepFile(deps.files, bytes, { contentType: 'image/*' });
    }
    case 'file': {
      const bytes = await fetched(message.file.media_id, UPLOAD_LIMIT);
      return keepFile(deps.files, bytes, { contentType: 'application/octet-stream' });
    }
    case 'voice':
      return hearVoice(deps, { bytes: await fetched(message.voice.media_id, VOICE_LIMIT), format: 'amr' });
    case 'video':
      return keepVideo(deps.files, await fetched(message.video.media_id, VIDEO_LIMIT));
    case 'location': {
      const { name, address, ...place } = message.location;
      return placeContent([address, name].filter(Boolean).join(' '), place);
    }
    case 'link':
      return linkContent(deps.mask, message.link.title, message.link.url);
    case 'miniprogram':
      return linkContent(deps.mask, message.miniprogram.title, '');
  }
}

async function fetchMedia(
  { api, fetchPauseMs = FETCH_PAUSE_MS }: TranslateDependencies,
  account: WecomAccount,
  mediaId: string,
  limit: number,
): Promise<Buffer | null> {
  for (let tries = 1; tries <= FETCH_TRIES; tries += 1) {
    const bytes = await api.download(account, mediaId, limit);
    if (bytes !== null) return bytes;
    if (tries < FETCH_TRIES) await pause(fetchPauseMs);
  }
  return null;
}

type AgentStep = Pick<Activity, 'name' | 'value'>;

/** WeCom's own servicers take, pass on or end a conversation as agents of ours would. */
export function agentSteps({ event }: Extract<KfInbound, { type: 'event' }>): AgentStep[] {
  if (event.event_type !== 'session_status_change') return [];
  const { change_type: change, old_servicer_userid: old, new_servicer_userid: fresh } = event;
  const agentOf = (id: string) => ({ agentId: `wecom:${id}`, agentName: id });
  const claim: AgentStep[] = fresh === '' ? [] : [{ name: 'agent.claim', value: agentOf(fresh) }];
  switch (change) {
    case 1:
    case 4:
      return claim;
    case 2:
      return old === ''
        ? claim
        : [{ name: 'agent.transfer', value: { ...agentOf(old), note: '' } }, ...claim];
    case 3:
      return old === '' ? [] : [{ name: 'agent.close', value: { ...agentOf(old), note: '' } }];
    default:
      return [];
  }
}
