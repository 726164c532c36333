import type { DialogWay } from '../contract/conversation';
import { waysKey } from './keys';
import type { RedisClient } from './redis';

/** How often a way was taken. */
export interface CountedWay extends DialogWay {
  count: number;
}

const DAY_MS = 24 * 3600_000;
/** The day of a time in ms, in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Dialogs and steps are names without spaces. */
export const wayText = ({ dialog, from, to }: DialogWay): string => `${dialog} ${from ?? '-'} ${to}`;

function readWay(text: string): DialogWay {
  const [dialog = '', from = '-', to = ''] = text.split(' ');
  return { dialog, from: from === '-' ? null : from, to };
}

/** Counts the ways that a dialog took today and on the days before, together as many as `days`, at most eight. */
export async function countWays(
  redis: RedisClient,
  { shards, dialog, now, days }: { shards: number; dialog: string; now: number; days: number },
): Promise<CountedWay[]> {
  const counts = new Map<string, number>();
  for (let n = 0; n < shards; n += 1) {
    // A shard at a time: Redis answers turns in between.
    const keys = Array.from({ length: days }, (_, day) => waysKey(n, dayOf(now - day * DAY_MS)));
    const found = await Promise.all(keys.map((key) => redis.hgetall(key)));
    for (const [text, count] of found.flatMap((each) => Object.entries(each)))
      if (text.startsWith(`${dialog} `)) counts.set(text, (counts.get(text) ?? 0) + Number(count));
  }
  return [...counts].map(([text, count]) => ({ ...readWay(text), count }));
}
