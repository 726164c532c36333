import type { ServiceAreas } from '../../understanding/entities/address/service-areas';

/**
 * Names of places whose content somebody may change who is limited to provinces and cities: those, the cities of a province,
 * and the districts of all of them. A name that a district elsewhere has too is not among them: it would mean both.
 */
export function ownPlaces(
  places: readonly string[],
  { provinces }: Pick<ServiceAreas, 'provinces'>,
): ReadonlySet<string> {
  const given = new Set(places);
  const cities = provinces.flatMap((province) =>
    province.cities.map((city) => ({
      name: city.name.zh,
      isOwn: given.has(province.name.zh) || given.has(city.name.zh),
      districts: city.districts.map(({ name }) => name.zh),
    })),
  );
  const within = (isOwn: boolean) =>
    cities.filter((city) => city.isOwn === isOwn).flatMap(({ name, districts }) => [name, ...districts]);
  const foreign = new Set([...within(false), ...provinces.map(({ name }) => name.zh)]);
  return new Set([...given, ...within(true).filter((name) => !foreign.has(name))]);
}
