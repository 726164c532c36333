import { byPattern } from '../patterns';
import { readNumber } from './read-number';

/** Megabits a second. */
export const findSpeeds = byPattern(
  'speed',
  /(?<![\w.])(\d+(?:\.\d+)?|[一二两三四五六七八九百千十]{1,6})\s*(兆|千兆|mbps|mb\/s|gbps|m(?![a-z])|g(?![a-z]))(?!\s*的?流量)/gi,
  ([, number = '', unit = '']) => {
    const value = unit === '千兆' ? (readNumber(number) ?? 1) : readNumber(number);
    if (value === null || value <= 0) return undefined;
    // "5G" is a generation of mobile networks, "2.4G" a band of Wi-Fi.
    if (/^g$/i.test(unit) && /^(?:[3-6]|2\.4)$/.test(number)) return undefined;
    return /千兆|^g/i.test(unit) ? value * 1000 : value;
  },
);

/** Yuan; a bare number only right after words for paying, "两百多" only of hundreds. */
export const findAmounts = byPattern(
  'amount',
  /(?<=话费|充值?了?|多?扣了?|交了|缴了)(\d{1,4}(?:\.\d{1,2})?)(?![\d个张次月年天号点分秒兆块元%.a-z])|([一二两三四五六七八九]百)多(?:块钱?)?(?![兆m人户个])|(?:[¥￥]\s*(\d+(?:\.\d{1,2})?))|(\d+块\d)(?![\d个张次月年天件项笔M兆])|(\d+(?:\.\d{1,2})?|[一二两三四五六七八九十百千万]{1,8})\s*(?:元|块钱|块|yuan|rmb|cny)/gi,
  // "19块9" is 19.9.
  ([, paid, vague, sign, pieces, words]) =>
    readNumber(paid ?? vague ?? sign ?? pieces?.replace('块', '.') ?? words ?? '') ?? undefined,
);
