/**
 * A phone number as it is stored and compared: digits only, without +86 before a mobile number. Answers null for
 * what is neither a mobile number of the mainland nor a landline with its area code.
 */
export function readPhone(text: string): string | null {
  const digits = text
    .slice(0, 40)
    .replace(/[\s()-]/g, '')
    .replace(/^(?:\+|00)?86(?=1[3-9]\d{9}$)/, '');
  return isMobile(digits) || /^0\d{2,3}\d{7,8}$/.test(digits) ? digits : null;
}

/** Only mobile numbers take text messages. */
export const isMobile = (phone: string): boolean => /^1[3-9]\d{9}$/.test(phone);
