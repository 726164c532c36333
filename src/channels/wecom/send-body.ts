import { type Part, textOf } from '../wechat/reply-parts';

/** What WeCom allows in a menu; anything beyond goes as numbered text. */
const HEAD_LIMIT = 1024;
const OPTION_LIMIT = 128;
const OPTIONS_LIMIT = 10;

const fits = (text: string, bytes: number): boolean => Buffer.byteLength(text) <= bytes;

const text = (content: string) => ({ msgtype: 'text', text: { content } });

const menu = (head: string, list: Record<string, unknown>[]) => ({
  msgtype: 'msgmenu',
  msgmenu: { head_content: head, list },
});

function textBody(part: Extract<Part, { type: 'text' }>, canShowMenu: boolean): Record<string, unknown> {
  const { options } = part;
  const canTap =
    canShowMenu &&
    options.length > 0 &&
    options.length <= OPTIONS_LIMIT &&
    fits(part.text, HEAD_LIMIT) &&
    options.every((option) => fits(option, OPTION_LIMIT));
  if (!canTap) return text(textOf(part));
  const list = options.map((content, i) => ({ type: 'click', click: { id: String(i + 1), content } }));
  return menu(part.text, list);
}

/** An article would need a picture of its own: a page is a line to tap below its words. */
function pageBody(part: Extract<Part, { type: 'news' }>, canShowMenu: boolean): Record<string, unknown> {
  const { title, description, url } = part;
  const words = [title, description].filter(Boolean).join('\n');
  if (!canShowMenu || !fits(words, HEAD_LIMIT) || !fits(title, OPTION_LIMIT)) return text(`${words}\n${url}`);
  return menu(words, [{ type: 'view', view: { url, content: title } }]);
}

/** What a message carries, without whom it goes to. `mediaId` is that of the uploaded picture. */
export function sendBody(
  part: Part,
  { canShowMenu, mediaId }: { canShowMenu: boolean; mediaId: string | null },
): Record<string, unknown> {
  switch (part.type) {
    case 'text':
      return textBody(part, canShowMenu);
    case 'news':
      return pageBody(part, canShowMenu);
    case 'image':
      return { msgtype: 'image', image: { media_id: mediaId } };
  }
}

/** The same for where a menu is refused. */
export const withoutMenu = (part: Part): Part =>
  part.type === 'text' ? { ...part, text: textOf(part), options: [] } : part;
