import type { Understanding } from '../contract/understanding';
import type { ChooseStep } from './schema';

/** Bounds the work on hostile text: an answer is short. */
const ANSWER_LIMIT = 300;

const ORDINALS: [number, RegExp][] = [
  [
    1,
    /^(?:第?(?:1|一|①|壹)(?:个|项|种|款|条|号)?|[前上]面?(?:那|这)?一?个|前者|头一个|a|(?:the )?(?:first|1st)(?: one| option)?|(?:option|number|no\.?) ?1|one)$/,
  ],
  [
    2,
    /^(?:第?(?:2|二|②|两|贰)(?:个|项|种|款|条|号)?|[后下]面?(?:那|这)?一?个|后者|b|(?:the )?(?:second|2nd)(?: one| option)?|(?:option|number|no\.?) ?2|two)$/,
  ],
  [
    3,
    /^(?:第?(?:3|三|③|叁)(?:个|项|种|款|条|号)?|最后(?:那|这)?一?个|c|(?:the )?(?:third|3rd|last)(?: one| option)?|(?:option|number|no\.?) ?3|three)$/,
  ],
];

export const fold = (text: string): string =>
  text.slice(0, ANSWER_LIMIT).normalize('NFKC').trim().toLowerCase();

/** "2", "②", "第二个吧", "要得，选2", "the second one" → 2; null when no part of the answer is the number of an option. */
export function readOrdinal(text: string): number | null {
  const parts = text.slice(0, ANSWER_LIMIT).split(/[,，。;；!！\n]+/u);
  return parts.map(readOrdinalPart).find((ordinal) => ordinal !== null) ?? null;
}

function readOrdinalPart(text: string): number | null {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^(?:那|嗯|好|就|我)*(?:就?(?:选|要|约|用|定)(?:择)?)?/u, '')
    .replace(/[\s.。、，,!！)）吧呀啊哈了嘛的]+$/u, '')
    .replace(/^[(（\s]+/u, '')
    .normalize('NFKC');
  return ORDINALS.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
}

/** Words that turn the one after them round: "没有松动" does not say 松动. */
const NEGATION = /(?:没有?|不|未|别|无|冇|唔|莫|\bnot |n't |\bno )(?:有|得|是|太|怎么|很|要|用|想)?$/u;

/** One character is yes only where it is nearly all that a clause says: 好 in "好像点错了" or 是 in "可是" is not. */
const ASSENT = new Set(['是', '好', '对', '行']);
const ASSENTING =
  /^(?:嗯|哦|噢|呃|额|啊|哎|欸|那|就|也|都|当然|肯定|确实|我看|我觉得|可以|没错|没问题|要得|得|ok|yes| )*(?:[是好对行](?:的|嘞|吧|啊|呀|呢|嘛|咯|咧|了|滴|哒|哦|噢|啦|哈|嗯| )*)+(?:(?:就)?(?:这样|这个|那个|我的|我家|它|办|来|麻烦|谢谢|辛苦|师傅|您|你|了|吧|号码?|电话))*$/u;
/** "是不是" and "好不好" ask: they say neither the one nor the other. */
const ASKED = /([是好对行能要])不\1/gu;

/** How a word is said: as it stands, or only denied; Latin words count only whole. Null when it is not there. */
function howSaid(said: string, word: string): 'plain' | 'denied' | null {
  if (ASSENT.has(word)) {
    const clauses = said.split(/[,，。;；!！?？、~～…\n]+/u);
    return clauses.some((clause) => clause.includes(word) && ASSENTING.test(clause.trim())) ? 'plain' : null;
  }
  const isLatin = /^[a-z0-9' ]+$/.test(word);
  let found: 'denied' | null = null;
  for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1)) {
    const around = `${said[at - 1] ?? ' '}${said[at + word.length] ?? ' '}`;
    const isWhole = !isLatin || !/[a-z0-9]/.test(around);
    if (!isWhole) continue;
    if (!NEGATION.test(said.slice(Math.max(0, at - 8), at))) return 'plain';
    found = 'denied';
  }
  return found;
}

/** True when a word is said and not denied. */
export const isSaid = (said: string, word: string): boolean => howSaid(said, word) === 'plain';

/**
 * The option that an answer means: its number, its words, a word of its own, or an intent that stands for it.
 * `labels` are the options' words as they were shown.
 */
export function readOption(step: ChooseStep, understanding: Understanding, labels: string[]): string | null {
  const said = fold(understanding.text);
  const names = step.options.map(({ label, value }, i) =>
    [labels[i] ?? label.zh, label.zh, label.en, value].map(fold),
  );
  const exact = step.options.find((_option, i) => names[i]?.includes(said));
  if (exact) return exact.value;
  const ordinal = readOrdinal(understanding.text);
  if (ordinal !== null) return step.options[ordinal - 1]?.value ?? null;
  // The longest word that was said decides: "没有松动" is about 没有, not about 松动.
  const stated = said.replace(ASKED, ' ');
  const words = step.options.flatMap((option, i) =>
    [...(names[i] ?? []), ...option.words, ...option.mentions].map((word, n) => {
      const folded = fold(word);
      const isMention = n >= (names[i] ?? []).length + option.words.length;
      return { value: option.value, length: folded.length, how: howSaid(stated, folded), isMention };
    }),
  );
  const plain = words.filter(({ how }) => how === 'plain').sort((a, b) => b.length - a.length);
  // "重启过了，好了": what was done before counts less than what came of it.
  const byWord = plain.find(({ isMention }) => !isMention) ?? plain[0];
  if (byWord) return byWord.value;
  const intents = understanding.intents.map(({ intent }) => intent);
  const byIntent = step.options.find((option) => option.intents.some((intent) => intents.includes(intent)));
  // "冇松" says neither 没有 nor 松: what is denied points to the option that stands for "no".
  const no = step.options.find((option) => option.intents.includes('deny'));
  const isDenied = words.some(({ how, value }) => how === 'denied' && value !== no?.value);
  return byIntent?.value ?? (isDenied ? no?.value : undefined) ?? null;
}
