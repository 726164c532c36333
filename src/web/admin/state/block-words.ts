import type { Locale } from '../../../contract/activity';

/** Why a draft cannot be published yet, in Chinese; what is not known here is shown as it is. */
const WORDS: [RegExp, string][] = [
  [/^The draft as it stands was not tried yet.*$/, '现在的草稿还没有试跑，请先试跑。'],
  [/^The draft is being tried.*$/, '正在试跑，请等试跑完成。'],
  [/^The draft could not be tried: (.+) Try it again\.$/, '试跑没有完成，请重新试跑。'],
  [
    /^(\d+) of (\d+) scripted conversations fail \((.+)\): .*$/,
    '$2 段脚本对话有 $1 段没有通过（$3）：请改对话，或改过时的脚本。',
  ],
  [
    /^No scripted conversation comes to (.+): .*$/,
    '没有脚本对话走到 $1：请在 dialogs/conversations/ 里写一段。',
  ],
  [
    /^Intents are understood worse: (\S+) → (\S+) right, (\S+) → (\S+) wrong; (\S+) is allowed\. .*$/,
    '意图听得更差：正确 $1 → $2，误认 $3 → $4，允许 $5。请看下面混淆的意图。',
  ],
  [
    /^(\d+) differences to past conversations were refused \((.+)\): .*$/,
    '有 $1 类不同没有接受（$2）：请改草稿。',
  ],
  [
    /^(\d+) kinds of differences to past conversations are to be accepted or refused: .*$/,
    '还有 $1 类不同没有看过：请逐类接受或不接受。',
  ],
  [/^The content has problems.*$/, '内容还有问题，请逐个改好。'],
  [/^A slot may be empty where it is needed.*$/, '有信息项用到时可能是空的，请先填好。'],
];

export function blockWords(message: string, locale: Locale): string {
  if (locale === 'en') return message;
  const found = WORDS.find(([pattern]) => pattern.test(message));
  return found ? message.replace(found[0], found[1]) : message;
}
