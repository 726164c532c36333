import type { Config } from '../config';
import { startSupervisor } from './children';
import { type LocalKeys, lockDataFolder, openDataFolder, readLocalKeys } from './data-folder';
import { startEmbeddedPostgres } from './embedded-postgres';
import { startEmbeddedRedis } from './embedded-redis';

/** Where this server keeps things: addresses of its stores, and its keys. */
export interface Stores {
  dataDir: string;
  redisUrl: string;
  databaseUrl: string;
  /** Null in production, where every key is a setting. */
  localKeys: LocalKeys | null;
  /** Told when a store that was brought along ends unasked. */
  onLoss(listener: (name: string, lastWords: string) => void): void;
  close(): Promise<void>;
}

/** Takes the data folder and starts what no address is configured for. */
export async function openStores(config: Config, say: (text: string) => void): Promise<Stores> {
  const dataDir = openDataFolder(config.DATA_DIR);
  const unlock = await lockDataFolder(dataDir);
  const localKeys = config.NODE_ENV === 'production' ? null : readLocalKeys(dataDir);
  const children = startSupervisor();
  const close = async () => {
    await children.stop();
    unlock();
  };
  try {
    const [redisUrl, databaseUrl] = await Promise.all([
      config.REDIS_URL ?? startEmbeddedRedis(children, dataDir, localKeys?.redisPassword ?? ''),
      config.DATABASE_URL ?? startEmbeddedPostgres(children, dataDir, localKeys?.postgresPassword ?? '', say),
    ]);
    return { dataDir, redisUrl, databaseUrl, localKeys, onLoss: children.onLoss, close };
  } catch (error) {
    await close();
    throw error;
  }
}
