import type { Understanding } from '../contract/understanding';
import { runSteps } from './run-steps';
import { setSlot, stepOf, type Turn, topFrame } from './turn';

/** Takes a message as the answer to an open rating; what is none closes it without a word. Answers whether it was one. */
export function takeScore(turn: Turn, { text }: Understanding): boolean {
  const frame = topFrame(turn);
  const step = stepOf(turn, frame);
  if (!frame || step?.type !== 'survey') return false;
  const score = readScore(text);
  if (score === null) {
    turn.state.frames.pop();
    return false;
  }
  setSlot(turn, frame, step.slot, score);
  turn.effects.push({ type: 'rating', score });
  frame.step = step.next;
  runSteps(turn);
  return true;
}

/** A longer message says something else, whatever number is in it. */
const ANSWER_LIMIT = 16;
const DIGITS: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5 };
/** The unhappy ones first: "不满意" holds "满意". */
const WORDS: [score: number, pattern: RegExp][] = [
  [
    1,
    /^(?:非常|很|特别|太|极其?)不满意|^(?:太|很|非常)?差(?:评|劲)?$|^very (?:dissatisfied|bad)$|^terrible$|^awful$/,
  ],
  [2, /^(?:不太?|有点不)满意|^不好$|^dissatisfied$|^unsatisfied$|^bad$|^poor$/],
  [3, /^一般般?$|^还行$|^还可以$|^凑合$|^ok(?:ay)?$|^average$|^so-so$/],
  [5, /^(?:非常|很|特别|十分)(?:满意|好)$|^满分$|^好评$|^very (?:satisfied|good)$|^excellent$|^great$/],
  [4, /^(?:比较)?满意$|^不错$|^[挺蛮]好的?$|^satisfied$|^good$/],
];

const COURTESY = /^(?:多?谢谢?(?:您|你|师傅)?|感谢|(?:师傅)?辛苦了?|thanks?(?: you)?|thx)$/;

/**
 * "4", "4 分", "给五星吧", "★★★★", "很满意", "一般吧，3分", "5分，谢谢" → the score; null for anything else, for what is off
 * the scale, and for words that do not agree with their number.
 */
export function readScore(text: string): number | null {
  const said = text.normalize('NFKC').trim().toLowerCase();
  if (said.length > ANSWER_LIMIT) return null;
  const parts = said
    .split(/[,，。!！;；~～]+|\.$/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const scores = parts.filter((part) => !COURTESY.test(part)).map(readPart);
  const [first = null] = scores;
  return scores.every((score) => score === first) ? first : null;
}

function readPart(part: string): number | null {
  const said = part.replace(/(?:吧|了|啦|哦|呀|啊)$/u, '').trim();
  const stars = /^(?:[★⭐🌟]\ufe0f?){1,5}$/u.exec(said);
  if (stars) return [...said].filter((each) => each !== '\ufe0f').length;
  const number =
    /^(?:我?(?:给|打|评)个?)?([1-5一二两三四五])(?:[个颗]?[分星]|\/5| ?(?:points?|stars?))?(?: .{1,8})?$/u.exec(
      said,
    );
  if (number?.[1]) return DIGITS[number[1]] ?? Number(number[1]);
  return WORDS.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
}
