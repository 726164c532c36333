import type { Frame } from '../contract/dialog';
import type { Understanding } from '../contract/understanding';
import type { AskStep, ChooseStep } from './schema';
import { fillSlots, fits } from './slots/fill-slots';
import { sayCorrected } from './slots/say-corrected';
import { dialogOf, stopWaiting, type Turn, topFrame } from './turn';

/** The running dialog, and below it those that wait for it to end: what is said may be about any of them. */
export function runChain(turn: Turn): Frame[] {
  const frames = [...turn.state.frames].reverse();
  const end = frames.findIndex(({ isRun }) => isRun !== true);
  return end < 0 ? frames : frames.slice(0, end + 1);
}

/** Goes on at a step of a dialog of the chain; what it runs is over. */
export function goOnAt(turn: Turn, frame: Frame, step: string): void {
  const { frames } = turn.state;
  for (const above of frames.splice(frames.indexOf(frame) + 1)) stopWaiting(turn, above);
  frame.step = step;
}

/** A dialog below the running one that has taken a fact. */
export interface Below {
  frame: Frame;
  /** Whether something was changed rather than added. */
  isCorrected: boolean;
  /** Whether that leads the waiting dialog elsewhere. */
  isMoved: boolean;
}

/**
 * Facts that the running dialog has no slot for, for the dialogs that wait for it: a correction of the plan while the
 * visit is chosen. Null when none of them takes anything.
 */
export function fillBelow(
  turn: Turn,
  step: AskStep | ChooseStep,
  understanding: Understanding,
): Below | null {
  const own = Object.values(dialogOf(turn, topFrame(turn))?.slots ?? {});
  const isOwn = (entity: Understanding['entities'][number]) => own.some((slot) => fits(entity, slot.entity));
  const rest = { ...understanding, entities: understanding.entities.filter((entity) => !isOwn(entity)) };
  for (const frame of runChain(turn).slice(1)) {
    const below = fillOne(turn, frame, step, rest);
    if (below) return below;
  }
  return null;
}

function fillOne(turn: Turn, frame: Frame, step: AskStep | ChooseStep, said: Understanding): Below | null {
  const { frames } = turn.state;
  // Rules and texts are read with the slots of the dialog that is on top.
  const above = frames.splice(frames.indexOf(frame) + 1);
  const before = frame.step;
  const { filled, corrected } = fillSlots(turn, frame, said, null);
  sayCorrected(turn, frame, step, corrected);
  frames.push(...above);
  if (filled.length + corrected.length === 0) return null;
  return { frame, isCorrected: corrected.length > 0, isMoved: frame.step !== before };
}
