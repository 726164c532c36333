import pino from 'pino';
import { type Config, readConfig } from './config';
import { messageOf } from './errors';
import { answers, registerHealth } from './http/health';
import { createHttpServer, listen } from './http/server';
import { openStores } from './launch/open-stores';
import { connectDatabase } from './records/database';
import { isMigrated, migrate } from './records/migrate';
import { connectRedis } from './turns/redis';

/** A running server. */
export interface App {
  url: string;
  close(): Promise<void>;
}

/** Composes the server from its settings: this function reads as the picture of the system. */
export async function startApp(config: Config, say: (text: string) => void): Promise<App> {
  const log = pino({ level: config.LOG_LEVEL });
  const stores = await openStores(config, say);
  stores.onLoss((name, lastWords) => log.fatal({ lastWords }, `${name} has ended; restart the server`));
  const db = connectDatabase(stores.databaseUrl, (error) =>
    log.warn({ err: error }, 'Postgres connection lost'),
  );
  const redis = connectRedis(stores.redisUrl);
  redis.on('error', (error) => log.warn({ reason: error.message }, 'Redis connection lost'));
  const server = createHttpServer();
  const close = async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.server.closeAllConnections();
    });
    await db.destroy();
    redis.disconnect();
    await stores.close();
  };
  try {
    await migrate(db);
    registerHealth(server, [
      answers('Redis', () => redis.ping()),
      answers('migrations', () => checkMigrated(db)),
    ]);
    const port = await listen(server, config.HOST, config.PORT);
    return { url: config.PUBLIC_URL ?? `http://${config.HOST}:${port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function checkMigrated(db: Parameters<typeof isMigrated>[0]): Promise<void> {
  if (!(await isMigrated(db))) throw new Error('migrations are missing');
}

/** `npm start`: serves until it is told to end. */
export async function serve(): Promise<void> {
  const say = (text: string) => console.log(text);
  try {
    const app = await startApp(readConfig(process.env), say);
    say(`Serving on ${app.url}`);
    let isEnding = false;
    const end = () => {
      if (isEnding) return;
      isEnding = true;
      app.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  } catch (error) {
    console.error(`\n${messageOf(error)}`);
    process.exit(1);
  }
}
