import type { SessionPlace } from '../contract/conversation';
import { shardKeys } from './keys';
import type { RedisClient } from './redis';

/** How many conversations stand at the same place of the same version. */
export type CountedPlace = Omit<SessionPlace, 'at'> & { count: number };

/** Dialog and step are names without spaces. */
export const placeText = (place: SessionPlace | null): string =>
  place === null
    ? '-'
    : [place.at, place.contentVersion, ...place.places.map(({ dialog, step }) => `${dialog}/${step}`)].join(
        ' ',
      );

/** An open dialog can be gone on with for so long. */
const OPEN_MS = 30 * 24 * 3600_000;
const AT_ONCE = 1000;

/** Counts where conversations stand, shard by shard; those that nobody has gone on with for 30 days are taken out. */
export async function countPlaces(redis: RedisClient, shards: number, now: number): Promise<CountedPlace[]> {
  const counts = new Map<string, number>();
  for (let n = 0; n < shards; n += 1) {
    const key = shardKeys(n).places;
    for (let cursor = '0', isFirst = true; isFirst || cursor !== '0'; isFirst = false) {
      // Of one hash, a part at a time: Redis answers turns in between.
      const [next, rows] = await redis.hscan(key, cursor, 'COUNT', AT_ONCE);
      cursor = next;
      const old = countRows(rows, now, counts);
      if (old.length > 0) await redis.hdel(key, ...old);
    }
  }
  return [...counts].map(([text, count]) => {
    const [contentVersion = '', ...steps] = text.split(' ');
    const places = steps.map((step) => {
      const [dialog = '', id = ''] = step.split('/');
      return { dialog, step: id };
    });
    return { contentVersion, places, count };
  });
}

/** Adds ids and texts in turn to the counts; answers the ids of those that are over. */
function countRows(rows: string[], now: number, counts: Map<string, number>): string[] {
  const old: string[] = [];
  for (let i = 0; i + 1 < rows.length; i += 2) {
    const [id = '', text = ''] = [rows[i], rows[i + 1]];
    const at = Number(text.split(' ', 1)[0]);
    const place = text.slice(text.indexOf(' ') + 1);
    if (now - at > OPEN_MS) old.push(id);
    else counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return old;
}
