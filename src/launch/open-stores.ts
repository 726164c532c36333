import type { Config } from '../config';
import { AppError } from '../errors';
import { checkPort } from '../http/server';
import { startSupervisor } from './children';
import { type LocalKeys, lockDataFolder, openDataFolder, readLocalKeys } from './data-folder';
import { startEmbeddedPostgres } from './embedded-postgres';
import { startEmbeddedRedis } from './embedded-redis';
import { isAnswered } from './is-answered';

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

/** Takes the data folder and starts what no address is configured for; nothing when the port is not free. */
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
    await checkPort(config.HOST, config.PORT);
    const [redisUrl, databaseUrl] = await Promise.all([
      given('REDIS_URL', config.REDIS_URL, 6379) ??
        startEmbeddedRedis(children, dataDir, localKeys?.redisPassword ?? ''),
      given('DATABASE_URL', config.DATABASE_URL, 5432) ??
        startEmbeddedPostgres(children, dataDir, localKeys?.postgresPassword ?? '', say),
    ]);
    return { dataDir, redisUrl, databaseUrl, localKeys, onLoss: children.onLoss, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A configured address (of a cluster: one of several) once somebody answers there; undefined when none is given. */
function given(name: string, url: string | undefined, defaultPort: number): Promise<string> | undefined {
  if (url === undefined) return undefined;
  const addresses = url.split(',').map((part) => part.trim());
  return Promise.all(addresses.map((address) => isAnswered(address, defaultPort))).then((answers) => {
    if (answers.includes(true)) return url;
    const hosts = addresses.map((address) => new URL(address).host).join(', ');
    throw new AppError('unavailable', `Nobody answers at ${hosts}: start what ${name} names, or mend it.`);
  });
}
