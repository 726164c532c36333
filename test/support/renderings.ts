import { toWire } from '../../src/channels/bot-framework/to-wire';
import {
  partsOf,
  passiveXml,
  TEXT_LIMIT,
  sendBody as wechatBody,
} from '../../src/channels/wechat/reply-parts';
import { readXml } from '../../src/channels/wechat/xml';
import { sendBody as wecomBody } from '../../src/channels/wecom/send-body';
import { type Activity, activitySchema } from '../../src/contract/activity';
import type { Reply } from '../../src/contract/dialog';

/** What a customer has before them: what is read, what can be tapped, and where a limit of the channel is passed. */
export interface Shown {
  texts: string[];
  taps: string[];
  broken: string[];
}
type Render = (activity: Activity) => Shown;

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

export const renderings: Record<string, Render> = {
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
};

const bare = (text: string): string => text.replace(/\s+/gu, '');
/** Nothing that a channel without markup would show as signs. */
const MARKUP =
  /(?<![*\w])\*\*[^*\s][^*]*\*\*(?!\*)|(?<!\w)__\w+__|```|^#{1,6} |\[[^\]]+\]\([^)]+\)|<\/?[a-z]+>/mu;

/** What is lost or broken of a reply in a rendering. */
export function renderingProblems(reply: Reply, render: Render): string[] {
  const { texts, taps, broken } = render(activityOf(reply));
  const read = texts.join('\n');
  const numbers = reply.quickReplies.map((option, i) => `${i + 1}. ${option}`);
  const isReachable = (i: number): boolean =>
    taps[i] === reply.quickReplies[i] || read.split('\n').includes(numbers[i] ?? '');
  const whole = [reply.text, ...(taps.length > 0 ? [] : numbers)].join('\n');
  return [
    ...broken,
    ...(bare(read) === bare(whole) ? [] : [`shows "${read}"`]),
    ...reply.quickReplies.flatMap((option, i) => (isReachable(i) ? [] : [`"${option}" cannot be chosen`])),
    ...(MARKUP.test(reply.text) ? ['has markup'] : []),
    ...(textsOverlap(reply.quickReplies) ? ['two choices read the same'] : []),
  ];
}

const textsOverlap = (options: string[]): boolean => new Set(options.map(bare)).size < options.length;

/** The number that a customer types for a choice that is shown in a line. */
export const typedNumbers = ({ quickReplies }: Reply): string[] => quickReplies.map((_, i) => String(i + 1));
