import { toReadable } from '../../normalize';
import type { AddressValue, Part } from './address-value';
import { type District, districtsOf, type Place, placesOf, type ServiceAreas } from './service-areas';

/** What the operator knows of places; made once for a content version. */
export interface Gazetteer {
  /** The longest known name of a place that stands at this offset of readable text. */
  nameAt: (text: string, at: number) => { part: Part; text: string } | null;
  /** The address with its service area, and with province, city and district where they follow from what was said. */
  locate: (value: AddressValue) => AddressValue;
}

export const NO_PLACES: Gazetteer = { nameAt: () => null, locate: (value) => value };

const REGION = ['province', 'city', 'district'] as const;
type Region = Pick<District, (typeof REGION)[number]>;

const PART_OF = { street: 'road', compound: 'community' } as const satisfies Record<Place['kind'], Part>;

const fold = (text: string): string => toReadable(text).toLowerCase().trim();
const namesOf = ({ name, aliases }: Place): string[] => [name.zh, name.en, ...aliases].map(fold);

/** "鼓楼" and "鼓楼区" are one; so are "Gulou" and "Gulou District". */
const stem = (name: string): string =>
  fold(name).replace(/(?:省|市|区|县|旗|自治区| district| city| province)$/u, '');

const isSameRegion = (said: string | undefined, names: string[]): boolean =>
  said === undefined || names.some((known) => stem(known) === stem(said) || fold(said).endsWith(fold(known)));

/** What all candidates agree on. */
const agreed = <T>(candidates: T[], read: (one: T) => string): string | undefined => {
  const found = new Set(candidates.map(read));
  return found.size === 1 ? [...found][0] : undefined;
};

/** English addresses begin a street with its number: "18 Zhongshan Road". */
const streetOf = (road: string): string => fold(road).replace(/^\d+[a-z]?\s+/, '');

export function createGazetteer(areas: ServiceAreas): Gazetteer {
  const districts = districtsOf(areas);
  const places = placesOf(areas);
  if (districts.length === 0) return NO_PLACES;
  const englishOf = new Map(districts.map(({ district, city, english }) => [`${city}/${district}`, english]));
  const fitsRegion = (value: AddressValue, region: Region): boolean => {
    const english = englishOf.get(`${region.city}/${region.district}`);
    return REGION.every((level) =>
      isSameRegion(value[level], [region[level], ...(english ? [english[level]] : [])]),
    );
  };
  const candidatesOf = (value: AddressValue, kind: Place['kind']): Place[] => {
    const said = value[PART_OF[kind]];
    if (!said) return [];
    const words = kind === 'street' ? streetOf(said) : fold(said);
    // "翠屏国际城二期" lies in 翠屏国际城; of the names that begin it the longest is meant.
    const fitting = places.filter((place) => place.kind === kind && fitsRegion(value, place));
    const lengthOf = (place: Place): number =>
      Math.max(0, ...namesOf(place).flatMap((name) => (words.startsWith(name) ? [name.length] : [])));
    const longest = Math.max(0, ...fitting.map(lengthOf));
    return longest === 0 ? [] : fitting.filter((place) => lengthOf(place) === longest);
  };
  return {
    nameAt: nameFinder([...namesOfRegions(districts), ...namesOfPlaces(places)]),
    locate: (value) => locateIn(value, { districts, candidatesOf, fitsRegion }),
  };
}

/** An estate says more than the street that it lies on, and a street more than a district. */
function locateIn(
  value: AddressValue,
  {
    districts,
    candidatesOf,
    fitsRegion,
  }: {
    districts: District[];
    candidatesOf: (value: AddressValue, kind: Place['kind']) => Place[];
    fitsRegion: (value: AddressValue, region: Region) => boolean;
  },
): AddressValue {
  const compounds = candidatesOf(value, 'compound');
  const streets = candidatesOf(value, 'street');
  // Of estates that bear one name the street tells which is meant.
  const both = compounds.filter((one) => streets.some(({ district }) => district === one.district));
  const found = both.length > 0 ? both : compounds.length > 0 ? compounds : streets;
  const regions: Region[] =
    found.length > 0 ? found : value.district ? districts.filter((one) => fitsRegion(value, one)) : [];
  const area = agreed(found, (place) => place.area);
  const known = REGION.flatMap((level): [Part, string][] => {
    const name = agreed(regions, (region) => region[level]);
    return name && !(level === 'province' && isMunicipality(regions)) ? [[level, name]] : [];
  });
  // "南京" was said, and is 南京市 to everyone who compares places.
  const inferred = known.map(([part]) => part).filter((part) => !value[part]);
  return {
    ...value,
    ...Object.fromEntries(known),
    ...(area ? { area } : {}),
    ...(inferred.length > 0 ? { inferred } : {}),
  };
}

const isMunicipality = (regions: Region[]): boolean =>
  regions.every(({ province, city }) => province === city);

interface KnownName {
  part: Part;
  text: string;
}

const namesOfPlaces = (places: Place[]): KnownName[] =>
  places.flatMap((place) => namesOf(place).map((text) => ({ part: PART_OF[place.kind], text })));

/** Provinces and cities are known without 省 and 市 too. */
const namesOfRegions = (districts: District[]): KnownName[] =>
  districts.flatMap(({ province, city }) =>
    (
      [
        ['province', province],
        ['city', city],
      ] as const
    ).flatMap(([part, name]) => [name, stem(name)].map((text) => ({ part, text }))),
  );

/** Latin names are found by the finder of English addresses. */
function nameFinder(names: KnownName[]): Gazetteer['nameAt'] {
  const byFirst = new Map<string, KnownName[]>();
  for (const name of names.filter(({ text }) => /^\p{Script=Han}{2}/u.test(text))) {
    const first = name.text.slice(0, 1);
    byFirst.set(first, [...(byFirst.get(first) ?? []), name]);
  }
  for (const same of byFirst.values()) same.sort((a, b) => b.text.length - a.text.length);
  return (text, at) =>
    byFirst.get(text[at] ?? '')?.find((name) => text.startsWith(name.text, at) && endsHere(text, at, name)) ??
    null;
}

/** "南苑" in "南苑路" is a street of another name; "中山路" in "中山路口" still the street. */
const endsHere = (text: string, at: number, { part, text: name }: KnownName): boolean =>
  part === 'road' || !/^(?:\p{Script=Han}?(?:路|街|大道|巷))/u.test(text.slice(at + name.length));
