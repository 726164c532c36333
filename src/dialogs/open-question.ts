import type { DialogContext, DialogState } from '../contract/dialog';
import type { OpenQuestion } from '../contract/understanding';
import { copyPlain } from './copy-plain';
import { labelsOf } from './questions';
import { type DialogSet, SEALED_ENTITIES } from './schema';
import { dialogOf, newTurn, render, stepOf, topFrame } from './turn';

/** The question that the running dialog waits for an answer to; null when it waits for none. Pure. */
export function openQuestionOf(
  set: DialogSet,
  state: DialogState,
  context: DialogContext,
): OpenQuestion | null {
  const turn = newTurn(set, copyPlain(state), context);
  const frame = topFrame(turn);
  const step = stepOf(turn, frame);
  if (!frame || frame.waiting || (step?.type !== 'ask' && step?.type !== 'choose')) return null;
  const slots = Object.entries(dialogOf(turn, frame)?.slots ?? {}).flatMap(
    ([name, { entity, name: title }]) =>
      entity && entity !== 'text' && !SEALED_ENTITIES.has(entity)
        ? [{ name, title: title[state.locale], entity }]
        : [],
  );
  return {
    text: render(turn, step.prompt),
    options: step.type === 'choose' ? labelsOf(turn, step) : [],
    slots,
  };
}
