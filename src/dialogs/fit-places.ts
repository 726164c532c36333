import type { Frame } from '../contract/dialog';
import type { Dialog, DialogSet, Step } from './schema';

/** Where a dialog stands. */
export type Place = Pick<Frame, 'dialog' | 'step'>;
/** `dialog/step` of one version to `dialog/step` of another. */
export type PlaceMap = Readonly<Record<string, string>>;

export const placeKey = ({ dialog, step }: Place): string => `${dialog}/${step}`;

const mapped = (place: Place, map: PlaceMap): Place => {
  const key = placeKey(place);
  const [dialog = '', step = ''] = (Object.hasOwn(map, key) ? map[key] : undefined)?.split('/') ?? [];
  return dialog !== '' && step !== '' ? { dialog, step } : place;
};

const stepAt = ({ dialogs }: Pick<DialogSet, 'dialogs'>, { dialog, step }: Place): Step | undefined =>
  dialogs.get(dialog)?.steps.find(({ id }) => id === step);

/** A value of another kind would be read as what it is not. */
const isSameKind = (before: Dialog | undefined, after: Dialog | undefined): boolean =>
  Object.entries(before?.slots ?? {}).every(([name, { entity }]) => {
    const slot = after?.slots[name];
    return slot === undefined || slot.entity === entity;
  });

/** An answer to one question must not be taken for the answer to another. */
function asksTheSame(before: Step | undefined, after: Step | undefined): boolean {
  if (!before || before.type !== after?.type) return false;
  const isQuestion = after?.type === 'ask' || after?.type === 'choose';
  return isQuestion ? 'slot' in before && before.slot === after.slot : after?.type === 'survey';
}

/**
 * Where open dialogs, the lowest first, stand in another version: each step by the map, else by its own name. Null when
 * a dialog or step is not there, a slot holds another kind of value, or the open question is another one.
 */
export function fitPlaces(
  from: Pick<DialogSet, 'dialogs'>,
  to: Pick<DialogSet, 'dialogs'>,
  { places, map }: { places: Place[]; map: PlaceMap },
): Place[] | null {
  const fitted = places.map((place) => mapped(place, map));
  const top = places.length - 1;
  const fits = places.every((place, i) => {
    const target = fitted[i];
    if (!target || !stepAt(to, target)) return false;
    if (!isSameKind(from.dialogs.get(place.dialog), to.dialogs.get(target.dialog))) return false;
    return i < top || asksTheSame(stepAt(from, place), stepAt(to, target));
  });
  return fits ? fitted : null;
}

/** Frames at other places; slots that the dialog there does not have are left out. */
export const framesAt = (
  { dialogs }: Pick<DialogSet, 'dialogs'>,
  frames: Frame[],
  places: Place[],
): Frame[] =>
  frames.map((frame, i) => {
    const place = places[i] ?? frame;
    const known = dialogs.get(place.dialog)?.slots ?? {};
    const slots = Object.fromEntries(
      Object.entries(frame.slots).filter(([name]) => Object.hasOwn(known, name)),
    );
    return { ...frame, dialog: place.dialog, step: place.step, slots };
  });
