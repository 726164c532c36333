import { normalize } from '../normalize';
import { withDigits } from './numerals';

/**
 * What an answer must not make up: numbers with their units, days, promises, addresses of the web. Each fact is a short
 * text in one form, the same in Chinese and English: `30 day`, `weekday 3`, `word free`.
 */
const UNITS: [unit: string, pattern: string][] = [
  ['money', '元|块钱|块|角|毛|人民币|yuan|rmb|cny|dollars?|usd'],
  ['percent', '%|percent|个百分点'],
  ['workday', '个?工作日|(?:working|business) days?'],
  ['hour', '个?小时|个?钟头|hours?|hrs?|h(?![a-z])'],
  ['minute', '分钟|minutes?|mins?'],
  ['second', '秒钟?|seconds?|secs?'],
  ['week', '个?星期(?![一二三四五六日天\\d])|周(?![一二三四五六日\\d])|weeks?'],
  ['month', '个?月|months?'],
  ['year', '年|years?'],
  ['day', '天|日|号(?!楼|线|码)|days?'],
  ['gigabyte', 'gb|g流量'],
  ['megabit', '兆|m(?:bps|bit)?(?![a-z])'],
  ['gigabit', '千兆|g(?:bps)?(?![a-z])'],
  ['times', '次|遍|times'],
  ['discount', '折'],
  ['fold', '倍'],
];
const NUMBER = new RegExp(
  `([¥￥$])?\\s*(\\d+(?:\\.\\d+)?)\\s?(?:(${UNITS.map(([, pattern]) => pattern).join(')|(')}))?`,
  'gu',
);

const unitOf = (money: string | undefined, groups: (string | undefined)[]): string => {
  if (money) return 'money';
  return UNITS[groups.findIndex((group) => group !== undefined)]?.[0] ?? '';
};

const WEEKDAY = /(?:周|星期|礼拜)([一二三四五六日天])/gu;

const numbersIn = (text: string): string[] =>
  [...withDigits(text.replace(WEEKDAY, ' ')).matchAll(NUMBER)].map(([, money, digits, ...groups]) =>
    `${Number(digits)} ${unitOf(money, groups)}`.trim(),
  );

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];
const ENGLISH_WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const weekdaysIn = (text: string): string[] => [
  ...[...text.matchAll(WEEKDAY)].map(
    ([, day = '']) => `weekday ${WEEKDAYS.indexOf(day === '天' ? '日' : day) + 1}`,
  ),
  ...ENGLISH_WEEKDAYS.flatMap((day, i) => (text.includes(day) ? [`weekday ${i + 1}`] : [])),
];

/** Words that promise, price or date something: an answer may use them only where its source does. */
const WORDS: RegExp[] = [
  /我们?(?:保证|承诺|确保|担保)|\b(?:i|we) (?:promise|guarantee|ensure|assure)/gu,
  /免费|不收费|不要钱|不用钱|白送|(?<![\d.])0元|\bfree\b|no (?:charge|cost|fee)|without (?:charge|cost)/gu,
  /赠送|送您|赠品|礼品|奖励|\bgift|\bbonus|\breward/gu,
  /退款|退费|退还|退钱|返还|返现|\brefund|money back|cash ?back|reimburse/gu,
  /赔偿|补偿|赔付|赔您|违约金|\bcompensat/gu,
  /减免|免除|豁免|免收|\bwaiv|exempt/gu,
  /优惠|打折|折扣|便宜|降价|特价|半价|\bdiscount|\bcheaper|\bsale\b/gu,
  /升级|提速|\bupgrade/gu,
  /保证|承诺|担保|确保|包您|一定会|一定能|必定|必须会|\bguarantee|\bpromise|\bassure|\bensure|\bdefinitely|\bcertainly/gu,
  /马上|立即|立刻|即刻|当场|当天|随即|秒|immediately|right away|at once|instantly|same day/gu,
  /最晚|最迟|之内|以内|内(?:完成|修|解决|处理|到|恢复|联系)|\bwithin\b|no later than|\bat the latest/gu,
  /今天|今晚|明天|后天|今日|明日|本周|下周|本月|下月|\btoday\b|\btonight\b|\btomorrow\b|(?:this|next) (?:week|month)/gu,
  /无限|不限|永久|终身|终生|\bunlimited|\bforever|\blifetime|\bpermanent/gu,
  /已经?(?:为您|帮您|给您|替您)|(?:为您|帮您|给您)(?:办理|登记|取消|开通|退|安排|提交)|\b(?:i|we)(?:'ve| have) (?:\w+ ){0,2}(?:cancel|register|refund|open|arrang|submit|book|chang)/gu,
  /我(?:来|会|去|马上|们会|们来)|\b(?:i|we)(?:'ll| will)\b/gu,
];
/** "免 费", "免·费": a word with gaps is still the word. */
const GAPS = /(?<=\p{Script=Han})[\s·.\-_*~]+(?=\p{Script=Han})/gu;
const wordsIn = (text: string): string[] =>
  WORDS.flatMap((pattern) => [...text.replace(GAPS, '').matchAll(pattern)].map(([word]) => `word ${word}`));

/** Names that hold a number: 5g, cat6, wpa3. Another number is another thing. */
const MIXED = /\b(?:[a-z]+-?\d+[a-z]*|\d+[a-z]+)\b/g;
const mixedIn = (text: string): string[] => (text.match(MIXED) ?? []).map((name) => `name ${name}`);

/** Where somebody could be led to: addresses of the web, accounts and mails. */
const PLACES =
  /https?:\/\/\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[a-z0-9-]+\.(?:com|cn|net|org|top|xyz|vip|cc|io|me|info|app|link)\b\S*|(?:微信|qq|vx|wechat)\s?(?:号|群|id)?[:： ]\s?[\w-]{4,}/giu;
const placesIn = (text: string): string[] => [...text.matchAll(PLACES)].map(([place]) => `place ${place}`);

/** The facts that a text states. */
export function factsIn(text: string): Set<string> {
  const folded = normalize(text);
  const found = [numbersIn, weekdaysIn, wordsIn, placesIn, mixedIn].flatMap((find) => find(folded));
  return new Set(found);
}

const bare = (fact: string): string => fact.split(' ')[0] ?? '';

/** A number without a unit fits any unit; one with a unit fits only its like. */
export const isFactIn = (fact: string, known: Set<string>): boolean =>
  known.has(fact) ||
  (/^[\d.]+$/.test(fact) && [...known].some((other) => /^[\d.]/.test(other) && bare(other) === fact));

/** The facts of a text that no source states. */
export function unknownFacts(text: string, sources: string[]): string[] {
  const known = new Set(sources.flatMap((source) => [...factsIn(source)]));
  return [...factsIn(text)].filter((fact) => !isFactIn(fact, known));
}
