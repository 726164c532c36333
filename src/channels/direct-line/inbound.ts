import { z } from 'zod';
import { activitySchema, isInternalEvent } from '../../contract/activity';
import { DirectLineError } from './errors';

/** What clients may send: checked whole before anything of it is stored. */

/** Characters of one message. */
const TEXT_LIMIT = 4000;
/** Bytes, as JSON, of what is stored and echoed as it came. */
const DATA_LIMIT = 8 * 1024;

const bounded = z
  .unknown()
  .refine(
    (value) => value === undefined || Buffer.byteLength(JSON.stringify(value)) <= DATA_LIMIT,
    `at most ${DATA_LIMIT} bytes of JSON`,
  )
  .optional();

export const inboundSchema = activitySchema
  .pick({ type: true, locale: true, textFormat: true, attachments: true, name: true })
  .extend({
    from: z
      .object({ id: z.string().max(256).default(''), name: z.string().max(256).optional() })
      .default({ id: '' }),
    text: z.string().max(TEXT_LIMIT, `at most ${TEXT_LIMIT} characters`).optional(),
    code: z.string().max(100).optional(),
    value: bounded,
    channelData: bounded,
  });
export type Inbound = z.infer<typeof inboundSchema>;

/** Parses what a client sent. Throws a DirectLineError that names up to five problems, never the values. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new DirectLineError(400, 'BadArgument', where.slice(0, 5).join('; '));
}

/** Reads an activity of a client. Throws a DirectLineError for what does not fit and for what only we may send. */
export function parseInbound(body: unknown): Inbound {
  const inbound = parseBody(inboundSchema, body);
  if (isInternalEvent(inbound.name)) {
    throw new DirectLineError(400, 'BadArgument', `name: "${inbound.name}" is reserved.`);
  }
  if (inbound.attachments?.length) {
    throw new DirectLineError(400, 'BadArgument', 'attachments: send files by the upload call.');
  }
  return inbound;
}

const clientDataSchema = z.looseObject({ clientActivityID: z.string().min(1).max(200) });

/** The client's own id of an activity, by which a second sending is known; null when it gave none. */
export function clientIdOf({ channelData }: Pick<Inbound, 'channelData'>): string | null {
  const data = clientDataSchema.safeParse(channelData);
  return data.success ? data.data.clientActivityID : null;
}

/** Applies the mask to every text in a value; keys stay. The value is no deeper than bodies may be. */
export function maskWithin(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((part) => maskWithin(part, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, maskWithin(part, mask)]));
}

/** Masks channelData but for the client's id, which must come back as it was. */
export function maskChannelData(channelData: unknown, mask: (text: string) => string): unknown {
  const clientActivityID = clientIdOf({ channelData });
  const masked = maskWithin(channelData, mask);
  if (clientActivityID === null || typeof masked !== 'object') return masked;
  return { ...masked, clientActivityID };
}
