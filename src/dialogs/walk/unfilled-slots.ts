import type { Dialog, Step } from '../schema';
import { expressionsOf, type Part, textsOf } from '../step-parts';
import { type Filled, filledWhen, isAlwaysFilled, readsUnfilled } from './facts';
import { stepsFilledAt } from './filled-after';
import { shownUnasked } from './text-slots';

/** A step that reads a slot which may be empty when the dialog comes to it. */
export interface UnfilledSlot {
  step: number;
  path: PropertyKey[];
  slot: string;
}

type Edge = [to: string, filled: Filled];

const add = (filled: Filled, ...names: string[]): Filled => new Set([...filled, ...names]);
const less = (filled: Filled, names: readonly string[]): Filled =>
  new Set([...filled].filter((name) => !names.includes(name)));
const meet = (a: Filled | undefined, b: Filled): Filled =>
  a === undefined ? b : new Set([...a].filter((name) => b.has(name)));

/**
 * Slots that are read into although they may be empty: on some way through the dialog nothing fills them. Every way is
 * walked: answers, refusals, time-outs, errors, corrections, shortcuts, dialogs that are run. `emptied` names, by
 * dialog, the shared slots that it may leave empty; where the customer may begin another concern (`elsewhere`) those
 * are not to be relied on.
 */
export function findUnfilledSlots(
  dialog: Dialog,
  emptied: ReadonlyMap<string, ReadonlySet<string>>,
  elsewhere: ReadonlySet<string>,
): UnfilledSlot[] {
  const before = filledBefore(dialog, emptied, elsewhere);
  return dialog.steps.flatMap((step, i) => {
    const filled = before.get(step.id);
    return filled ? readsOf(step, filled).map(([path, slot]) => ({ step: i, path, slot })) : [];
  });
}

/** What is filled for sure before each step that can be come to: the least that any way to it brings along. */
function filledBefore(
  dialog: Dialog,
  emptied: ReadonlyMap<string, ReadonlySet<string>>,
  elsewhere: ReadonlySet<string>,
): Map<string, Filled> {
  const shared = Object.entries(dialog.slots).flatMap(([name, { isShared }]) => (isShared ? [name] : []));
  const world = { dialog, emptied, unsure: shared.filter((name) => elsewhere.has(name)) };
  const steps = new Map(dialog.steps.map((step) => [step.id, step]));
  const before = new Map<string, Filled>();
  const open: Edge[] = [[dialog.steps[0]?.id ?? '', new Set()]];
  for (let edge = open.pop(); edge; edge = open.pop()) {
    const [id, filled] = edge;
    const step = steps.get(id);
    const old = before.get(id);
    const now = meet(old, filled);
    if (!step || (old && old.size === now.size)) continue;
    before.set(id, now);
    open.push(...edgesOf(step, now, world));
  }
  return before;
}

interface World {
  dialog: Dialog;
  emptied: ReadonlyMap<string, ReadonlySet<string>>;
  /** Shared slots that another concern may have emptied meanwhile. */
  unsure: readonly string[];
}

function edgesOf(step: Step, filled: Filled, world: World): Edge[] {
  const waited = less(filled, world.unsure);
  switch (step.type) {
    case 'say':
      return [[step.next, filled]];
    case 'ask':
    case 'choose':
      return [
        [step.next, add(waited, ...(step.skipWhen ? [] : [step.slot]))],
        ...(step.onFail ? [[step.onFail, waited] satisfies Edge] : []),
        ...(step.type === 'choose' && step.stale ? [[step.stale.next, filled] satisfies Edge] : []),
        ...leaps(step.id, waited, world),
      ];
    case 'survey':
      return [[step.next, add(waited, step.slot)]];
    case 'set':
      return [[step.next, afterSet(step.values, filled)]];
    case 'branch':
      return branchEdges(step, filled);
    case 'call':
    case 'work-order':
      return [
        [step.next, add(waited, step.saveAs)],
        [step.onTimeout, waited],
        [step.onError, waited],
        ...corrections(null, waited, world.dialog),
      ];
    case 'answer':
      return [
        [step.next, filled],
        [step.otherwise, filled],
      ];
    case 'run':
      return [[step.next, less(filled, [...(world.emptied.get(step.dialog) ?? [])])]];
    case 'handoff':
      return step.resumeAt ? [[step.resumeAt, waited]] : [];
    case 'end':
      return [];
  }
}

/** Ways that any question leaves open: words that lead elsewhere, and corrections. */
const leaps = (at: string, filled: Filled, { dialog }: World): Edge[] => [
  ...dialog.shortcuts.map(({ next }): Edge => [next, filled]),
  ...corrections(at, filled, dialog),
];

/** A correction leads back only where something was derived from the slot, or is being found out (`at` null). */
const corrections = (at: string | null, filled: Filled, dialog: Dialog): Edge[] =>
  Object.entries(dialog.slots).flatMap(([name, { onCorrect }]): Edge[] => {
    if (!onCorrect) return [];
    const isDerived = onCorrect.forget.some((slot) => stepsFilledAt(dialog, slot)?.has(at ?? '') ?? true);
    if (at !== null && !isDerived) return [];
    return [[onCorrect.next, add(less(filled, onCorrect.forget), name)]];
  });

/** Values are set one after the other. */
function afterSet(values: Record<string, string>, filled: Filled): Filled {
  let after = filled;
  for (const [name, text] of Object.entries(values))
    after = isAlwaysFilled(text, after) ? add(after, name) : less(after, [name]);
  return after;
}

function branchEdges({ cases, otherwise }: Extract<Step, { type: 'branch' }>, filled: Filled): Edge[] {
  const edges: Edge[] = [];
  let left = filled;
  for (const { when, next } of cases) {
    edges.push([next, add(left, ...filledWhen(when, true))]);
    left = add(left, ...filledWhen(when, false));
  }
  return [...edges, [otherwise, left]];
}

function readsOf(step: Step, filled: Filled): Part[] {
  return [...expressionReads(step, filled), ...textReads(step, filled)];
}

function expressionReads(step: Step, filled: Filled): Part[] {
  let known = filled;
  return expressionsOf(step).flatMap(([path, text]): Part[] => {
    const found = readsUnfilled(text, known).map((slot): Part => [path, slot]);
    // A case is looked at only when those before it did not hold; a value of `set` sees those before it.
    if (step.type === 'branch') known = add(known, ...filledWhen(text, false));
    if (step.type === 'set') known = afterSet({ [String(path[1])]: text }, known);
    return found;
  });
}

/** A text that is said; what whoever works on an order reads may have gaps. */
const textReads = (step: Step, filled: Filled): Part[] =>
  textsOf(step)
    .filter(([path]) => path[0] !== 'summary' && path.at(-1) === 'zh')
    .flatMap(([path, text]) =>
      shownUnasked(text)
        .filter((slot) => !filled.has(slot))
        .map((slot): Part => [path, slot]),
    );
