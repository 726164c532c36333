import { AppError } from '../../errors';
import { dialogOf } from './edit-steps';
import { removeIn, renameKey, setIn, yamlValue } from './edit-yaml';
import type { Path } from './yaml-places';

const NAME = /^[a-z][A-Za-z0-9]*$/;

/** Adds a slot that steps can fill. Throws `bad-content` for a name that is taken or none. */
export function addSlot(text: string, name: string, zh: string, en: string): string {
  checkFree(text, name);
  return setIn(text, ['slots', name], { name: { zh, en } }, ['id', 'name', 'intents', 'slots']);
}

export const setSlotPart = (text: string, name: string, path: Path, value: unknown): string =>
  setIn(text, ['slots', name, ...path], value);

export const removeSlot = (text: string, name: string): string => removeIn(text, ['slots', name]);

function checkFree(text: string, name: string): void {
  if (!NAME.test(name))
    throw new AppError('bad-content', `"${name}" is no name: a small letter, then letters and digits.`);
  if (Object.hasOwn(dialogOf(text).slots, name))
    throw new AppError('bad-content', `Another slot is called "${name}".`);
}

/** Every string below a value, keys apart, with the way to it. */
export function stringsOf(value: unknown, path: (string | number)[] = []): [Path, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    stringsOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The last part of a path that names a slot by itself. */
const isSlotField = (path: Path): boolean =>
  (path[0] === 'steps' && (path.at(-1) === 'slot' || path.at(-1) === 'saveAs')) ||
  (path[0] === 'slots' && path.at(-2) === 'forget');

/** How a template or an expression speaks of a slot: `slots.name`, `slots['name']`, `'name' in news`. */
const spokenOf = (name: string): RegExp =>
  new RegExp(
    `(\\bslots\\.)${name}(?![\\w])|(\\bslots\\[['"])${name}(?=['"]\\])|(['"])${name}(?=['"] in news)`,
    'g',
  );

/** Whether a string of a dialog speaks of a slot. */
export const speaksOf = (name: string, path: Path, text: string): boolean =>
  isSlotField(path) ? text === name : spokenOf(name).test(text);

const renamed = (from: string, to: string, path: Path, text: string): string => {
  if (isSlotField(path)) return text === from ? to : text;
  return text.replace(spokenOf(from), (_, dot = '', bracket = '', quote = '') => dot + bracket + quote + to);
};

/** Keys that are names of slots: of `set`, of the samples, and the slot's own. */
function keysOfSlot(text: string, name: string): Path[] {
  const { steps, samples } = dialogOf(text);
  const own = (holder: object, path: Path): Path[] => (Object.hasOwn(holder, name) ? [[...path, name]] : []);
  return [
    ...steps.flatMap((step, i) => (step.type === 'set' ? own(step.values, ['steps', i, 'values']) : [])),
    ...samples.flatMap((sample, i) => own(sample, ['samples', i])),
    ['slots', name],
  ];
}

/**
 * Gives a slot another name wherever the dialog speaks of it. A shared slot means the same in every dialog: call it for
 * each that shares it. Throws `bad-content` for a name that is taken or none.
 */
export function renameSlot(text: string, from: string, to: string): string {
  if (from === to) return text;
  checkFree(text, to);
  const spoken = stringsOf(yamlValue(text)).reduce((changed, [path, value]) => {
    const next = renamed(from, to, path, value);
    return next === value ? changed : setIn(changed, path, next);
  }, text);
  return keysOfSlot(spoken, from).reduce((changed, path) => renameKey(changed, path, to), spoken);
}
