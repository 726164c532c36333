/** Mobile numbers of the mainland, with or without +86, in groups or in one; not a part of a longer number. */
const MOBILE = /(?<![\d])((?:\+?86[- ]?)?1[3-9]\d)([- ]?)(\d{4})([- ]?)(\d{4})(?!\d)/g;
/** Landlines with their area code. */
const LANDLINE = /(?<!\d)(0\d{2,3})([- ]?)(\d{3,4})(\d{4})(?!\d)/g;
/** A sealed value, as it stands in the state for the one port that can open it. */
const SEALED = /^s\d+\.[\w-]{20,}$/;

const toHalfWidthDigits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

/** Masks phone numbers: 13800138000 becomes 138****8000. */
export function maskPhones(text: string): string {
  return toHalfWidthDigits(text)
    .replace(MOBILE, (_all, head, gap, _middle, _gap, tail) => `${head}${gap}****${gap}${tail}`)
    .replace(LANDLINE, (_all, area, gap, _middle, tail) => `${area}${gap}****${tail}`);
}

/** Masks phone numbers in every text of a value, however deep, and takes sealed values out. */
export function maskPersonal(value: unknown): unknown {
  if (typeof value === 'string') return SEALED.test(value) ? '•••' : maskPhones(value);
  if (typeof value === 'number')
    return /^1[3-9]\d{9}$/.test(String(value)) ? maskPhones(String(value)) : value;
  if (Array.isArray(value)) return value.map(maskPersonal);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskPersonal(part)]));
}

/** The same without masking phones: for who may see them. Sealed values stay shut. */
export function hideSealed(value: unknown): unknown {
  if (typeof value === 'string') return SEALED.test(value) ? '•••' : value;
  if (Array.isArray(value)) return value.map(hideSealed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, hideSealed(part)]));
}
