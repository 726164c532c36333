import { z } from 'zod';

/** What a customer, or a servicer in WeCom's own client, does in the simulated WeCom. */
const words = z.string().max(2000);
export const actionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: words }),
  z.object({ type: z.literal('tap'), text: words, option: z.int().min(1).max(10) }),
  z.object({ type: z.literal('image'), bytes: z.base64().max(8_000_000) }),
  z.object({ type: z.literal('voice') }),
  z.object({ type: z.literal('video'), bytes: z.base64().max(8_000_000) }),
  z.object({ type: z.literal('file'), bytes: z.base64().max(8_000_000) }),
  z.object({ type: z.literal('location'), label: words, latitude: z.number(), longitude: z.number() }),
  z.object({ type: z.literal('link'), title: words, url: words }),
  z.object({ type: z.literal('other'), kind: z.string().max(40) }),
  z.object({ type: z.literal('enter'), scene: words.default('') }),
  z.object({
    type: z.literal('servicer'),
    step: z.enum(['take', 'pass', 'end']),
    servicer: z.string().max(60).default('zhangsan'),
    next: z.string().max(60).default('lisi'),
  }),
]);
export type Action = z.infer<typeof actionSchema>;
type CustomerAction = Exclude<Action, { type: 'enter' | 'servicer' }>;

/** A message of a customer as a page of `sync_msg` has it. */
export function contentOf(
  action: CustomerAction,
  keepMedia: (bytes: Buffer, contentType: string) => string,
): Record<string, unknown> {
  const media = (type: string, bytes: Buffer, contentType: string) => ({
    msgtype: type,
    [type]: { media_id: keepMedia(bytes, contentType) },
  });
  switch (action.type) {
    case 'text':
      return { msgtype: 'text', text: { content: action.text } };
    case 'tap':
      return { msgtype: 'text', text: { content: action.text, menu_id: String(action.option) } };
    case 'image':
      return media('image', Buffer.from(action.bytes, 'base64'), 'image/jpeg');
    case 'voice':
      return media('voice', Buffer.from('#!AMR'), 'audio/amr');
    case 'video':
      return media('video', Buffer.from(action.bytes, 'base64'), 'video/mp4');
    case 'file':
      return media('file', Buffer.from(action.bytes, 'base64'), 'application/octet-stream');
    case 'location': {
      const { label: address, latitude, longitude } = action;
      return { msgtype: 'location', location: { latitude, longitude, name: '', address } };
    }
    case 'link': {
      const { title, url } = action;
      return { msgtype: 'link', link: { title, desc: '', url, pic_url: '' } };
    }
    case 'other':
      return { msgtype: action.kind, [action.kind]: {} };
  }
}

/** What the customer's phone shows of it. */
export function wordsOf(action: Action): string {
  switch (action.type) {
    case 'text':
    case 'tap':
      return action.text;
    case 'image':
      return '🖼 图片';
    case 'voice':
      return '🎤 语音';
    case 'video':
      return '🎞 视频';
    case 'file':
      return '📎 文件';
    case 'location':
      return `📍 ${action.label}`;
    case 'link':
      return `🔗 ${action.title}`;
    case 'other':
      return `（${action.kind}）`;
    case 'enter':
      return '进入了会话';
    case 'servicer':
      return { take: '接待人员接入', pass: '转给了另一位接待人员', end: '接待人员结束了会话' }[action.step];
  }
}
