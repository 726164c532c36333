import { type Activity, activitySchema } from '../contract/activity';
import type { Reply } from '../contract/dialog';
import { toWire } from './bot-framework/to-wire';
import { partsOf, passiveXml, TEXT_LIMIT, sendBody as wechatBody } from './wechat/reply-parts';
import { readXml } from './wechat/xml';
import { sendBody as wecomBody } from './wecom/send-body';

/** What a customer has before them: what is read, what can be tapped, and where a limit of the channel is passed. */
export interface Shown {
  texts: string[];
  taps: string[];
  broken: string[];
}
export type Render = (activity: Activity) => Shown;

/** The activity of a reply, as a turn makes it. */
export const activityOf = ({ text, quickReplies }: Reply): Activity => ({
  type: 'message',
  text,
  from: { id: 'bot', role: 'bot' },
  suggestedActions:
    quickReplies.length > 0
      ? { actions: quickReplies.map((title) => ({ type: 'imBack' as const, title, value: title })) }
      : undefined,
});

const over = (what: string, text: string, bytes: number): string[] =>
  Buffer.byteLength(text) > bytes ? [`${what} has more than ${bytes} bytes`] : [];
/** Buttons below a message on a narrow page. */
const BUTTON_LIMIT = 40;

/** Pages and apps: the activity as it stands in the log. */
const inLog: Render = (activity) => {
  const { text = '', suggestedActions } = activitySchema.parse(activity);
  const taps = (suggestedActions?.actions ?? []).map(({ value }) => value);
  const wide = taps.filter((tap) => tap.length > BUTTON_LIMIT);
  return { texts: [text], taps, broken: wide.map((tap) => `the button "${tap}" is too long`) };
};

const wechatPassive: Render = (activity) => {
  const address = { openId: 'o', accountId: 'a', now: 0 };
  const texts = partsOf(activity).map((part) => readXml(passiveXml(part, address) ?? '').Content ?? '');
  return {
    texts: texts.map(String),
    taps: [],
    broken: texts.flatMap((text) => over('a text', String(text), TEXT_LIMIT)),
  };
};

interface Carried {
  text?: { content: string };
  msgmenu?: { head_content: string; list: { content?: string; click?: { content: string } }[] };
}

/** Customer-service messages of WeChat and WeCom: texts and menus. */
const carried =
  (
    bodyOf: (part: ReturnType<typeof partsOf>[number]) => unknown,
    limits: { head: number; option: number },
  ): Render =>
  (activity) => {
    const bodies = partsOf(activity).map((part) => bodyOf(part) as Carried);
    const taps = bodies.flatMap(({ msgmenu }) =>
      (msgmenu?.list ?? []).map((item) => item.content ?? item.click?.content ?? ''),
    );
    const heads = bodies.flatMap(({ msgmenu }) => msgmenu?.head_content ?? []);
    const texts = bodies.map(({ text, msgmenu }) => text?.content ?? msgmenu?.head_content ?? '');
    return {
      texts,
      taps,
      broken: [
        ...texts.flatMap((text) => over('a text', text, TEXT_LIMIT)),
        ...heads.flatMap((head) => over('the head of a menu', head, limits.head)),
        ...taps.flatMap((tap) => over(`the choice "${tap}"`, tap, limits.option)),
        ...(taps.length > 10 ? ['more than 10 choices'] : []),
      ],
    };
  };

const wechatMenu = (canShowMenu: boolean) =>
  carried((part) => wechatBody(part, { openId: 'o', canShowMenu, mediaId: null }), {
    head: 2048,
    option: 2048,
  });
const wecomMenu = (canShowMenu: boolean) =>
  carried((part) => wecomBody(part, { canShowMenu, mediaId: null }), { head: 1024, option: 128 });

interface Wire {
  text?: string;
  textFormat?: string;
  suggestedActions?: { actions: { value: string }[] };
  attachments?: { content: { text: string; buttons: { value: string }[] } }[];
}

/** How many choices each shows as buttons; the others get a card or numbers. */
const botFramework =
  (channelId: string, limit: number): Render =>
  (activity) => {
    const party = { id: 'p', name: 'p' };
    const reference = {
      channelId,
      serviceUrl: 'https://b.example/',
      conversation: { id: 'c' },
      bot: party,
      user: party,
    };
    const wire = toWire({ activity, replyTo: null }, reference, (id) => id) as Wire;
    const cards = (wire.attachments ?? []).map(({ content }) => content);
    const actions = wire.suggestedActions?.actions ?? [];
    return {
      texts: [wire.text ?? '', ...cards.map(({ text }) => text)].filter(Boolean),
      taps: [...actions, ...cards.flatMap(({ buttons }) => buttons)].map(({ value }) => value),
      broken: [
        ...(wire.textFormat === 'plain' ? [] : ['the text is taken for markup']),
        ...(actions.length > limit ? [`more than ${limit} buttons`] : []),
        ...(cards.some(({ buttons }) => buttons.length > 6) ? ['more than 6 buttons on a card'] : []),
      ],
    };
  };

/** What customers of each channel have before them, by the same code that sends it. */
export const renderings = {
  web: inLog,
  app: inLog,
  'wechat in the answer': wechatPassive,
  'wechat with a menu': wechatMenu(true),
  'wechat without a menu': wechatMenu(false),
  'wecom with a menu': wecomMenu(true),
  'wecom without a menu': wecomMenu(false),
  'bot-framework directline': botFramework('directline', 100),
  'bot-framework msteams': botFramework('msteams', 0),
  'bot-framework slack': botFramework('slack', 0),
  'bot-framework telegram': botFramework('telegram', 100),
  'bot-framework facebook': botFramework('facebook', 10),
  'bot-framework line': botFramework('line', 13),
  'bot-framework sms': botFramework('sms', 0),
} satisfies Record<string, Render>;
