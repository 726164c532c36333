import { z } from 'zod';
import { AppError } from '../../errors';

/** Every message type and event that WeChat delivers, as zod sees it after the XML was read. Ids of 64 bits are texts. */
const text = z.string().max(10_000);
const mediaId = z.string().min(1).max(300);
const seconds = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const common = { ToUserName: text.min(1).max(100), FromUserName: text.min(1).max(100), CreateTime: seconds };
const ofUser = { ...common, MsgId: z.string().regex(/^\d{1,20}$/) };

const messageSchema = z.discriminatedUnion('MsgType', [
  z.object({
    ...ofUser,
    MsgType: z.literal('text'),
    Content: text.default(''),
    bizmsgmenuid: text.optional(),
  }),
  z.object({ ...ofUser, MsgType: z.literal('image'), MediaId: mediaId, PicUrl: text.optional() }),
  z.object({
    ...ofUser,
    MsgType: z.literal('voice'),
    MediaId: mediaId,
    Format: z.string().max(20).default('amr'),
    Recognition: text.optional(),
  }),
  z.object({ ...ofUser, MsgType: z.literal('video'), MediaId: mediaId, ThumbMediaId: text.optional() }),
  z.object({ ...ofUser, MsgType: z.literal('shortvideo'), MediaId: mediaId, ThumbMediaId: text.optional() }),
  z.object({
    ...ofUser,
    MsgType: z.literal('location'),
    Location_X: z.coerce.number().min(-90).max(90),
    Location_Y: z.coerce.number().min(-180).max(180),
    Scale: text.optional(),
    Label: text.max(300).default(''),
  }),
  z.object({
    ...ofUser,
    MsgType: z.literal('link'),
    Title: text.default(''),
    Description: text.default(''),
    Url: text.default(''),
  }),
]);

const ofEvent = { ...common, MsgType: z.literal('event') };
const key = text.max(600).default('');
const eventSchema = z.discriminatedUnion('Event', [
  z.object({ ...ofEvent, Event: z.literal('subscribe'), EventKey: key, Ticket: text.optional() }),
  z.object({ ...ofEvent, Event: z.literal('unsubscribe'), EventKey: key }),
  z.object({ ...ofEvent, Event: z.literal('SCAN'), EventKey: key, Ticket: text.optional() }),
  z.object({ ...ofEvent, Event: z.literal('CLICK'), EventKey: key }),
  z.object({ ...ofEvent, Event: z.literal('VIEW'), EventKey: key }),
  z.object({ ...ofEvent, Event: z.literal('LOCATION'), EventKey: key }),
  z.object({
    ...ofEvent,
    Event: z.literal('TEMPLATESENDJOBFINISH'),
    EventKey: key,
    MsgID: z.string().max(40),
    Status: z.string().max(200),
  }),
  z.object({ ...ofEvent, Event: z.literal('kf_create_session'), EventKey: key, KfAccount: text.max(100) }),
  z.object({ ...ofEvent, Event: z.literal('kf_close_session'), EventKey: key, KfAccount: text.max(100) }),
  z.object({
    ...ofEvent,
    Event: z.literal('kf_switch_session'),
    EventKey: key,
    FromKfAccount: text.max(100),
    ToKfAccount: text.max(100),
  }),
  z.object({ ...ofEvent, Event: z.literal('subscribe_msg_popup_event'), EventKey: key }),
]);

/** A kind that WeChat may add: acknowledged, and nothing else. */
const unknownSchema = z.object({ ...common, MsgType: text.max(40), Event: text.max(60).optional() });

export type UserMessage = z.infer<typeof messageSchema>;
export type WechatEvent = z.infer<typeof eventSchema>;
export type Inbound =
  | { type: 'message'; message: UserMessage }
  | { type: 'event'; event: WechatEvent }
  | { type: 'unknown'; kind: string };

const KINDS: ReadonlySet<string> = new Set(messageSchema.options.map((option) => option.shape.MsgType.value));
const EVENTS: ReadonlySet<string> = new Set(eventSchema.options.map((option) => option.shape.Event.value));

/** Reads the fields of a message. Throws `bad-request` for one of a known kind that lacks what it must have. */
export function readInbound(fields: Record<string, string>): Inbound {
  const common = parse(unknownSchema, fields);
  if (common.MsgType === 'event' && EVENTS.has(common.Event ?? '')) {
    return { type: 'event', event: parse(eventSchema, fields) };
  }
  if (KINDS.has(common.MsgType)) return { type: 'message', message: parse(messageSchema, fields) };
  return { type: 'unknown', kind: common.Event ?? common.MsgType };
}

function parse<Schema extends z.ZodType>(schema: Schema, fields: Record<string, string>): z.infer<Schema> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new AppError('bad-request', `The message of WeChat lacks or garbles: ${where}.`);
}

/**
 * The same delivery has the same key, however often WeChat sends it: MsgId, and for events what happened when.
 * Account and user scope it, since they are the conversation.
 */
export function dedupeKeyOf(inbound: Extract<Inbound, { type: 'message' | 'event' }>): string {
  if (inbound.type === 'message') return `msg:${inbound.message.MsgId}`;
  const { CreateTime, Event, EventKey } = inbound.event;
  return `event:${CreateTime}:${Event}:${EventKey}`;
}
