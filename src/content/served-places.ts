import type { ServedPlaces } from '../dialogs/tables/load-tables';
import type { ServiceAreas } from '../understanding/entities/address/service-areas';

/** The provinces and cities of the service areas, by the names that tables of facts have them by. */
export const servedPlaces = ({ provinces }: ServiceAreas): ServedPlaces =>
  provinces.map(({ name, cities }) => ({ province: name.zh, cities: cities.map((city) => city.name.zh) }));

/** Their names. */
export const placeNames = (areas: ServiceAreas): ReadonlySet<string> =>
  new Set(servedPlaces(areas).flatMap(({ province, cities }) => [province, ...cities]));
