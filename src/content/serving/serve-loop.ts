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

/** A node that has nothing new to tell shows that it lives so often: well within the time after which it counts as gone. */
const ALIVE_MS = 2000;

/** Keeps a node on what is published; says what it is ready for. Ends with the node off the list. */
export function startServing({ nodeId, versions, store, log }: ServeLoopOptions): { stop(): Promise<void> } {
  let told = { text: '', at: Number.NEGATIVE_INFINITY };
  async function tell(): Promise<void> {
    const report = { nodeId, revision: versions.served.revision, ready: versions.ready() };
    const [text, at] = [JSON.stringify(report), performance.now()];
    if (text === told.text && at - told.at < ALIVE_MS) return;
    await store.report(report);
    told = { text, at };
  }
  const loop = startLoop({
    name: 'content served',
    everyMs: EVERY_MS,
    log,
    async round() {
      await tell();
      const next = await store.newer(versions.served.revision);
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
