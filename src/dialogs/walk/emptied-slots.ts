import type { Dialog } from '../schema';
import { isAlwaysFilled } from './facts';

/** By dialog: the shared slots that it, or a dialog that it runs, may leave empty. */
export function emptiedSlots(dialogs: ReadonlyMap<string, Dialog>): Map<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  // Dialogs do not run each other in circles: that is a problem of its own.
  const of = (id: string, way: string[]): ReadonlySet<string> => {
    const known = found.get(id);
    const dialog = dialogs.get(id);
    if (known) return known;
    if (!dialog || way.includes(id)) return new Set();
    const own = ownEmptied(dialog);
    const runs = dialog.steps.flatMap((step) => (step.type === 'run' ? [step.dialog] : []));
    const all = new Set([...own, ...runs.flatMap((other) => [...of(other, [...way, id])])]);
    found.set(id, all);
    return all;
  };
  for (const id of dialogs.keys()) of(id, []);
  return found;
}

function ownEmptied({ slots, steps }: Dialog): string[] {
  const everything = new Set(Object.keys(slots));
  return steps.flatMap((step) => {
    if (step.type !== 'set') return [];
    // Filled slots that are handed on count as filled: only what empties a slot outright is asked for.
    const emptying = Object.entries(step.values).filter(([, text]) => !isAlwaysFilled(text, everything));
    return emptying.flatMap(([name]) => (slots[name]?.isShared ? [name] : []));
  });
}

/** Shared slots that some concern of the customer's may empty while another dialog waits. */
export function emptiedElsewhere(
  dialogs: ReadonlyMap<string, Dialog>,
  emptied: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const openable = [...dialogs.values()].filter(({ intents }) => intents.length > 0);
  return new Set(openable.flatMap(({ id }) => [...(emptied.get(id) ?? [])]));
}
