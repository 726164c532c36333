import { AppError } from '../../errors';
import type { Dialog, Step } from '../schema';
import { targetsOf } from '../step-parts';
import { insertIn, insertLines, itemLines, removeIn, setIn, valueAt, yamlValue } from './edit-yaml';
import { readDialog } from './read-dialog';
import type { Path } from './yaml-places';

/** In which order the parts of a step are written. */
const ORDER = [
  'id',
  'type',
  'operation',
  'kind',
  'dialog',
  'article',
  'slot',
  'summary',
  'say',
  'text',
  'prompt',
  'retry',
  'validate',
  'complete',
  'suggestions',
  'labels',
  'options',
  'values',
  'cases',
  'args',
  'timeoutMs',
  'lateMs',
  'saveAs',
  'reason',
  'priority',
  'resumeAt',
  'skipWhen',
  'stale',
  'attempts',
  'onFail',
  'next',
  'otherwise',
  'onTimeout',
  'onError',
];

/** The dialog of a text. Throws `bad-content` when it does not fit its schema: then it is edited as YAML only. */
export function dialogOf(text: string): Dialog {
  const { dialog, problems } = readDialog('', text);
  if (dialog) return dialog;
  throw new AppError('bad-content', `Mend the YAML first: ${problems[0]?.message ?? 'it is no dialog'}`);
}

/** Where a step stands in the list. Throws `bad-content` when there is none of this name. */
export function stepPlace(text: string, id: string): number {
  const steps = valueAt(yamlValue(text), ['steps']);
  const place = Array.isArray(steps) ? steps.findIndex((step) => valueAt(step, ['id']) === id) : -1;
  if (place < 0) throw new AppError('bad-content', `There is no step "${id}".`);
  return place;
}

/** Changes a part of a step; undefined takes it away. */
export const setStepPart = (text: string, id: string, path: Path, value: unknown): string =>
  setIn(text, ['steps', stepPlace(text, id), ...path], value, path.length === 1 ? ORDER : []);

/** Leads a way out of a step (a path such as `next` or `cases.0.next`) to another step. */
export const connectStep = setStepPart;

/** A name that no step has yet. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

const namesOf = (text: string): Set<string> => new Set(dialogOf(text).steps.map(({ id }) => id));

/** Puts a step after another, between it and where it led; `undefined`: at the end, led to by nothing. */
export function addStep(text: string, step: Step, after?: string): string {
  if (after === undefined) return insertIn(text, ['steps'], dialogOf(text).steps.length, step);
  const previous = dialogOf(text).steps[stepPlace(text, after)];
  const way = previous && targetsOf(previous)[0];
  const put = insertIn(text, ['steps'], stepPlace(text, after) + 1, withNext(step, way?.[1]));
  return way ? setStepPart(put, after, way[0] as Path, step.id) : put;
}

const withNext = (step: Step, next: string | undefined): Step =>
  next !== undefined && 'next' in step ? { ...step, next } : step;

/** Takes a step out; what led to it leads to where it went on to, as far as that is one place. */
export function removeStep(text: string, id: string): string {
  const dialog = dialogOf(text);
  const step = dialog.steps[stepPlace(text, id)];
  const next = step && 'next' in step && step.next !== id ? step.next : null;
  const led = next === null ? text : pointElsewhere(text, dialog, id, next);
  return removeIn(led, ['steps', stepPlace(led, id)]);
}

/** Every place of a dialog that leads to a step. */
export function waysTo(dialog: Dialog, id: string): Path[] {
  const steps = dialog.steps.flatMap((step, i) =>
    targetsOf(step).flatMap(([path, target]): Path[] =>
      target === id ? [['steps', i, ...(path as Path)]] : [],
    ),
  );
  const shortcuts = dialog.shortcuts.flatMap(({ next }, i): Path[] =>
    next === id ? [['shortcuts', i, 'next']] : [],
  );
  const corrections = Object.entries(dialog.slots).flatMap(([name, { onCorrect }]): Path[] =>
    onCorrect?.next === id ? [['slots', name, 'onCorrect', 'next']] : [],
  );
  return [...steps, ...shortcuts, ...corrections];
}

const pointElsewhere = (text: string, dialog: Dialog, from: string, to: string): string =>
  waysTo(dialog, from).reduce((changed, path) => setIn(changed, path, to), text);

/** Gives a step another name, everywhere it is led to. Throws `bad-content` when the name is taken. */
export function renameStep(text: string, from: string, to: string): string {
  if (from === to) return text;
  if (namesOf(text).has(to)) throw new AppError('bad-content', `Another step is called "${to}".`);
  const led = pointElsewhere(text, dialogOf(text), from, to);
  return setStepPart(led, from, ['id'], to);
}

/** Copies a step with its comments into a dialog (its own or another): under a free name, led to by nothing yet. */
export function copyStep(source: string, id: string, target: string): { text: string; id: string } {
  const lines = itemLines(source, ['steps', stepPlace(source, id)]);
  const dialog = dialogOf(target);
  const name = freeName(id, new Set(dialog.steps.map((step) => step.id)));
  const put = insertLines(target, ['steps'], dialog.steps.length, lines);
  const at: Path = ['steps', dialog.steps.length, 'id'];
  return { text: addMissingSlots(source, dialogOf(source), setIn(put, at, name)), id: name };
}

/** The slots that the copied step speaks of, as far as the target has none of these names. */
function addMissingSlots(source: string, from: Dialog, text: string): string {
  const step = JSON.stringify((valueAt(yamlValue(text), ['steps']) as unknown[]).at(-1));
  const own = new Set(Object.keys(dialogOf(text).slots));
  const slots = valueAt(yamlValue(source), ['slots']);
  return Object.keys(from.slots)
    .filter((name) => !own.has(name) && new RegExp(`\\b${name}\\b`).test(step))
    .reduce((changed, name) => {
      const { onCorrect: _, ...slot } = valueAt(slots, [name]) as Record<string, unknown>;
      return setIn(changed, ['slots', name], slot);
    }, text);
}
