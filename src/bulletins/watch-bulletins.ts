import type { Logger } from 'pino';
import type { Bulletin } from '../contract/bulletins';
import type { Entry } from '../contract/conversation';
import type { Database } from '../records/database';
import { startLoop } from '../turns/shard-duty';
import { readLiveBulletins } from './bulletins';

/** Every node looks so often: what is published or ended on one holds on all within a second. */
const EVERY_MS = 1000;

export interface BulletinWatch {
  /**
   * What a turn may have to tell, kept with the activity that it is about: a turn that is run again knows the same. Nothing
   * for activities at which nothing is told.
   */
  factsFor(entry: Pick<Entry, 'at' | 'channel' | 'activity'>): Bulletin[];
  /** Looks at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** Knows what is told now, as it was when last looked; while the database is away what was known goes on, until it ends. */
export async function startBulletinWatch({ db, clock, log }: WatchDependencies): Promise<BulletinWatch> {
  let live = await readLiveBulletins(db, clock());
  const loop = startLoop({
    name: 'bulletins',
    everyMs: EVERY_MS,
    log,
    async round() {
      live = await readLiveBulletins(db, clock());
      return false;
    },
  });
  return {
    factsFor: ({ at, channel, activity: { type, name } }) => {
      const isToldAt = type === 'message' || type === 'conversationUpdate' || name === 'call.result';
      if (!isToldAt) return [];
      return live.filter(
        ({ untilAt, channels }) =>
          untilAt > at && (channels === null || channel === null || channels.includes(channel)),
      );
    },
    wake: loop.wake,
    stop: loop.stop,
  };
}

interface WatchDependencies {
  db: Database;
  clock: () => number;
  log: Logger;
}
