import { z } from 'zod';
import { type Activity, type Attachment, cardActionSchema } from '../../contract/activity';
import { FILE_SCHEME } from '../direct-line/uploads';
import { splitText } from './split-text';
import { writeXml, type XmlFields } from './xml';

/** What one message of WeChat can carry. An activity becomes one part or several; a part is sent as one message. */
export const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), options: z.array(z.string()) }),
  /** A file of ours by its id. */
  z.object({ type: z.literal('image'), file: z.string() }),
  z.object({
    type: z.literal('news'),
    title: z.string(),
    description: z.string(),
    url: z.string(),
    picture: z.string(),
  }),
]);
export type Part = z.infer<typeof partSchema>;

/** Bytes of the text of one message. */
export const TEXT_LIMIT = 2048;

const cardSchema = z.object({
  title: z.string().default(''),
  subtitle: z.string().default(''),
  text: z.string().default(''),
  images: z.array(z.object({ url: z.string() })).default([]),
  buttons: z.array(cardActionSchema).default([]),
});

/** The choices as lines with numbers, which the next turn understands as well as the words. */
const numbered = (options: string[]): string => options.map((option, i) => `\n${i + 1}. ${option}`).join('');

/** The whole text of a part, for where choices cannot be tapped. */
export const textOf = (part: Extract<Part, { type: 'text' }>): string => part.text + numbered(part.options);

function textParts(text: string, options: string[]): Part[] {
  const pieces = splitText(text, TEXT_LIMIT - Buffer.byteLength(numbered(options)));
  return pieces.map((piece, i) => ({
    type: 'text',
    text: piece,
    options: i === pieces.length - 1 ? options : [],
  }));
}

const isWebAddress = (url: string): boolean => /^https?:\/\//.test(url);

/** A card with a page behind it is an article; any other is its words, with its buttons as choices. */
function cardParts(content: unknown): Part[] {
  const card = cardSchema.safeParse(content);
  if (!card.success) return [];
  const { title, subtitle, text, images, buttons } = card.data;
  const words = [subtitle, text].filter(Boolean).join('\n');
  const page = buttons.find(({ type, value }) => type === 'openUrl' && isWebAddress(value));
  if (page) {
    const picture = images.find(({ url }) => isWebAddress(url))?.url ?? '';
    return [{ type: 'news', title: title || page.title, description: words, url: page.value, picture }];
  }
  const options = buttons.filter(({ type }) => type !== 'openUrl').map((button) => button.title);
  return textParts([title, words].filter(Boolean).join('\n'), options);
}

function attachmentParts({ contentType, contentUrl, name, content }: Attachment): Part[] {
  if (contentType === 'application/vnd.microsoft.card.hero') return cardParts(content);
  if (contentType.startsWith('image/') && contentUrl?.startsWith(FILE_SCHEME)) {
    return [{ type: 'image', file: contentUrl.slice(FILE_SCHEME.length) }];
  }
  if (!contentUrl || !isWebAddress(contentUrl)) return [];
  return textParts([name, contentUrl].filter(Boolean).join('\n'), []);
}

/** The messages that a reply becomes, in order; none for a reply that shows nothing. */
export function partsOf({ text = '', suggestedActions, attachments = [] }: Activity): Part[] {
  const options = (suggestedActions?.actions ?? []).map(({ title }) => title);
  return [...textParts(text, options), ...attachments.flatMap(attachmentParts)];
}

/** Who a passive reply goes between: the openid of the customer, and the account as the customer's message named it. */
export interface PassiveAddress {
  openId: string;
  accountId: string;
  now: number;
}

/** A passive reply; choices as numbered text, since it knows no menu. Null for what needs the media API first. */
export function passiveXml(part: Part, { openId, accountId, now }: PassiveAddress): string | null {
  const to: XmlFields = {
    ToUserName: openId,
    FromUserName: accountId,
    CreateTime: Math.floor(now / 1000),
  };
  switch (part.type) {
    case 'text':
      return writeXml({ ...to, MsgType: 'text', Content: textOf(part) });
    case 'news': {
      const { title, description, url, picture } = part;
      const item = { Title: title, Description: description, PicUrl: picture, Url: url };
      return writeXml({ ...to, MsgType: 'news', ArticleCount: 1, Articles: { item } });
    }
    case 'image':
      return null;
  }
}

/** Hands the customer to WeChat's own customer-service client. */
export const transferXml = ({ openId, accountId, now }: PassiveAddress): string =>
  writeXml({
    ToUserName: openId,
    FromUserName: accountId,
    CreateTime: Math.floor(now / 1000),
    MsgType: 'transfer_customer_service',
  });

/** The body of a customer-service send. `mediaId` is that of the uploaded picture. */
export function sendBody(
  part: Part,
  { openId, canShowMenu, mediaId }: { openId: string; canShowMenu: boolean; mediaId: string | null },
): Record<string, unknown> {
  const to = { touser: openId };
  switch (part.type) {
    case 'text': {
      if (part.options.length === 0 || !canShowMenu) {
        return { ...to, msgtype: 'text', text: { content: textOf(part) } };
      }
      const list = part.options.map((content, i) => ({ id: String(i + 1), content }));
      return { ...to, msgtype: 'msgmenu', msgmenu: { head_content: part.text, list, tail_content: '' } };
    }
    case 'image':
      return { ...to, msgtype: 'image', image: { media_id: mediaId } };
    case 'news': {
      const { title, description, url, picture } = part;
      return { ...to, msgtype: 'news', news: { articles: [{ title, description, url, picurl: picture }] } };
    }
  }
}

/** Joins texts that wait, when there are more of them than may be sent; null when they do not fit into one message. */
export function mergeParts(first: Part, second: Part): Part | null {
  if (first.type !== 'text' || second.type !== 'text') return null;
  const merged: Part = { type: 'text', text: `${textOf(first)}\n\n${second.text}`, options: second.options };
  return Buffer.byteLength(textOf(merged)) <= TEXT_LIMIT ? merged : null;
}
