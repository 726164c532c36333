import type { Logger } from 'pino';
import { startLoop } from '../../turns/shard-duty';
import type { ContentVersions } from '../versions';
import type { ServingStore } from './serving-store';

/** Twice a second: all nodes serve what was published within two seconds, whatever became of a message between them. */
const EVERY_MS = 500;

export interface ServeLoopOptions {
  nodeId: string;
  versions: Pick<ContentVersions, 'served' | 'ready' | 'serve'>;
  store: ServingStore;
  log: Logger;
}

/** Keeps a node on what is published; says what it is ready for. Ends with the node off the list. */
export function startServing({ nodeId, versions, store, log }: ServeLoopOptions): { stop(): Promise<void> } {
  const loop = startLoop({
    name: 'content served',
    everyMs: EVERY_MS,
    log,
    async round() {
      const report = { nodeId, revision: versions.served.revision, ready: versions.ready() };
      const next = await store.report(report);
      if (!next) return false;
      await versions.serve(next);
      return true;
    },
  });
  return {
    async stop() {
      await loop.stop();
      await store.leave(nodeId);
    },
  };
}
