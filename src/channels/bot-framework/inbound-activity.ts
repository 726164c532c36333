import { z } from 'zod';
import { AppError } from '../../errors';

/**
 * What the channel posts, checked whole before anything of it is kept. Fields that nobody here reads are dropped. See
 * the Bot Framework Activity schema; ids are opaque and theirs.
 */
const TEXT_LIMIT = 4000;
/** Bytes, as JSON, of what an event brings. */
const VALUE_LIMIT = 8 * 1024;

const id = z.string().min(1).max(512);
const cut = (length: number) => z.string().transform((value) => value.slice(0, length));
/** Shown, and never decided on: what is odd about it is no reason to refuse a message. */
const name = cut(200).nullish().catch(undefined);

const accountSchema = z.object({ id: z.string().min(1).max(190), name });
export type Account = z.infer<typeof accountSchema>;

const attachmentSchema = z.object({
  contentType: z.string().max(200).default('application/octet-stream'),
  contentUrl: z.string().max(400_000).nullish(),
  name: cut(200).nullish(),
});
export type InboundAttachment = z.infer<typeof attachmentSchema>;

export const inboundActivitySchema = z.object({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  channelId: z.string().regex(/^[\w.:-]{1,60}$/, 'letters, digits, hyphens'),
  serviceUrl: z
    .string()
    .max(1000)
    .refine((value) => URL.canParse(value), 'an address'),
  conversation: z.object({
    id,
    isGroup: z.boolean().nullish(),
    conversationType: z.string().max(50).nullish(),
    tenantId: z.string().max(200).nullish(),
  }),
  from: accountSchema,
  recipient: accountSchema,
  locale: z.string().max(35).nullish().catch(undefined),
  text: z.string().max(TEXT_LIMIT, `at most ${TEXT_LIMIT} characters`).nullish(),
  attachments: z.array(attachmentSchema).max(10).nullish(),
  membersAdded: z.array(accountSchema).max(100).nullish(),
  action: z.string().max(50).nullish(),
  name: z.string().max(200).nullish(),
  code: z.string().max(100).nullish(),
  value: z
    .unknown()
    .refine(
      (value) => value === undefined || Buffer.byteLength(JSON.stringify(value)) <= VALUE_LIMIT,
      `at most ${VALUE_LIMIT} bytes of JSON`,
    )
    .optional(),
});
export type InboundActivity = z.infer<typeof inboundActivitySchema>;

/** Names that reach into what every object inherits. Nobody has a use for them in an activity. */
const hasPrototypeKey = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototypeKey));

/** Throws `bad-request` that names up to five problems, never the values. `body` is no deeper than bodies may be. */
export function readInboundActivity(body: unknown): InboundActivity {
  if (hasPrototypeKey(body)) throw new AppError('bad-request', 'Nothing was kept: "__proto__" is no field.');
  const parsed = inboundActivitySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new AppError('bad-request', `Nothing was kept. To mend: ${problems.slice(0, 5).join('; ')}`);
}

const claimedSchema = z.object({ channelId: z.string().catch(''), serviceUrl: z.string().catch('') });

/** What the token of the request is held against; blank where the body does not say. */
export const readClaimed = (body: unknown): z.infer<typeof claimedSchema> =>
  claimedSchema.catch({ channelId: '', serviceUrl: '' }).parse(body);
