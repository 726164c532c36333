const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

/** A whole number in digits or in Chinese up to 万; null when it is neither. */
export function readNumber(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (/^[零〇一二两三四五六七八九]+$/.test(text)) {
    return Number([...text].map((digit) => DIGITS[digit]).join(''));
  }
  let total = 0;
  let digit = 0;
  for (const character of text) {
    const unit = UNITS[character];
    if (unit !== undefined) {
      total += (digit || 1) * unit;
      digit = 0;
    } else if (DIGITS[character] !== undefined) digit = DIGITS[character] ?? 0;
    else return null;
  }
  return text === '' ? null : total + digit;
}
