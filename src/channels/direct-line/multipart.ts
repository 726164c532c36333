import { Busboy } from '@fastify/busboy';
import { AppError } from '../../errors';

/** Files of one message. */
export const FILES_LIMIT = 5;
/** Other fields that a form may carry; they mean nothing here. */
const FIELDS_LIMIT = 10;

export interface Parts {
  activity: Buffer | null;
  files: { bytes: Buffer; name: string }[];
}

const isActivity = (name: string | undefined, type: string | undefined): boolean =>
  name === 'activity' || type === 'application/vnd.microsoft.activity';

const refused = (message: string, cause?: unknown) => new AppError('bad-request', message, { cause });

function openBusboy(contentType: string): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        files: FILES_LIMIT + 1,
        fields: FIELDS_LIMIT,
        parts: FILES_LIMIT + 1 + FIELDS_LIMIT,
        fieldSize: 1024,
        headerPairs: 20,
      },
      isPartAFile: (name, type, fileName) => fileName !== undefined || isActivity(name, type),
    });
  } catch (error) {
    throw refused('The multipart body has no boundary that can be read.', error);
  }
}

/**
 * Splits multipart: at most one `activity` part (application/vnd.microsoft.activity) and `file` parts. Throws
 * `bad-request` for what is damaged, cut off or more than that.
 */
export async function splitMultipart(body: Buffer, contentType: string): Promise<Parts> {
  const busboy = openBusboy(contentType);
  const activities: Buffer[] = [];
  const files: Parts['files'] = [];
  await new Promise<void>((resolve, reject) => {
    const damaged = (error: unknown) => reject(refused('The multipart body is damaged.', error));
    busboy.on('file', (field, stream, name, _encoding, type) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', damaged);
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        if (isActivity(field, type)) activities.push(bytes);
        else files.push({ bytes, name: name ?? '' });
      });
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      busboy.on(limit, () =>
        reject(refused(`At most ${FILES_LIMIT} files and one activity in one message.`)),
      );
    }
    busboy.on('finish', resolve);
    busboy.on('error', damaged);
    busboy.end(body);
  });
  if (activities.length > 1) throw refused('The upload has more than one activity part.');
  if (files.length > FILES_LIMIT) throw refused(`At most ${FILES_LIMIT} files in one message.`);
  if (files.length === 0) throw refused('The upload has no file part.');
  return { activity: activities[0] ?? null, files };
}
