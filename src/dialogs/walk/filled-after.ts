import type { Dialog } from '../schema';
import { slotsOf, targetsOf } from '../step-parts';

/** Steps that a dialog can stand at with a slot filled; null for a slot that customers may fill at any time. */
export function stepsFilledAt(dialog: Dialog, slot: string): ReadonlySet<string> | null {
  const isMentioned = dialog.steps.some(
    (step) =>
      step.type === 'choose' && step.slot === slot && step.options.some((each) => each.mentions.length > 0),
  );
  if (isMentioned || dialog.slots[slot]?.entity !== undefined || dialog.slots[slot]?.isShared) return null;
  const steps = new Map(dialog.steps.map((step) => [step.id, step]));
  const fillers = dialog.steps.filter((step) => slotsOf(step).some(([, name]) => name === slot));
  const open = fillers.flatMap((step) => targetsOf(step).map(([, target]) => target));
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps.get(id);
    if (!step || reached.has(id)) continue;
    reached.add(id);
    open.push(...targetsOf(step).map(([, target]) => target));
  }
  return reached;
}
