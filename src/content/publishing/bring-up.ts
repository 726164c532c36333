import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../records/database';
import type { ServingState } from '../serving/serving-state';
import type { Served, ServingStore } from '../serving/serving-store';
import type { ContentVersions } from '../versions';

export interface BringUpDependencies {
  serving: ServingStore;
  versions: Pick<ContentVersions, 'load' | 'serve'>;
  /** How long other nodes may take to read and learn a version before it is served without them, in ms. */
  readyMs?: number;
  /** How long is waited until they serve it, in ms. */
  servedMs?: number;
}

const LOOK_MS = 50;

async function untilAll(
  serving: ServingStore,
  holds: (node: { revision: number; ready: string[] }) => boolean,
  withinMs: number,
): Promise<boolean> {
  for (const from = performance.now(); ; await pause(LOOK_MS)) {
    if ((await serving.nodes()).every(holds)) return true;
    if (performance.now() - from > withinMs) return false;
  }
}

/**
 * Puts a version before customers: first every node reads and learns it, then all go over to it at their next look, so
 * that no turn waits for it. Answers once this node serves it.
 */
export function createBringUp({ serving, versions, readyMs = 30_000, servedMs = 2000 }: BringUpDependencies) {
  const note = (version: string, isWanted: boolean) =>
    serving.change(async (state) => {
      if (!state) throw new Error('no node has started yet');
      const others = state.preparing.filter((each) => each !== version);
      if (!isWanted && others.length === state.preparing.length) return state;
      return { ...state, preparing: isWanted ? [...others, version] : others };
    });
  /** Throws what loading it throws; nothing is asked of the nodes any more then. */
  async function prepare(version: string): Promise<void> {
    await versions.load(version);
    await note(version, true);
    await untilAll(serving, ({ ready }) => ready.includes(version), readyMs);
  }
  return {
    async change(
      version: string,
      change: (state: ServingState, tx: Database) => Promise<ServingState>,
    ): Promise<{ served: Served; isEverywhere: boolean }> {
      try {
        await prepare(version);
        const served = await serving.change(async (state, tx) => {
          if (!state) throw new Error('no node has started yet');
          return change(state, tx);
        });
        await versions.serve(served);
        const isEverywhere = await untilAll(serving, ({ revision }) => revision >= served.revision, servedMs);
        return { served, isEverywhere };
      } finally {
        await note(version, false);
      }
    },
  };
}
export type BringUp = ReturnType<typeof createBringUp>;
