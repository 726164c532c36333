import type { Entity } from '../../../contract/understanding';
import { toReadable } from '../../normalize';
import type { EntityFinder } from '../patterns';
import { type AddressValue, addressOf, type Part, type Piece } from './address-value';
import { findEnglishAddress } from './find-english';
import { type Gazetteer, NO_PLACES } from './gazetteer';
import { isOpenName, partPatterns } from './parts';

const GAP = /[\s,，、-]*/y;
/** What stands alone as an answer or a correction: "2栋不是3栋" keeps the first. */
const STRONG: ReadonlySet<Part> = new Set(['road', 'community', 'building', 'unit', 'district', 'town']);
/** What is named once only; of an estate its stage or a second name may follow. */
const MAY_REPEAT: ReadonlySet<Part> = new Set(['community']);

/** The piece at a place: a name that the operator knows, else the first pattern, of open names the shortest. */
function pieceAt(text: string, at: number, pieces: Piece[], { nameAt }: Gazetteer): Piece | null {
  const known = nameAt(text, at);
  if (known) return { ...known, start: at, end: at + known.text.length };
  let best: Piece | null = null;
  for (const [part, pattern] of partPatterns) {
    // Bare digits are a room only after another part of an address.
    if (part === 'room' && pieces.length === 0) continue;
    if (best && !isOpenName(part)) break;
    if (isOpenName(part) && pieces.some((piece) => piece.part === part) && !MAY_REPEAT.has(part)) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const piece = { part, text: match[0], start: at, end: at + match[0].length };
    if (!isOpenName(part)) return piece;
    if (!best || piece.end < best.end) best = piece;
  }
  return best;
}

/** Pieces that follow each other from here; two names of an estate that touch become one, of two apart the last counts. */
function runFrom(text: string, start: number, gazetteer: Gazetteer): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  for (;;) {
    const piece = pieceAt(text, at, pieces, gazetteer);
    if (!piece || (pieces.some(({ part }) => part === piece.part) && !MAY_REPEAT.has(piece.part)))
      return pieces;
    const last = pieces.at(-1);
    if (last?.part === piece.part && last.end === piece.start)
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text, end: piece.end };
    else pieces.push(piece);
    GAP.lastIndex = piece.end;
    GAP.exec(text);
    at = Math.max(GAP.lastIndex, piece.end);
  }
}

/** True right after a word that takes back what follows: "是2栋不是3栋" says nothing of 3栋. */
const isDenied = (text: string, start: number): boolean =>
  /(?:不是|并非|别去|不在|不要去)\s*$/u.test(text.slice(0, start));

/** "2楼" and "6号" are a part of an address when they are all that is said; elsewhere "二楼的wifi" is where it is slow. */
const isAnswer = (text: string, { part, text: words, start, end }: Piece): boolean =>
  (part !== 'city' || words.endsWith('市')) &&
  part !== 'province' &&
  /^[\s是在住我家,，]*$/u.test(text.slice(0, start)) &&
  /^[\s,，。.!！吧呀的]*$/u.test(text.slice(end));

/** The number of a room after the word for it: "房号301", "门牌号错了，应该是1204". */
const ROOM = /(?:房号|房间号|室号|门牌号?|几零几)[^\d]{0,8}?(\d{3,4})(?!\d)/u;

function roomIn(text: string): Piece[] {
  const match = ROOM.exec(text);
  const room = match?.[1];
  if (!match || !room) return [];
  const start = match.index + match[0].length - room.length;
  return [{ part: 'room', text: room, start, end: start + room.length }];
}

function findRuns(text: string, gazetteer: Gazetteer): Piece[][] {
  const runs: Piece[][] = [];
  for (let at = 0; at < text.length; ) {
    const pieces = runFrom(text, at, gazetteer);
    const [first] = pieces;
    const last = pieces.at(-1);
    const isLone = first && pieces.length === 1 && !STRONG.has(first.part);
    if (!first || !last || (isLone && first.part !== 'number' && !isAnswer(text, first))) {
      at += 1;
      continue;
    }
    at = last.end;
    if (!isDenied(text, first.start)) runs.push(pieces);
  }
  return runs;
}

function entityOf(raw: string, pieces: Piece[], value: AddressValue): Entity[] {
  const [first] = pieces;
  const last = pieces.at(-1);
  if (!first || !last) return [];
  const { start, end } = { start: first.start, end: last.end };
  const type = pieces.length > 1 ? 'address' : 'address-part';
  return [{ type, text: raw.slice(start, end), start, end, value }];
}

/**
 * Finds addresses and parts of them, with the service area of those that the operator's `areas.yaml` knows. A run of two
 * parts or more is an `address`, a single one an `address-part`; English addresses of the form "12 Zhongshan Road,
 * building 3, unit 2, room 501" are read as well.
 */
export function addressFinder(gazetteer: Gazetteer): EntityFinder {
  return (raw) => {
    const text = toReadable(raw);
    const runs = findRuns(text, gazetteer);
    const all = runs.length > 0 ? runs : [roomIn(text)];
    const found = all.flatMap((pieces) => entityOf(raw, pieces, gazetteer.locate(addressOf(pieces))));
    if (found.length > 0) return found;
    const english = findEnglishAddress(text);
    return entityOf(raw, english, gazetteer.locate(addressOf(english, ', ')));
  };
}

/** The same without any service areas. */
export const findAddresses = addressFinder(NO_PLACES);
