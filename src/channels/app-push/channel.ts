import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { messageOf } from '../../errors';
import type { CommandHandlers } from '../../turns/commands';
import type { RedisClient } from '../../turns/redis';
import type { TurnStore } from '../../turns/turn-store';
import type { ReaderWatch } from '../direct-line/reader-watch';
import { createHandlers } from './handlers';
import type { FindEntities } from './mask-text';
import { quietUntil } from './plan/quiet-hours';
import { createPushStore, type PushStore } from './push-store';
import { type PushPoint, startSender } from './sender';
import type { AppPushSettings } from './settings';
import { createPost } from './wire/post';

export interface AppPushDependencies {
  redis: RedisClient;
  shards: number;
  /** Null when nothing is pushed. */
  settings: AppPushSettings | null;
  store: () => Pick<TurnStore, 'readLog' | 'readState'>;
  findEntities: FindEntities;
  clock: () => number;
  log: Logger;
}

export interface AppPush {
  settings: AppPushSettings | null;
  pushes: PushStore;
  /** For the turn engine's outbox, before the engine is there. */
  handlers: CommandHandlers;
  /** Told of who reads; null when nothing is pushed. */
  readers: ReaderWatch | null;
  /** Begins to send; nothing without settings. */
  start(options?: StartOptions): { stop(): Promise<void> };
}

export interface StartOptions {
  random?: () => number;
  probe?: (point: PushPoint) => void;
  pollMs?: number;
  leaseMs?: number;
}

/** A stream is believed to be open for so long after its node last said so: a node that dies leaves no reader behind. */
const READER_TTL_MS = 15_000;

export function createAppPush(deps: AppPushDependencies): AppPush {
  const { redis, shards, settings, store, clock, log } = deps;
  const pushes = createPushStore(redis, shards);
  const waitMs = settings?.waitMs ?? 0;
  return {
    settings,
    pushes,
    handlers: createHandlers({ pushes, store, waitMs, clock }),
    readers: settings && createReaders(pushes, { waitMs, clock, log }),
    start(options = {}) {
      if (settings === null) return { stop: async () => undefined };
      const { answerMs, quietHours, timeZone } = settings;
      return startSender({
        pushes,
        post: createPost(settings, clock),
        settings,
        policy: { waitMs, answerMs, quietUntil: (at) => quietUntil(at, quietHours, timeZone) },
        // Only asked once the node is there.
        store: { readLog: (...args) => store().readLog(...args), readState: (id) => store().readState(id) },
        findEntities: deps.findEntities,
        clock,
        random: Math.random,
        log,
        ...options,
      });
    },
  };
}

/** What goes wrong here costs a push too many, never a customer's call. */
function createReaders(
  pushes: PushStore,
  { waitMs, clock, log }: { waitMs: number; clock: () => number; log: Logger },
): ReaderWatch {
  const attempt = (work: Promise<void>): void => {
    work.catch((error: unknown) => log.warn({ reason: messageOf(error) }, 'who reads was not noted'));
  };
  return {
    renewMs: READER_TTL_MS / 3,
    noteRead: (conversationId, position) => attempt(pushes.noteRead(conversationId, position, clock())),
    enter(conversationId) {
      const id = randomUUID();
      const renew = () => attempt(pushes.enter(conversationId, id, READER_TTL_MS));
      renew();
      return { renew, leave: () => attempt(pushes.leave(conversationId, id, clock() + waitMs)) };
    },
  };
}
