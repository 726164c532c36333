import type { Entity } from '../../contract/understanding';
import { toReadable } from '../normalize';

/** The parts of an address, each as the customer wrote its number or name. */
export interface AddressValue {
  /** All parts in order, as one line. */
  full: string;
  province?: string;
  city?: string;
  district?: string;
  town?: string;
  road?: string;
  number?: string;
  community?: string;
  building?: string;
  unit?: string;
  floor?: string;
  room?: string;
}
type Part = Exclude<keyof AddressValue, 'full'>;

const NUM = '[0-9a-zA-Z]{1,5}(?:-[0-9]{1,4})?|[一二三四五六七八九十百]{1,4}';
/** Verbs and pronouns end a name to the left: "我在中山路" is about 中山路. What names begin with is more than they hold. */
const START =
  '(?![我你您他她它们咱俺在是住到说从了的要不对错里请去给把就那这家帮查看问修报断慢坏改换搬址])\\p{Script=Han}';
const FURTHER = '(?![我你您他在是住了的请说址])\\p{Script=Han}';
const NAME = `${START}(?:${FURTHER}){1,7}?`;
const PROVINCES =
  '河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆';
const patterns: [Part, RegExp][] = [
  ['province', new RegExp(`(?:${PROVINCES})(?:省|(?:壮族|回族|维吾尔)?自治区)`, 'yu')],
  ['city', new RegExp(`${START}(?:${FURTHER}){1,3}?(?<![超菜城门夜])市(?![场民话区])`, 'yu')],
  ['district', new RegExp(`${NAME}(?:(?<![小社园])区|县|村)`, 'yu')],
  ['town', new RegExp(`${NAME}(?:街道|镇|乡)`, 'yu')],
  [
    'road',
    new RegExp(
      `${NAME}(?:大道|大街|路(?:[一二三四五六七八九十东西南北]段)?|街(?!道)|巷|胡同|(?<=[\\p{Script=Han}]路)\\d{1,4}弄)`,
      'yu',
    ),
  ],
  ['number', new RegExp(`(?<![月\\d])(?!\\d{5})(?:${NUM})\\s*号(?!楼|院|线|卡|码)`, 'yu')],
  [
    'community',
    new RegExp(
      `${NAME}(?:小区|花园|国际城|新村|家园|公寓|广场|大厦|苑|府|湾|城|庭|里(?=\\s*[0-9一二三四五六七八九十]))(?!区)(?:[0-9一二三四五六七八九]{1,2}期)?`,
      'yu',
    ),
  ],
  ['building', new RegExp(`(?:${NUM})\\s*(?:号楼|栋|幢|座)`, 'yu')],
  ['unit', new RegExp(`(?:${NUM})\\s*单元`, 'yu')],
  ['floor', new RegExp(`(?:${NUM})\\s*(?:楼|层)`, 'yu')],
  ['room', /[0-9]{3,4}(?:室|房)?(?![0-9兆mM元块天月年])/uy],
];
const GAP = /[\s,，、-]*/y;
/** What stands alone as an answer or a correction: "2栋不是3栋" keeps the first. */
const STRONG: ReadonlySet<Part> = new Set(['road', 'community', 'building', 'unit', 'district', 'town']);

interface Piece {
  part: Part;
  text: string;
  start: number;
  end: number;
}

function pieceAt(text: string, at: number, isInside: boolean): Piece | null {
  for (const [part, pattern] of patterns) {
    // Bare digits are a room only after another part of an address.
    if (part === 'room' && !isInside) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { part, text: match[0], start: at, end: at + match[0].length };
  }
  return null;
}

function runFrom(text: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  for (;;) {
    const piece = pieceAt(text, at, pieces.length > 0);
    if (!piece || pieces.some(({ part }) => part === piece.part)) return pieces;
    pieces.push(piece);
    GAP.lastIndex = piece.end;
    GAP.exec(text);
    at = Math.max(GAP.lastIndex, piece.end);
  }
}

const addressOf = (pieces: Piece[]): AddressValue => ({
  full: pieces.map(({ text }) => text).join(''),
  ...Object.fromEntries(pieces.map(({ part, text }) => [part, text])),
});

/** True right after a word that takes back what follows: "是2栋不是3栋" says nothing of 3栋. */
const isDenied = (text: string, start: number): boolean =>
  /(?:不是|并非|别去|不在)\s*$/u.test(text.slice(0, start));

/**
 * Addresses and parts of them. A run of two parts or more is an `address`, a single one an `address-part`; English
 * addresses of the form "12 Zhongshan Road, building 3, unit 2, room 501" are read as well.
 */
export function findAddresses(raw: string): Entity[] {
  const text = toReadable(raw);
  const found: Entity[] = [];
  for (let at = 0; at < text.length; ) {
    const pieces = runFrom(text, at);
    const first = pieces[0];
    const last = pieces.at(-1);
    if (!first || !last || (pieces.length === 1 && !STRONG.has(first.part) && first.part !== 'number')) {
      at += 1;
      continue;
    }
    at = last.end;
    if (isDenied(text, first.start)) continue;
    const type = pieces.length > 1 ? 'address' : 'address-part';
    found.push({
      type,
      text: raw.slice(first.start, last.end),
      start: first.start,
      end: last.end,
      value: addressOf(pieces),
    });
  }
  return found.length > 0 ? found : findEnglish(raw, text);
}

const ENGLISH: [Part, RegExp][] = [
  [
    'road',
    /\b(?:\d+[a-z]?\s+)?(?:(?!(?:do|you|cover|in|at|on|my|is|are|the|i|we|live|lives|from|to|of|and|address|home|for|near|install|check)\s)[a-z]+\s+){1,3}(?:road|street|avenue|lane|rd\.?|st\.?|ave\.?)\b/i,
  ],
  ['building', /\b(?:building|block|tower)\s+(?:no\.?\s*)?([0-9a-z]{1,4})\b/i],
  ['unit', /\bunit\s+([0-9a-z]{1,4})\b/i],
  ['room', /\b(?:room|flat|apartment|apt\.?)\s+([0-9a-z]{1,5})\b/i],
];

function findEnglish(raw: string, text: string): Entity[] {
  const pieces = ENGLISH.flatMap(([part, pattern]): Piece[] => {
    const match = pattern.exec(text);
    return match
      ? [{ part, text: match[0].trim(), start: match.index, end: match.index + match[0].length }]
      : [];
  }).sort((a, b) => a.start - b.start);
  const [first] = pieces;
  const last = pieces.at(-1);
  if (!first || !last) return [];
  const value = { ...addressOf(pieces), full: pieces.map((piece) => piece.text).join(', ') };
  const type = pieces.length > 1 ? 'address' : 'address-part';
  return [{ type, text: raw.slice(first.start, last.end), start: first.start, end: last.end, value }];
}
