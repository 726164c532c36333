import type { Locale } from '../../../contract/activity';
import { type BulletinPlace, type PlaceChoice, placeKey } from '../../../contract/bulletins';

/** The name of a place with those that it lies in, by its key. A service area says its district itself. */
export function placeNames(choices: PlaceChoice[], locale: Locale): Map<string, string> {
  const names = new Map<string, string>();
  const add = ({ place, name, within }: PlaceChoice, above: string[]): void => {
    const path = place.area === null ? [...above, name[locale]] : [...above.slice(0, -1), name[locale]];
    names.set(
      placeKey(place),
      (locale === 'zh' ? path : [...path].reverse()).join(locale === 'zh' ? '' : ', '),
    );
    for (const each of within) add(each, path);
  };
  for (const choice of choices) add(choice, []);
  return names;
}

/** Also of a place that is no longer served: its parts. */
export const nameOfPlace = (names: Map<string, string>, place: BulletinPlace): string =>
  names.get(placeKey(place)) ??
  [place.province, place.city, place.district, place.area].filter((part) => part !== null).join(' ');

/** True when a place lies in another that was chosen, which says it already. */
export const isCovered = (place: BulletinPlace, chosen: BulletinPlace[]): boolean =>
  chosen.some(
    (each) =>
      placeKey(each) !== placeKey(place) &&
      each.area === null &&
      each.province === place.province &&
      (each.city === null || each.city === place.city) &&
      (each.district === null || each.district === place.district),
  );

/** The choice with a place more, without those that lie in it. */
export const withPlace = (chosen: BulletinPlace[], place: BulletinPlace): BulletinPlace[] => [
  ...chosen.filter((each) => !isCovered(each, [place])),
  place,
];
