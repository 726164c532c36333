import type { Logger } from 'pino';
import type { HoldUp } from '../../contract/content-editing';
import type { Database } from '../../records/database';
import type { ContentFiles } from '../content';
import { holdUpPlanned, type Planned, publishVersion, type ServingState } from '../serving/serving-state';
import type { ServingStore } from '../serving/serving-store';
import type { BringUp } from './bring-up';
import type { Gate } from './gate';
import { writePublication } from './publications';

/** What was scheduled goes before customers when it is due, is tried again, or ends with its reason where all see it. */
export interface ScheduledDependencies {
  serving: Pick<ServingStore, 'read' | 'change'>;
  bringUp: BringUp;
  gate: Gate;
  filesOf: (version: string) => Promise<ContentFiles>;
  /** Versions that sessions may be on. */
  live: () => Promise<string[]>;
  clock: () => number;
  log: Logger;
}

/** How long after a failed try the next one is made. */
export const AGAIN_MS = 30_000;

/** The same plan: not called off, published or made anew by somebody meanwhile. */
const isStill = (state: ServingState, { version, at }: Planned): boolean =>
  state.planned?.version === version && state.planned.at === at;

/**
 * One look at what is scheduled; true when it was published by this one. Every node does it: the first that comes to
 * the state wins. A fault while Postgres is gone is thrown, since it can be noted nowhere; the next look tries again.
 */
export function createScheduled(deps: ScheduledDependencies): () => Promise<boolean> {
  const { serving, bringUp, gate, filesOf, live, clock, log } = deps;

  const isDue = ({ at, holdUp }: Planned): boolean =>
    clock() >= (holdUp === null ? at : holdUp.triedAt + AGAIN_MS);

  async function blockersOf({ version }: Planned, base: string) {
    const [files, before] = [await filesOf(version), await filesOf(base)];
    return gate({ version, files, base: { version: base, files: before } });
  }
  async function bring(planned: Planned): Promise<boolean> {
    const { version, accountId, sessions, map, rollOut } = planned;
    const choice = { sessions, map, rollOut, live: await live() };
    let isMine = false;
    await bringUp.change(version, async (state, tx) => {
      if (!isStill(state, planned)) return state;
      const action = rollOut ? 'roll-out' : 'publish';
      await writePublication(tx, { action, version, message: '', accountId, at: clock() });
      isMine = true;
      return { ...publishVersion(state, version, choice, clock()), planned: null };
    });
    return isMine;
  }
  async function giveUp(tx: Database, { version, accountId }: Planned): Promise<void> {
    await writePublication(tx, { action: 'schedule.fail', version, message: '', accountId, at: clock() });
    log.error({ version }, 'a scheduled version was not published; the list of versions says why');
  }
  /** Notes what holds it up, unless another node has published it or noted the same in the meantime. */
  async function note(planned: Planned, why: HoldUp): Promise<void> {
    await serving.change(async (state, tx) => {
      if (!state) throw new Error('no node has started yet');
      if (!isStill(state, planned) || !state.planned || !isDue(state.planned)) return state;
      const next = holdUpPlanned(state, why, clock());
      if (next.missed) await giveUp(tx, planned);
      return next;
    });
  }

  return async () => {
    const served = await serving.read();
    const planned = served?.state.planned;
    if (!served || !planned || !isDue(planned)) return false;
    try {
      const blockers = await blockersOf(planned, served.state.current);
      if (blockers.length === 0) return await bring(planned);
      await note(planned, { type: 'blocked', blockers });
    } catch (error) {
      log.warn({ err: error, version: planned.version }, 'a scheduled version was not published yet');
      await note(planned, { type: 'fault' });
    }
    return false;
  };
}
