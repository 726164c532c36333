/** Values of numbers as people write them: digits of any width, Chinese numerals, English words. */
const DIGITS: Record<string, number> = Object.fromEntries(
  [...'零一二三四五六七八九'].map((digit, value) => [digit, value]),
);
Object.assign(DIGITS, {
  〇: 0,
  两: 2,
  幺: 1,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
});
const POWERS: Record<string, number> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
  万: 10_000,
  亿: 100_000_000,
};

export const CHINESE_NUMERAL = /[零〇一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿]+/gu;

/** "一百二十" → 120, "一百二" → 120, "三零零" → 300, "两万" → 20000. */
export function readChineseNumeral(text: string): number {
  if (![...text].some((character) => character in POWERS))
    return Number([...text].map((digit) => DIGITS[digit] ?? 0).join(''));
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let lastPower = 1;
  for (const character of text) {
    const power = POWERS[character];
    if (power === undefined) {
      digit = DIGITS[character] ?? 0;
      if (digit === 0) lastPower = 10;
    } else if (power >= 10_000) {
      total = (total + section + (digit ?? 0) || 1) * power;
      [section, digit, lastPower] = [0, null, power];
    } else {
      section += (digit ?? 1) * power;
      [digit, lastPower] = [null, power];
    }
  }
  // "一百二" leaves the smaller unit out.
  return total + section + (digit ?? 0) * (lastPower >= 100 ? lastPower / 10 : 1);
}

const ENGLISH: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
  dozen: 12,
  once: 1,
  twice: 2,
  double: 2,
  triple: 3,
  half: 0.5,
};
const WORD = new RegExp(
  `\\b(?:one|${Object.keys(ENGLISH).join('|')})\\b(?:[ -](?:and )?(?:${Object.keys(ENGLISH).join('|')})\\b)*`,
  'g',
);

function readEnglishNumeral(words: string): number {
  let total = 0;
  for (const word of words.split(/[ -]/)) {
    const value = word === 'one' ? 1 : ENGLISH[word];
    if (value === undefined) continue;
    total = value >= 100 ? Math.max(total, 1) * value : total + value;
  }
  return total;
}

/** Words that hold a numeral and mean no number. */
const IDIOMS =
  /一下|一般|一起|一直|一定|一样|一些|一点(?!钟|半|\d)|一边|一旦|一并|一律|一致|统一|万一|唯一|第一时间|十分(?![钟之])|千万(?!元|块)|一会儿?|一切|同一|任一|另一|其一|逐一|进一步|看一看|试一试|查一查|再三|乱七八糟|三方|四川|九江|三亚|五一|八一|百度|万科|one (?:of|more|another)|no one|any ?one|every ?one|some ?one|which one|this one|that one|the one/gu;

/** Where numerals are all digits: "三天" → "3天", "fifteen days" → "15 days". The text is normalised before. */
export const withDigits = (text: string): string =>
  text
    .replace(IDIOMS, ' ')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/百分之([零〇一二三四五六七八九两十百]+|\d+(?:\.\d+)?)/gu, (_all, share: string) =>
      /\d/.test(share) ? `${share}%` : `${readChineseNumeral(share)}%`,
    )
    .replace(
      /([零〇一二三四五六七八九两十百千万]+)点([零〇一二三四五六七八九]+)(?!钟|半|分)/gu,
      (_all, whole: string, part: string) =>
        `${readChineseNumeral(whole)}.${[...part].map((digit) => DIGITS[digit] ?? 0).join('')}`,
    )
    .replace(/(\d+(?:\.\d+)?)\s?([百千万亿])/gu, (_all, digits: string, power: string) =>
      String(Number(digits) * (POWERS[power] ?? 1)),
    )
    .replace(CHINESE_NUMERAL, (numeral) => ` ${readChineseNumeral(numeral)}`)
    .replace(/半(?=[个天年月日小时价点])/gu, ' 0.5')
    .replace(WORD, (words) => String(readEnglishNumeral(words)));
