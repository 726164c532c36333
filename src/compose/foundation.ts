import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import type { Config } from '../config';
import { type Cleanup, createCleanup } from '../launch/cleanup';
import { type Keys, readKeys } from '../launch/keys';
import { openStores, type Stores } from '../launch/open-stores';
import { connectDatabase, type Database } from '../records/database';
import { createFileSigner, createFolderFileStore, type FileSigner, type FileStore } from '../records/files';
import { migrate } from '../records/migrate';
import { connectRedis, type RedisClient } from '../turns/redis';

/**
 * `compose/` joins the parts into a server, a file for a layer; each layer is given the ones below it. Nothing else
 * knows all the parts. What is begun is added to `cleanup` at once, so that a start that fails half-way ends cleanly.
 */
export interface Base {
  config: Config;
  clock: () => number;
  log: Logger;
  say: (text: string) => void;
  cleanup: Cleanup;
}

export const createBase = (config: Config, say: (text: string) => void, clock: () => number): Base => {
  const log = pino({ level: config.LOG_LEVEL });
  const cleanup = createCleanup((error) => log.warn({ err: error }, 'a part did not end cleanly'));
  return { config, clock, log, say, cleanup };
};

/** Redis for what is live, Postgres for what is kept, a folder for files. */
export interface Foundation extends Base {
  stores: Stores;
  keys: Keys;
  db: Database;
  redis: RedisClient;
  files: FileStore;
  signer: FileSigner;
  /** Where customers reach this server; known once it listens. */
  baseUrl: () => string;
}

/** Opens the stores and brings their schema up to date. */
export async function openFoundation(base: Base, ownUrl: () => string): Promise<Foundation> {
  const { config, clock, log, say, cleanup } = base;
  const baseUrl = () => config.PUBLIC_URL ?? ownUrl();
  const stores = await openStores(config, say);
  cleanup.add(stores.close);
  stores.onLoss((name, lastWords) => log.fatal({ lastWords }, `${name} has ended; restart the server`));
  const keys = readKeys(config, stores.localKeys);
  const db = connectDatabase(stores.databaseUrl, (error) =>
    log.warn({ err: error }, 'Postgres connection lost'),
  );
  cleanup.add(() => db.destroy());
  const redis = connectRedis(stores.redisUrl);
  redis.on('error', (error) => log.warn({ reason: error.message }, 'Redis connection lost'));
  cleanup.add(() => redis.disconnect());
  await migrate(db);
  const files = createFolderFileStore(join(stores.dataDir, 'files'));
  const signer = createFileSigner(keys.tokenKey, baseUrl, clock);
  return { ...base, stores, keys, db, redis, files, signer, baseUrl };
}
