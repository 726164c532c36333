import { z } from 'zod';
import type { Bulletin, BulletinPlace } from '../contract/bulletins';
import type { ConversationState } from '../contract/conversation';
import { placesOf, type ServiceAreas } from '../understanding/entities/address/service-areas';
import type { Understand } from '../understanding/understand';

/** Where a customer, or a line of theirs, is known to be; what is not known is missing. */
const knownPlaceSchema = z.object({
  province: z.string().nullish(),
  city: z.string().nullish(),
  district: z.string().nullish(),
  area: z.string().nullish(),
});
export type KnownPlace = z.infer<typeof knownPlaceSchema>;

/** How deep within a fact a place may stand: `[{customer: {area}}]`. */
const DEPTH = 3;

function placesIn(value: unknown, depth = DEPTH): KnownPlace[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? undefined : knownPlaceSchema.safeParse(value).data;
  const isKnown = own && Object.values(own).some((part) => part);
  const within = depth > 0 ? Object.values(value).flatMap((each) => placesIn(each, depth - 1)) : [];
  return isKnown ? [own, ...within] : within;
}

export interface Geography {
  areas: ServiceAreas;
  understand: Understand;
}

/**
 * All places that a conversation knows its customer by: what was said or found out in it, `news` that has just come, and
 * where the linked customer was visited last. `at`: business time.
 */
export function knownPlaces(
  { dialog, customer }: Pick<ConversationState, 'dialog' | 'customer'>,
  { areas, understand }: Geography,
  { news, at }: { news: unknown; at: number },
): KnownPlace[] {
  const address = customer?.record?.address ?? null;
  const visited =
    address === null
      ? []
      : understand(address, { now: at, localeHint: 'zh' }).entities.map(({ value }) => value);
  const facts = [
    news,
    ...Object.values(dialog?.shared ?? {}),
    ...(dialog?.frames ?? []).flatMap(({ slots }) => Object.values(slots)),
    ...visited,
  ];
  return facts
    .flatMap((fact) => placesIn(fact))
    .map((place) => (place.province ? place : { ...partsOfArea(areas, place.area), ...cut(place) }));
}

/** Only what is known. */
const cut = (place: KnownPlace): KnownPlace =>
  Object.fromEntries(Object.entries(place).filter(([, part]) => part));

/** Systems name an area by its id alone. Where its places lie in several districts, only what they have in common. */
function partsOfArea(areas: ServiceAreas, area: string | null | undefined): KnownPlace {
  const places = area ? placesOf(areas).filter((place) => place.area === area) : [];
  const common = (part: 'province' | 'city' | 'district') =>
    new Set(places.map((place) => place[part])).size === 1 ? places[0]?.[part] : undefined;
  return cut({ province: common('province'), city: common('city'), district: common('district') });
}

/** True where all that the bulletin names is known to be so: who might be elsewhere is not told. */
function liesIn(known: KnownPlace, { province, city, district, area }: BulletinPlace): boolean {
  if (area !== null) return known.area === area;
  if (district !== null && known.district !== district) return false;
  if (city !== null && known.city !== city) return false;
  return known.province === province;
}

/** Whether a bulletin is for the customers of these places and this channel. `known` is asked for only where it matters. */
export function concerns(
  { places, channels }: Pick<Bulletin, 'places' | 'channels'>,
  channel: ConversationState['channel'],
  known: () => KnownPlace[],
): boolean {
  if (channels !== null && !channels.includes(channel)) return false;
  return places.length === 0 || places.some((place) => known().some((each) => liesIn(each, place)));
}
