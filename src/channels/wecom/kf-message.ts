import { z } from 'zod';

/** What `sync_msg` gives: a page of messages and events, as far as they are read here. */
const text = (most: number) => z.string().max(most).catch('');
const media = z.object({ media_id: z.string().min(1).max(300) });
const common = { msgid: z.string().min(1).max(128), send_time: z.number().int(), origin: z.number().int() };
const id = z.string().regex(/^[A-Za-z0-9_@.-]{1,128}$/);
const ofCustomer = { ...common, open_kfid: id, external_userid: id };

const messageSchema = z.discriminatedUnion('msgtype', [
  z.object({
    ...ofCustomer,
    msgtype: z.literal('text'),
    text: z.object({ content: z.string().max(10_000) }),
  }),
  z.object({ ...ofCustomer, msgtype: z.literal('image'), image: media }),
  z.object({ ...ofCustomer, msgtype: z.literal('voice'), voice: media }),
  z.object({ ...ofCustomer, msgtype: z.literal('video'), video: media }),
  z.object({ ...ofCustomer, msgtype: z.literal('file'), file: media }),
  z.object({
    ...ofCustomer,
    msgtype: z.literal('location'),
    location: z.object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: text(300).default(''),
      address: text(300).default(''),
    }),
  }),
  z.object({
    ...ofCustomer,
    msgtype: z.literal('link'),
    link: z.object({ title: text(1000).default(''), url: text(4000).default('') }),
  }),
  z.object({
    ...ofCustomer,
    msgtype: z.literal('miniprogram'),
    miniprogram: z.object({ title: text(1000).default('') }),
  }),
]);
/** Business cards, shop orders, forwarded chats and what WeCom may add: that there was one can be said. */
const otherSchema = z.object({ ...ofCustomer, msgtype: z.string().max(60) });
export type KfMessage = z.infer<typeof messageSchema>;
export type OtherMessage = z.infer<typeof otherSchema>;

const ofEvent = { open_kfid: id, external_userid: id };
const eventSchema = z.discriminatedUnion('event_type', [
  z.object({
    ...ofEvent,
    event_type: z.literal('enter_session'),
    scene: text(200).default(''),
    scene_param: text(600).default(''),
    welcome_code: text(200).default(''),
  }),
  z.object({
    ...ofEvent,
    event_type: z.literal('msg_send_fail'),
    fail_msgid: z.string().max(128),
    fail_type: z.number().int(),
  }),
  z.object({
    ...ofEvent,
    event_type: z.literal('session_status_change'),
    /** 1 taken from the pool, 2 passed on, 3 ended, 4 taken up again. */
    change_type: z.number().int(),
    old_servicer_userid: text(100).default(''),
    new_servicer_userid: text(100).default(''),
  }),
]);
export type KfEvent = z.infer<typeof eventSchema>;

/** Who sent it: a customer, the system, or a servicer in WeCom's client. */
const CUSTOMER = 3;
const SYSTEM = 4;

interface Inbound {
  openKfId: string;
  externalUserId: string;
  msgId: string;
  /** Seconds since 1970 UTC. */
  sentAt: number;
}
export type KfInbound = Inbound &
  (
    | { type: 'message'; message: KfMessage }
    | { type: 'other'; kind: string }
    | { type: 'event'; event: KfEvent }
  );

const systemSchema = z.object({ ...common, msgtype: z.literal('event'), event: eventSchema });

/** Reads one entry of a page. Null for what means nothing here: servicers' words, and events of other kinds. */
export function readInbound(entry: unknown): KfInbound | null {
  const head = z.object(common).safeParse(entry).data;
  if (head?.origin === CUSTOMER) return readMessage(entry);
  const system = head?.origin === SYSTEM ? systemSchema.safeParse(entry).data : undefined;
  return system ? { ...headOf({ ...system, ...system.event }), type: 'event', event: system.event } : null;
}

function readMessage(entry: unknown): KfInbound | null {
  const message = messageSchema.safeParse(entry).data;
  if (message) return { ...headOf(message), type: 'message', message };
  const other = otherSchema.safeParse(entry).data;
  return other ? { ...headOf(other), type: 'other', kind: other.msgtype } : null;
}

const headOf = (entry: z.infer<z.ZodObject<typeof ofCustomer>>): Inbound => ({
  openKfId: entry.open_kfid,
  externalUserId: entry.external_userid,
  msgId: entry.msgid,
  sentAt: entry.send_time,
});

export const pageSchema = z.object({
  next_cursor: z.string().max(200).default(''),
  has_more: z.number().default(0),
  msg_list: z.array(z.unknown()).max(2000).default([]),
});
export type KfPage = z.infer<typeof pageSchema>;
