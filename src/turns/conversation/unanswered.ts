import type { ChannelId } from '../../contract/activity';
import type { Effect } from '../../contract/dialog';

type Unanswered = Extract<Effect, { type: 'unanswered' }>;

/** What is written in the place of what tells of a person. */
const MARKS: Record<string, string> = {
  phone: '[电话]',
  'id-card': '[证件号]',
  'order-number': '[单号]',
  'broadband-account': '[账号]',
  address: '[地址]',
  'address-part': '[地址]',
  person: '[姓名]',
  ssid: '[网络名]',
  'one-time-code': '[验证码]',
};
const TEXT_LIMIT = 200;

/** What the finders may have missed: addresses of mail and web, accounts, long numbers however they are grouped. */
const LEFT: [RegExp, string][] = [
  [/[\w.+-]{1,64}@[\w.-]{1,64}/g, '[邮箱]'],
  [/\b(?:https?:\/\/|www\.)\S+/gi, '[链接]'],
  [/(?<![\w-])(?=[\w-]{0,40}\d)(?=[\w-]{0,40}[a-z])[\w-]{8,40}(?![\w-])/gi, '[账号]'],
  [/\d(?:[ -]?\d){5,}/g, '[数字]'],
];

/** A question without what tells of the person who put it; at most 200 characters. */
export function maskQuestion(text: string, parts: Unanswered['parts']): string {
  let masked = text;
  for (const { type, start, end } of [...parts].sort((a, b) => b.start - a.start)) {
    const mark = MARKS[type];
    if (mark) masked = `${masked.slice(0, start)}${mark}${masked.slice(end)}`;
  }
  for (const [pattern, mark] of LEFT) masked = masked.normalize('NFKC').replace(pattern, mark);
  return masked.trim().slice(0, TEXT_LIMIT);
}

/** The record of a question that had no answer: nothing of it leads back to the conversation. */
export const unansweredOf = ({ text, locale, parts, chosen }: Unanswered, channel: ChannelId) => ({
  text: maskQuestion(text, parts),
  locale,
  channel,
  ...(chosen === undefined ? {} : { chosen }),
});
