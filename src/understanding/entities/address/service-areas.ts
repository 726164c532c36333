import { z } from 'zod';
import type { ContentProblem } from '../../../contract/problem';
import { type Report, readYamlFile } from '../../yaml-file';

/** `intents/entities/areas.yaml`: the places that the operator serves, and the service area (网格) of each. */
const name = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const placeSchema = z.strictObject({
  kind: z.enum(['street', 'compound']),
  name,
  /** Other names that customers give it. */
  aliases: z.array(z.string().min(2)).default([]),
  /** Id of its service area, as the field team and the work orders know it. */
  area: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'small letters, digits and hyphens, at most 40'),
});
const named = (pattern: RegExp, what: string) =>
  name.extend({ zh: z.string().regex(pattern, `a name that ends with ${what}`) });

export const areasSchema = z.strictObject({
  provinces: z.array(
    z.strictObject({
      /** A municipality is a province and its only city in one: 北京市 over 北京市. */
      name: named(/(?:省|自治区|市|特别行政区)$/u, '省, 自治区 or 市'),
      cities: z
        .array(
          z.strictObject({
            name: named(/(?:市|州|盟|地区)$/u, '市, 州, 盟 or 地区'),
            districts: z
              .array(
                z.strictObject({
                  name: named(/[区县市旗]$/u, '区, 县, 市 or 旗'),
                  places: z.array(placeSchema).default([]),
                }),
              )
              .min(1),
          }),
        )
        .min(1),
    }),
  ),
  /** Ids of service areas in towns and in the country, for promises that differ there; one that stands nowhere is not known. */
  settlements: z
    .strictObject({ urban: z.array(z.string()).default([]), rural: z.array(z.string()).default([]) })
    .default({ urban: [], rural: [] }),
});
export type ServiceAreas = z.infer<typeof areasSchema>;
export const NO_AREAS: ServiceAreas = { provinces: [], settlements: { urban: [], rural: [] } };

/** A place with all that it lies in. */
export interface Place extends z.infer<typeof placeSchema> {
  province: string;
  city: string;
  district: string;
}

/** A district with all that it lies in, and the names of all three in English. */
export interface District {
  province: string;
  city: string;
  district: string;
  english: { province: string; city: string; district: string };
}

export const districtsOf = ({ provinces }: ServiceAreas): District[] =>
  provinces.flatMap(({ name: province, cities }) =>
    cities.flatMap(({ name: city, districts }) =>
      districts.map(({ name: district }) => ({
        province: province.zh,
        city: city.zh,
        district: district.zh,
        english: { province: province.en, city: city.en, district: district.en },
      })),
    ),
  );

export const placesOf = ({ provinces }: ServiceAreas): Place[] =>
  provinces.flatMap(({ name: province, cities }) =>
    cities.flatMap(({ name: city, districts }) =>
      districts.flatMap(({ name: district, places }) =>
        places.map((place) => ({
          ...place,
          province: province.zh,
          city: city.zh,
          district: district.zh,
        })),
      ),
    ),
  );

/** What policies ask of a service area. */
export interface AreaFacts {
  /** Null where its places lie in several. */
  province: string | null;
  settlement: 'urban' | 'rural' | null;
}

/** Province and settlement by the id of a service area. */
export function createAreaFacts(areas: ServiceAreas): (area: string) => AreaFacts {
  const provinces = new Map<string, Set<string>>();
  for (const { area, province } of placesOf(areas))
    provinces.set(area, (provinces.get(area) ?? new Set()).add(province));
  const { urban, rural } = areas.settlements;
  const settlements = new Map<string, 'urban' | 'rural'>([
    ...urban.map((area): [string, 'urban'] => [area, 'urban']),
    ...rural.map((area): [string, 'rural'] => [area, 'rural']),
  ]);
  return (area) => {
    const [province, ...others] = provinces.get(area) ?? [];
    return {
      province: others.length === 0 ? (province ?? null) : null,
      settlement: settlements.get(area) ?? null,
    };
  };
}

interface AreaName {
  zh: string;
  en: string;
}
/** A name says enough with so many of its places. */
const NAMED_PLACES = 2;

/** What people call a service area: its district and the first of its places; null for one that has none. */
export function createAreaNames({ provinces }: ServiceAreas): (area: string) => AreaName | null {
  const places = provinces.flatMap(({ cities }) =>
    cities.flatMap(({ districts }) =>
      districts.flatMap((district) => district.places.map((place) => ({ district: district.name, place }))),
    ),
  );
  return (area) => {
    const own = places.filter(({ place }) => place.area === area);
    const [first] = own;
    if (!first) return null;
    const names = own.slice(0, NAMED_PLACES).map(({ place }) => place.name);
    const isMore = own.length > NAMED_PLACES;
    return {
      zh: `${first.district.zh} ${names.map(({ zh }) => zh).join('、')}${isMore ? '等' : ''}`,
      en: `${first.district.en}: ${names.map(({ en }) => en).join(', ')}${isMore ? ' …' : ''}`,
    };
  };
}

const AREAS_FILE = 'areas.yaml';

/**
 * Reads the service areas from the files of `intents/entities/`; without the file there are none. All problems at once, a
 * name that two places of a district bear included.
 */
export function parseAreas(files: Record<string, string>): {
  areas: ServiceAreas;
  problems: ContentProblem[];
} {
  const text = files[AREAS_FILE];
  const problems: ContentProblem[] = [];
  if (text === undefined) return { areas: NO_AREAS, problems };
  const shapes = 'src/understanding/entities/address/service-areas.ts';
  const { value, report } = readYamlFile({ file: AREAS_FILE, text, shapes }, areasSchema, problems);
  if (value) {
    reportTwins(value, report);
    reportSettlements(value, report);
  }
  return { areas: value ?? NO_AREAS, problems };
}

function reportSettlements(areas: ServiceAreas, report: Report): void {
  const known = new Set(placesOf(areas).map(({ area }) => area));
  const { urban, rural } = areas.settlements;
  for (const [kind, ids] of [
    ['urban', urban],
    ['rural', rural],
  ] as const)
    for (const [i, id] of ids.entries()) {
      const path = ['settlements', kind, i];
      if (!known.has(id)) report(path, `no place lies in "${id}"`, 'name the area of a place');
      if (kind === 'rural' && urban.includes(id)) report(path, `"${id}" is urban too`, 'keep one of them');
    }
}

/** Two places of one name in one district could not be told apart. */
function reportTwins({ provinces }: ServiceAreas, report: Report): void {
  for (const [p, { cities }] of provinces.entries())
    for (const [c, { districts }] of cities.entries())
      for (const [d, { places }] of districts.entries()) {
        const owners = new Map<string, string>();
        for (const [i, { name: own, aliases, area }] of places.entries())
          for (const word of new Set([own.zh, own.en, ...aliases].map((each) => each.toLowerCase()))) {
            const other = owners.get(word);
            owners.set(word, area);
            const path = ['provinces', p, 'cities', c, 'districts', d, 'places', i];
            if (other !== undefined)
              report(path, `"${word}" stands here twice (${other}, ${area})`, 'keep one of them');
          }
      }
}
