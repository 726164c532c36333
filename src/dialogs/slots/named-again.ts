import type { Frame } from '../../contract/dialog';
import type { Understanding } from '../../contract/understanding';
import { repeatQuestion } from '../questions';
import { fold } from '../read-option';
import { redo, runSteps } from '../run-steps';
import type { AskStep, ChooseStep } from '../schema';
import { dialogOf, isFilled, setSlot, type Turn } from '../turn';
import { sayCorrected } from './say-corrected';

type Question = AskStep | ChooseStep;

/** "500吧" after the plan was chosen: an option of an earlier question that is named by its number. */
export function namedAgain(
  turn: Turn,
  frame: Frame,
  step: Question,
  understanding: Understanding,
): { slot: string; value: string } | null {
  const said = fold(understanding.text);
  for (const other of dialogOf(turn, frame)?.steps ?? []) {
    if (other.type !== 'choose' || other.id === step.id || !isFilled(frame.slots[other.slot])) continue;
    const named = other.options.find(({ value }) => said.includes(/\d{2,}/.exec(value)?.[0] ?? '\0'));
    if (named) return { slot: other.slot, value: named.value };
  }
  return null;
}

/** What was chosen before stays or changes; the open question stays. Answers whether it was that. */
export function onNamedAgain(
  turn: Turn,
  frame: Frame,
  step: Question,
  understanding: Understanding,
): boolean {
  const named = namedAgain(turn, frame, step, understanding);
  if (!named) return false;
  if (named.value === frame.slots[named.slot]) {
    repeatQuestion(turn, 'noted');
    return true;
  }
  setSlot(turn, frame, named.slot, named.value);
  sayCorrected(turn, frame, step, [named.slot]);
  redo(turn, frame, named.slot);
  runSteps(turn);
  return true;
}
