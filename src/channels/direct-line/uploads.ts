import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { Transformer } from '@napi-rs/image';
import type { Activity, Attachment } from '../../contract/activity';
import { AppError } from '../../errors';
import { readBody } from '../../http/read-body';
import { FILE_TYPES, type FileExtension, type FileStore } from '../../records/files';

/** Bytes of one upload request. */
export const UPLOAD_LIMIT = 10 * 1024 * 1024;
const FILES_LIMIT = 5;

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

/** Judges by content, never by name, and writes images anew so that no metadata (a place, a device) is kept. */
export async function cleanFile(bytes: Buffer): Promise<{ bytes: Buffer; extension: FileExtension }> {
  const extension = extensionOf(bytes);
  if (extension === null) {
    throw new AppError('unsupported-media', 'Only JPEG, PNG, WebP and PDF can be sent.');
  }
  if (extension === 'pdf') return { bytes, extension };
  try {
    const image = new Transformer(bytes).rotate();
    if (extension === 'png') return { bytes: await image.png(), extension };
    return { bytes: extension === 'jpg' ? await image.jpeg(85) : await image.webp(85), extension };
  } catch (error) {
    throw new AppError('unsupported-media', 'The picture is damaged and cannot be read.', { cause: error });
  }
}

/** Where attachments of the log point to: signed into an address only when shown. */
export const FILE_SCHEME = 'file:';

/** Attachments with addresses that work for a while; the stored activity keeps ids only. */
export const signAttachments = (activity: Activity, sign: (id: string) => string): Activity => ({
  ...activity,
  attachments: activity.attachments?.map((each) =>
    each.contentUrl?.startsWith(FILE_SCHEME)
      ? { ...each, contentUrl: sign(each.contentUrl.slice(FILE_SCHEME.length)) }
      : each,
  ),
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

interface Parts {
  activity: string | null;
  files: { bytes: Buffer; name: string }[];
}

/** Reads multipart: one `activity` part (application/vnd.microsoft.activity) and `file` parts. */
async function readParts(request: IncomingMessage): Promise<Parts> {
  const parts: Parts = { activity: null, files: [] };
  // Checked by the caller: the content type is there, or this is not multipart.
  const busboy = new Busboy({
    headers: request.headers as BusboyHeaders,
    limits: { files: FILES_LIMIT + 1 },
  });
  let length = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > UPLOAD_LIMIT)
        reject(new AppError('too-large', 'Files of one message may have 10 MB in all.'));
    });
    request.on('error', reject);
    busboy.on('field', (name, value, _nameCut, _valueCut, _encoding, type) => {
      if (name === 'activity' || type === 'application/vnd.microsoft.activity') parts.activity = value;
    });
    busboy.on('file', (field, stream, name, _encoding, type) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const isActivity = field === 'activity' || type === 'application/vnd.microsoft.activity';
        if (isActivity) parts.activity = bytes.toString('utf8');
        else parts.files.push({ bytes, name });
      });
    });
    busboy.on('finish', () => resolve());
    busboy.on('error', (error) =>
      reject(new AppError('bad-request', 'The multipart body is damaged.', { cause: error })),
    );
    request.pipe(busboy);
  });
  return parts;
}

const parseActivity = (text: string | null): Record<string, unknown> => {
  if (text === null) return { type: 'message' };
  try {
    return { ...JSON.parse(text) };
  } catch (error) {
    throw new AppError('bad-request', 'The activity part is not valid JSON.', { cause: error });
  }
};

const nameIn = (disposition: string | undefined): string | undefined =>
  /filename="?([^";]{1,200})"?/i.exec(disposition ?? '')?.[1];

/**
 * Reads one upload, one body or multipart, and keeps its files. Answers the activity without attachments and what
 * was kept; the bytes are durable before anybody accepts the activity.
 */
export async function readUpload(
  request: IncomingMessage,
  files: FileStore,
): Promise<{ activity: Record<string, unknown>; attachments: Attachment[] }> {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) {
    const bytes = await readBody(request, UPLOAD_LIMIT);
    const name = nameIn(request.headers['content-disposition']);
    return { activity: { type: 'message' }, attachments: [await keep(files, bytes, name)] };
  }
  const parts = await readParts(request);
  if (parts.files.length === 0) throw new AppError('bad-request', 'The upload has no file part.');
  if (parts.files.length > FILES_LIMIT) {
    throw new AppError('bad-request', `At most ${FILES_LIMIT} files in one message.`);
  }
  const { attachments: _dropped, ...activity } = parseActivity(parts.activity);
  const attachments: Attachment[] = [];
  for (const { bytes, name } of parts.files) attachments.push(await keep(files, bytes, name));
  return { activity, attachments };
}
