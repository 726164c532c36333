import type { IncomingMessage } from 'node:http';
import { Transformer } from '@napi-rs/image';
import type { Activity, Attachment } from '../../contract/activity';
import { AppError } from '../../errors';
import { parseJson } from '../../http/parse-json';
import { readBody } from '../../http/read-body';
import { PICTURE_SCHEME } from '../../pictures/ont-lights';
import { FILE_TYPES, type FileExtension, type FileStore } from '../../records/files';
import { pixelsOf } from './image-size';
import { splitMultipart } from './multipart';

/** Bytes of the files of one message. */
export const UPLOAD_LIMIT = 10 * 1024 * 1024;
/** Bytes of an activity that comes with files, and what multipart itself takes. */
const ACTIVITY_LIMIT = 256 * 1024;
const ENVELOPE = 16 * 1024;
/** Pixels of one picture: more than phones take, and 200 MB once decoded. */
export const PIXELS_LIMIT = 51_000_000;

/** The first bytes of the kinds that are kept; pictures are decoded as well, so that these alone decide nothing. */
const SIGNATURES: [FileExtension, (bytes: Buffer) => boolean][] = [
  ['jpg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  [
    'webp',
    (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  ],
  ['pdf', (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-'],
];

const extensionOf = (bytes: Buffer) => SIGNATURES.find(([, fits]) => fits(bytes))?.[0] ?? null;

const damaged = (cause?: unknown) =>
  new AppError('unsupported-media', 'The picture is damaged and cannot be read.', { cause });

/** Judges by content, never by name, and writes images anew so that no metadata (a place, a device) is kept. */
export async function cleanFile(bytes: Buffer): Promise<{ bytes: Buffer; extension: FileExtension }> {
  const extension = extensionOf(bytes);
  if (extension === null) {
    throw new AppError('unsupported-media', 'Only JPEG, PNG, WebP and PDF can be sent.');
  }
  if (extension === 'pdf') return { bytes, extension };
  // Before anything is decoded: a small file can claim more pixels than this machine has memory for.
  const pixels = pixelsOf(bytes, extension);
  if (pixels === null) throw damaged();
  if (pixels > PIXELS_LIMIT) {
    throw new AppError('too-large', `A picture may have ${PIXELS_LIMIT / 1_000_000} million pixels.`);
  }
  try {
    return { bytes: await redraw(bytes, extension), extension };
  } catch (error) {
    throw damaged(error);
  }
}

function redraw(bytes: Buffer, extension: FileExtension): Promise<Buffer> {
  const image = new Transformer(bytes).rotate();
  if (extension === 'png') return image.png();
  return extension === 'jpg' ? image.jpeg(85) : image.webp(85);
}

/** Where attachments of the log point to: signed into an address only when shown. */
export const FILE_SCHEME = 'file:';

/** Attachments with addresses of this server, those of files for a while; the stored activity keeps ids only. */
export const signAttachments = (
  activity: Activity,
  { sign, baseUrl }: { sign: (id: string) => string; baseUrl: () => string },
): Activity => ({
  ...activity,
  attachments: activity.attachments?.map((each) => {
    const { contentUrl = '' } = each;
    if (contentUrl.startsWith(FILE_SCHEME)) {
      return { ...each, contentUrl: sign(contentUrl.slice(FILE_SCHEME.length)) };
    }
    if (!contentUrl.startsWith(PICTURE_SCHEME)) return each;
    return { ...each, contentUrl: `${baseUrl()}${contentUrl.slice(PICTURE_SCHEME.length)}` };
  }),
});

async function keep(files: FileStore, bytes: Buffer, name: string | undefined): Promise<Attachment> {
  const cleaned = await cleanFile(bytes);
  const id = await files.put(cleaned.bytes, cleaned.extension);
  return {
    contentType: FILE_TYPES[cleaned.extension],
    contentUrl: `${FILE_SCHEME}${id}`,
    name: name?.slice(0, 200),
  };
}

function parseActivity(json: Buffer | null): Record<string, unknown> {
  if (json === null) return { type: 'message' };
  if (json.length > ACTIVITY_LIMIT) {
    throw new AppError('too-large', `The activity part is larger than ${ACTIVITY_LIMIT} bytes.`);
  }
  const activity = parseJson(json, 'The activity part');
  if (typeof activity === 'object' && activity !== null && !Array.isArray(activity)) return { ...activity };
  throw new AppError('bad-request', 'The activity part is not an object.');
}

const nameIn = (disposition: string | undefined): string | undefined =>
  /filename="?([^";]{1,200})"?/i.exec(disposition ?? '')?.[1];

const tooLarge = () => new AppError('too-large', 'Files of one message may have 10 MB in all.');

/** What an upload brought: its activity, without attachments, and its files. */
export interface Upload {
  activity: Record<string, unknown>;
  files: { bytes: Buffer; name: string | undefined }[];
}

/** Reads one upload, one body or multipart, and keeps nothing yet. */
export async function readUpload(request: IncomingMessage): Promise<Upload> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) {
    const bytes = await readBody(request, UPLOAD_LIMIT);
    return {
      activity: { type: 'message' },
      files: [{ bytes, name: nameIn(request.headers['content-disposition']) }],
    };
  }
  const body = await readBody(request, UPLOAD_LIMIT + ACTIVITY_LIMIT + ENVELOPE);
  const { activity: json, files } = await splitMultipart(body, type);
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > UPLOAD_LIMIT) throw tooLarge();
  const { attachments: _dropped, ...activity } = parseActivity(json);
  return { activity, files };
}

/** Cleans and keeps files, one after the other; their bytes are durable once it returns. */
export async function keepFiles(store: FileStore, files: Upload['files']): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  for (const { bytes, name } of files) attachments.push(await keep(store, bytes, name));
  return attachments;
}
