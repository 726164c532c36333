import type { Frame } from '../../contract/dialog';
import { labelsOf } from '../questions';
import { type AskStep, type ChooseStep, SEALED_ENTITIES } from '../schema';
import { dialogOf, sayPattern, type Turn } from '../turn';

type Question = AskStep | ChooseStep;

const shownValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'full' in value ? value.full : value;

/** Says what was changed, unless it answers the question. Values that have no words of their own are only noted. */
export function sayCorrected(turn: Turn, frame: Frame, step: Question, corrected: string[]): void {
  const slots = dialogOf(turn, frame)?.slots ?? {};
  const isAnswer = (name: string) => name === step.slot && frame.step === step.id;
  for (const name of corrected.filter((each) => !isAnswer(each))) {
    const value = labelOf(turn, frame, name) ?? shownValue(frame.slots[name]);
    const isShown = typeof value === 'string' && !SEALED_ENTITIES.has(slots[name]?.entity ?? '');
    if (!isShown) sayPattern(turn, 'noted');
    else
      sayPattern(turn, 'corrected', {
        slot: slots[name]?.name[turn.state.locale],
        value,
        entity: slots[name]?.entity,
      });
  }
}

function labelOf(turn: Turn, frame: Frame, name: string): string | null {
  for (const step of dialogOf(turn, frame)?.steps ?? []) {
    if (step.type !== 'choose' || step.slot !== name) continue;
    const at = step.options.findIndex(({ value }) => value === frame.slots[name]);
    if (at >= 0) return labelsOf(turn, step)[at] ?? null;
  }
  return null;
}
