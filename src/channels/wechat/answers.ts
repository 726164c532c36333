import type { RedisClient } from '../../turns/redis';
import { connectSubscriber } from '../../turns/redis';

const CHANNEL = 'wechat:answered';
/** A hint may be lost: the answer is looked for this often all the same. */
export const LOOK_MS = 250;

/** Wakes those who hold a request open, on whichever node the answer was made. */
export interface AnswerHints {
  announce(turnId: string): void;
  /** Resolves at the hint, or after so many milliseconds. */
  next(turnId: string, ms: number): Promise<void>;
  close(): void;
}

export async function createAnswerHints(redis: RedisClient): Promise<AnswerHints> {
  const waiting = new Map<string, Set<() => void>>();
  const subscriber = connectSubscriber(redis);
  subscriber.on('error', () => undefined);
  subscriber.on('message', (_channel: string, turnId: string) => {
    for (const wake of waiting.get(turnId) ?? []) wake();
  });
  await subscriber.subscribe(CHANNEL);
  return {
    announce: (turnId) => {
      redis.publish(CHANNEL, turnId).catch(() => undefined);
    },
    next: (turnId, ms) =>
      new Promise((resolve) => {
        const all = waiting.get(turnId) ?? new Set();
        const timer = setTimeout(() => wake(), ms);
        const wake = () => {
          clearTimeout(timer);
          all.delete(wake);
          if (all.size === 0) waiting.delete(turnId);
          resolve();
        };
        waiting.set(turnId, all.add(wake));
      }),
    close: () => subscriber.disconnect(),
  };
}
