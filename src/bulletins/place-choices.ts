import { type BulletinPlace, type PlaceChoice, placeKey } from '../contract/bulletins';
import { createAreaNames, type ServiceAreas } from '../understanding/entities/address/service-areas';

/** The provinces that the operator serves, with the cities, districts and service areas in each. */
export function placeChoices(areas: ServiceAreas): PlaceChoice[] {
  const nameArea = createAreaNames(areas);
  return areas.provinces.map(({ name: province, cities }) => ({
    place: { province: province.zh, city: null, district: null, area: null },
    name: province,
    within: cities.map(({ name: city, districts }) => ({
      place: { province: province.zh, city: city.zh, district: null, area: null },
      name: city,
      within: districts.map(({ name: district, places }) => {
        const place = { province: province.zh, city: city.zh, district: district.zh, area: null };
        const ids = [...new Set(places.map(({ area }) => area))].sort();
        const within = ids.map((area) => ({
          place: { ...place, area },
          name: nameArea(area) ?? { zh: area, en: area },
          within: [],
        }));
        return { place, name: district, within };
      }),
    })),
  }));
}

/** Those of `places` that cannot be chosen. */
export function unknownPlaces(areas: ServiceAreas, places: BulletinPlace[]): BulletinPlace[] {
  const keys = new Set<string>();
  const add = ({ place, within }: PlaceChoice): void => {
    keys.add(placeKey(place));
    within.forEach(add);
  };
  placeChoices(areas).forEach(add);
  return places.filter((place) => !keys.has(placeKey(place)));
}
