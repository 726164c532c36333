import type { Understanding } from '../contract/understanding';
import { repeatQuestion } from './questions';
import { runSteps } from './run-steps';
import { sayPattern, setSlot, stepOf, type Turn, topFrame } from './turn';

const YES = /^(?:👍|👌|🆗|✅|💯|☑|✔)/u;
const THANKS = /^(?:🙏|❤|🌹|💐|🤝|😘)/u;

/** Neither a letter nor a digit: stickers, emoji, "。。。", "???". */
export const isWordless = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text);

/** A thumb up at a question that can be answered with yes. */
export function readThumb(turn: Turn, understanding: Understanding): Understanding {
  const step = stepOf(turn, topFrame(turn));
  const isYesNo = step?.type === 'choose' && step.options.some(({ intents }) => intents.includes('affirm'));
  if (!YES.test(understanding.text.trim()) || !isYesNo) return understanding;
  return { ...understanding, intents: [{ intent: 'affirm', probability: 1 }] };
}

/** A picture at a question that asks for one is its answer. */
export function takeAttachment(turn: Turn): boolean {
  const frame = topFrame(turn);
  const step = stepOf(turn, frame);
  const option = step?.type === 'choose' ? step.options.find(({ isAttachment }) => isAttachment) : undefined;
  if (!frame || frame.waiting || step?.type !== 'choose' || !option) return false;
  setSlot(turn, frame, step.slot, option.value);
  turn.state.misunderstood = 0;
  runSteps(turn);
  return true;
}

/** Acknowledged, and asked to say in words what a machine cannot see. */
export function onWordless(turn: Turn, text: string, hasAttachment: boolean): void {
  const said = text.trim();
  if (hasAttachment) return repeatQuestion(turn, 'attachment');
  if (YES.test(said) || THANKS.test(said))
    return repeatQuestion(turn, THANKS.test(said) ? 'thanks' : 'closing');
  if (/\p{Extended_Pictographic}/u.test(said)) return repeatQuestion(turn, 'wordless');
  greet(turn);
}

/** The greeting with what can be done, once; afterwards a short word, and the open question if there is one. */
export function greet(turn: Turn): void {
  if (topFrame(turn)) return repeatQuestion(turn, 'here');
  const isFirst = turn.state.greetedAt === null;
  turn.state.greetedAt ??= turn.context.now;
  sayPattern(turn, isFirst ? 'greeting' : 'here');
}
