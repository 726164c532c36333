import type { IncomingMessage } from 'node:http';
import type { Activity, Attachment } from '../../contract/activity';
import { AppError } from '../../errors';
import { parseJson } from '../../http/parse-json';
import { readBody } from '../../http/read-body';
import { PICTURE_SCHEME } from '../../pictures/ont-lights';
import { cleanFile } from '../../records/clean-file';
import { FILE_TYPES, type FileStore } from '../../records/files';
import { splitMultipart } from './multipart';

/** Bytes of the files of one message. */
export const UPLOAD_LIMIT = 10 * 1024 * 1024;
/** Bytes of an activity that comes with files, and what multipart itself takes. */
const ACTIVITY_LIMIT = 256 * 1024;
const ENVELOPE = 16 * 1024;
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
