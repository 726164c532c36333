import type { Activity } from '../../contract/activity';
import { AppError } from '../../errors';
import { FILE_TYPES, type FileStore } from '../../records/files';
import { FILE_SCHEME, keepFiles } from '../direct-line/uploads';
import type { Mask } from '../mask';
import type { Transcribe } from './transcribe';

/**
 * What becomes of pictures, voices, videos and files that customers of WeChat and WeCom send. Null bytes are those that
 * could not be fetched: the message goes on without them, and says so to whoever reads it.
 */
export type MediaContent = Pick<Activity, 'text' | 'attachments' | 'channelData'>;

/** Bytes of a voice message: 60 s take a tenth of it. */
export const VOICE_LIMIT = 2 * 1024 * 1024;
/** Bytes of a video: those of the chat are at most so long. */
export const VIDEO_LIMIT = 10 * 1024 * 1024;

const NOT_FETCHED = 'not fetched';
const UNREADABLE = 'unreadable';

/** A picture or a document that our store keeps; of any other only that there was one. */
export async function keepFile(
  files: FileStore,
  bytes: Buffer | null,
  what: { contentType: string; name?: string },
): Promise<MediaContent> {
  const { contentType, name } = what;
  if (bytes === null) return { attachments: [{ contentType, name: name ?? NOT_FETCHED }] };
  // What cannot be read will not be readable on the next try either.
  const attachments = await keepFiles(files, [{ bytes, name }]).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    return [{ contentType, name: name ?? UNREADABLE }];
  });
  return { attachments };
}

/** What an MP4 file has from its fifth byte on. */
const isMp4 = (bytes: Buffer): boolean => bytes.toString('latin1', 4, 8) === 'ftyp';

/** A video, for agents to see. */
export async function keepVideo(files: FileStore, bytes: Buffer | null): Promise<MediaContent> {
  const contentType = FILE_TYPES.mp4;
  if (bytes === null) return { attachments: [{ contentType, name: NOT_FETCHED }] };
  if (!isMp4(bytes)) return { attachments: [{ contentType, name: UNREADABLE }] };
  const contentUrl = `${FILE_SCHEME}${await files.put(bytes, 'mp4')}`;
  return { attachments: [{ contentType, contentUrl, name: 'video' }] };
}

/** What AMR, the format of WeChat's voice messages, begins with. */
const AMR = '#!AMR';

/**
 * A voice message as text. One that nobody could make out is kept for a human to hear, and marked: whoever speaks
 * need not type.
 */
export async function hearVoice(
  { files, transcribe }: { files: FileStore; transcribe: Transcribe | null },
  voice: { bytes: Buffer | null; format: string; recognition?: string },
): Promise<MediaContent> {
  const { bytes, format, recognition } = voice;
  const transcribed = bytes && transcribe ? await transcribe({ bytes, format }) : null;
  const text = transcribed ?? recognition?.trim();
  if (text) return { text, channelData: { voice: 'heard' } };
  const isAmr = bytes?.toString('latin1', 0, AMR.length) === AMR;
  const contentUrl = bytes && isAmr ? `${FILE_SCHEME}${await files.put(bytes, 'amr')}` : undefined;
  const attachment = { contentType: FILE_TYPES.amr, contentUrl, name: 'voice' };
  return { text: '', attachments: [attachment], channelData: { voice: 'unheard' } };
}

/** The words of a place are what a dialog that asks for an address understands; without them it is only noted. */
export const placeContent = (
  label: string,
  location: { latitude: number; longitude: number },
): MediaContent => ({
  text: label,
  attachments: label === '' ? [{ contentType: 'text/plain', name: 'location' }] : undefined,
  channelData: { location },
});

/**
 * A page that was passed on: its title is nobody's words to us, so it is not understood as such. Nobody opens it here;
 * agents see where it leads.
 */
export const linkContent = (mask: Mask, title: string, url: string): MediaContent => {
  const contentUrl = /^https?:\/\//.test(url) ? url.slice(0, 2000) : undefined;
  return {
    text: '',
    attachments: [
      { contentType: 'text/uri-list', contentUrl, name: mask(title).text.slice(0, 200) || 'link' },
    ],
  };
};

/** Something of a kind that can be named and no more. */
export const otherContent = (kind: string): MediaContent => ({
  text: '',
  attachments: [{ contentType: 'application/octet-stream', name: kind.slice(0, 60) }],
});
