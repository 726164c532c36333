import type { Locale } from '../contract/activity';

/**
 * The tone rules of docs/copy.md as far as a machine can hold them. They judge what a customer reads: a text with its
 * template filled in.
 */
export interface CopyText {
  text: string;
  locale: Locale;
  /** `label`: a quick reply; `name`: part of other texts; `bubble`: a message of its own. */
  kind: 'bubble' | 'label' | 'name';
  /** Confirmations, points of a contract, words of safety. */
  isLong: boolean;
}

export interface CopyFault {
  rule: string;
  message: string;
  remedy: string;
}

interface WordRule {
  rule: string;
  pattern: RegExp;
  remedy: string;
}

const CHINESE: WordRule[] = [
  { rule: 'you-form', pattern: /你/u, remedy: '用"您"' },
  {
    rule: 'no-endearment',
    pattern: /(?<![父母双])亲(?![自人戚身历口笔友情属切近])/u,
    remedy: '用"您"，不用"亲"',
  },
  {
    rule: 'exact-time',
    pattern: /尽快|尽早|稍后|稍等|稍候|耐心等|很快就|不久/u,
    remedy: '说具体时刻，如"今天 18:40 前"，做不到就直说',
  },
  // "马上" only with an act that happens with these very words.
  {
    rule: 'at-once',
    pattern: /(?:马上|立刻|立即)(?!转|请|停下|打|拨|通知|离开)/u,
    remedy: '"马上"后面要跟当场做的事（马上转…、马上通知…），否则说时刻',
  },
  {
    rule: 'inside-words',
    pattern: /系统|后台|接口|数据库|流转|报错|异常代码|字段|节点|机器学习/u,
    remedy: '说清楚：怎么了、我做了什么、接下来谁在什么时候做什么',
  },
  {
    rule: 'no-blame',
    pattern: /不归我管|系统就这样|您没说清楚|您说错|您搞错|规定就是/u,
    remedy: '不推给客户，说能做什么',
  },
  {
    rule: 'no-documents',
    pattern: /请(?:发|提供|输入).{0,6}(?:身份证|银行卡|密码)/u,
    remedy: '聊天里不要证件、卡号和密码',
  },
];

const ENGLISH: WordRule[] = [
  { rule: 'no-endearment', pattern: /\bdear\b|\bhoney\b/iu, remedy: 'say "you"' },
  {
    rule: 'exact-time',
    pattern: /\basap\b|as soon as possible|\bshortly\b|\bsoon\b(?! as)|be patient|please wait|a moment/iu,
    remedy: 'name a time, such as "today 18:40", or say that it cannot be done',
  },
  {
    rule: 'inside-words',
    pattern: /\bsystem\b|\bbackend\b|\bdatabase\b|\bworkflow\b|\bnull\b/iu,
    remedy: 'say what happened and what is done',
  },
  {
    rule: 'no-blame',
    pattern: /\byou were not clear|not my job|your mistake/iu,
    remedy: 'say what can be done',
  },
  { rule: 'one-language', pattern: /\p{Script=Han}/u, remedy: 'English words only' },
];

const BOTH: WordRule[] = [
  {
    rule: 'no-emotion-marks',
    pattern: /\p{Extended_Pictographic}|[!！]|[~～]/u,
    remedy: 'no emoji and no exclamation mark: the same words reach somebody who complains',
  },
  { rule: 'masked-phone', pattern: /(?<!\d)1[3-9]\d{9}(?!\d)/u, remedy: 'show phones as {{ … | phone }}' },
  {
    rule: 'filled-in',
    pattern: /\{\{|\{%|undefined|NaN|\[object/u,
    remedy: 'the template leaves something open',
  },
];

/** Characters of a message; English needs more of them for the same. */
const LENGTH = { zh: { normal: 60, long: 120 }, en: { normal: 150, long: 300 } } as const;
const LABEL_LENGTH = { zh: 20, en: 32 } as const;
/** A message says one thing; its points and confirmations take one sentence more. */
const SENTENCES = { zh: { normal: 2, long: 3 }, en: { normal: 3, long: 4 } } as const;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

function lengthFaults({ text, locale, kind, isLong }: CopyText): CopyFault[] {
  const size = isLong ? 'long' : 'normal';
  const limit = kind === 'label' ? LABEL_LENGTH[locale] : LENGTH[locale][size];
  const length = [...text].length;
  if (length <= limit) return [];
  const message = `${length} characters, at most ${limit}: "${text}"`;
  return [{ rule: 'length', message, remedy: 'say one thing, or split it in two messages' }];
}

function shapeFaults({ text, locale, isLong }: CopyText): CopyFault[] {
  const ends = locale === 'zh' ? /[。！？]+/gu : /[.!?]+(?=\s|$)/gu;
  const limit = SENTENCES[locale][isLong ? 'long' : 'normal'];
  const sorry = locale === 'zh' ? /对不起|抱歉|不好意思/gu : /\bsorry\b|\bapologi[sz]e\b/giu;
  const faults: [isFault: boolean, fault: CopyFault][] = [
    [
      count(text, ends) > limit,
      { rule: 'sentences', message: `more than ${limit} sentences: "${text}"`, remedy: 'say one thing' },
    ],
    [
      count(text, /[?？]/gu) > 1,
      { rule: 'one-question', message: `two questions: "${text}"`, remedy: 'ask one thing at a time' },
    ],
    [
      count(text, sorry) > 1,
      { rule: 'one-apology', message: `two apologies: "${text}"`, remedy: 'apologise once' },
    ],
  ];
  return faults.flatMap(([isFault, fault]) => (isFault ? [fault] : []));
}

/** All that is wrong with one text as a customer sees it. */
export function findCopyFaults(copy: CopyText): CopyFault[] {
  const words = [...(copy.locale === 'zh' ? CHINESE : ENGLISH), ...BOTH].flatMap(
    ({ rule, pattern, remedy }) => {
      const found = pattern.exec(copy.text);
      return found ? [{ rule, message: `"${found[0]}" in "${copy.text}"`, remedy }] : [];
    },
  );
  if (copy.kind === 'name') return words;
  return [...words, ...lengthFaults(copy), ...(copy.kind === 'bubble' ? shapeFaults(copy) : [])];
}
