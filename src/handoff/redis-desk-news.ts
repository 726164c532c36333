import type { Logger } from 'pino';
import { deskNewsSchema, type DeskNews as News } from '../contract/desk';
import { connectSubscriber, type RedisClient } from '../turns/redis';
import type { DeskNews } from './desk-news';

const CHANNEL = 'desk:news';

function readNews(message: string): News | null {
  try {
    return deskNewsSchema.safeParse(JSON.parse(message)).data ?? null;
  } catch {
    return null;
  }
}

/** The news of desks over Redis, single or Cluster. A connection of its own listens. */
export async function createRedisDeskNews(redis: RedisClient, log: Logger): Promise<DeskNews> {
  const listeners = new Set<(news: News) => void>();
  const subscriber = connectSubscriber(redis);
  // It connects again by itself; what was published meanwhile is lost, which news may be.
  subscriber.on('error', () => undefined);
  subscriber.on('message', (_channel: string, message: string) => {
    const news = readNews(message);
    if (news) for (const listener of listeners) listener(news);
  });
  await subscriber.subscribe(CHANNEL);
  return {
    async publish(news) {
      await redis.publish(CHANNEL, JSON.stringify(news)).catch((error) => {
        log.debug({ err: error }, 'news for the desks are lost');
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      subscriber.disconnect();
    },
  };
}
