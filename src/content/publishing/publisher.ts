import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Blocker, PublishDraft, Published, rollOutSchema } from '../../contract/content-editing';
import { AppError } from '../../errors';
import type { Database } from '../../records/database';
import { type ContentFiles, versionOf } from '../content';
import type { Drafts } from '../drafts/drafts';
import type { PlaceRights } from '../place-rights/place-rights';
import {
  type Planned,
  publishVersion,
  type ServingState,
  stopVersion,
  wasServed,
} from '../serving/serving-state';
import type { ServingStore } from '../serving/serving-store';
import { versionStateOf } from '../serving/version-state';
import type { VersionStore } from '../version-store';
import type { BringUp } from './bring-up';
import type { Gate } from './gate';
import { type NewPublication, writePublication } from './publications';
import type { Reviews } from './reviews';
import { createScheduled } from './scheduled';

export interface PublisherDependencies {
  drafts: Pick<Drafts, 'read' | 'discard'>;
  store: VersionStore;
  serving: ServingStore;
  bringUp: BringUp;
  gate: Gate;
  reviews: Reviews;
  rights: PlaceRights;
  /** Whether somebody else has to have read a draft before it is published. */
  needsSecondPerson: boolean;
  clock: () => number;
  log: Logger;
}

export type PublishResult =
  | { status: 'published'; published: Published }
  /** What keeps it from being published; nothing was changed. */
  | { status: 'blocked'; blockers: Blocker[] };

interface By {
  /** Null for a program. */
  accountId: string | null;
}
type Words = { version: string; message: string };

/** Puts versions before customers and takes them away; every act is kept with who did it and why. */
export interface Publisher {
  /**
   * Throws `conflict` for an old revision, a draft behind the current version, or one that nobody has read, and `forbidden`
   * for changes that the account may not make any more. All others here reach everybody: not by an account with places.
   */
  publish(by: { accountId: string }, wanted: PublishDraft): Promise<PublishResult>;
  rollBack(by: By, wanted: Words): Promise<Published>;
  /** Another share of new conversations for the version that is tried. */
  widen(by: By, wanted: Words & z.infer<typeof rollOutSchema>): Promise<Published>;
  /** Takes a version away from everybody at once. */
  stop(by: By, wanted: Words): Promise<Published>;
  /** Calls off what is scheduled, or notes that it is known what could not be published. */
  unschedule(by: By): Promise<void>;
  /** One look at what is scheduled; true when it was published. See `createScheduled`. */
  runDue(): Promise<boolean>;
}

const LONGEST_MS = 90 * 24 * 3600_000;
/** Sessions of versions that were last current before that are over. */
const LIVE_MS = 31 * 24 * 3600_000;
const nothing = (why: string) => new AppError('conflict', `${why} Nothing was changed.`);

export function createPublisher(deps: PublisherDependencies): Publisher {
  const { drafts, store, serving, bringUp, gate, reviews, rights, clock, log } = deps;

  const filesOf = async (version: string): Promise<ContentFiles> => {
    const files = await store.get(version);
    if (files) return files;
    throw new AppError('not-found', 'There is no such version. Open the list of versions again.');
  };
  const answer = (version: string, state: ServingState, isEverywhere: boolean): Published => ({
    version,
    state: versionStateOf(version, state),
    isEverywhere,
  });
  const live = () => store.usedSince(clock() - LIVE_MS);
  const runDue = createScheduled({ serving, bringUp, gate, filesOf, live, clock, log });
  async function change(
    version: string,
    publication: Omit<NewPublication, 'at' | 'version'>,
    next: (state: ServingState) => ServingState,
  ): Promise<Published> {
    const { served, isEverywhere } = await bringUp.change(version, async (state, tx) => {
      const changed = next(state);
      await noteUnscheduled(tx, state, changed, publication.accountId);
      await writePublication(tx, { ...publication, version, at: clock() });
      return changed;
    });
    return answer(version, served.state, isEverywhere);
  }
  /** Going back and stopping call off what is scheduled: it was made for another state of things. */
  async function noteUnscheduled(
    tx: Database,
    before: ServingState,
    after: ServingState,
    accountId: string | null,
  ): Promise<void> {
    const { planned } = before;
    if (!planned || after.planned) return;
    const about = { version: planned.version, accountId, at: clock() };
    await writePublication(tx, { ...about, action: 'schedule.end', message: '' });
  }
  function checkFree(state: ServingState, base: string): void {
    if (state.current !== base)
      throw nothing('Another version was published meanwhile: bring it under the draft first.');
    if (state.planned)
      throw nothing('A version is scheduled already: call that off first, or wait until it is published.');
  }

  const checkEverywhere = async (accountId: string | null): Promise<void> => {
    if (accountId !== null) await rights.checkEverywhere(accountId);
  };
  async function checkReview(accountId: string, version: string): Promise<void> {
    if (!deps.needsSecondPerson) return;
    const others = (await reviews.approversOf(version)).filter(({ id }) => id !== accountId);
    if (others.length === 0)
      throw nothing('Somebody else has to read this draft and approve it first, as it is now.');
  }
  async function schedule(planned: Planned, message: string, base: string): Promise<Published> {
    const { version, accountId, at } = planned;
    const now = clock();
    if (at <= now || at > now + LONGEST_MS)
      throw new AppError('bad-request', 'Nothing was changed. A time to come within 90 days can be chosen.');
    const { served } = await bringUp.change(version, async (before, tx) => {
      checkFree(before, base);
      await writePublication(tx, { action: 'schedule', version, message, accountId, at: now });
      return { ...before, planned, missed: null, isByHand: true };
    });
    return answer(version, served.state, false);
  }

  return {
    async publish({ accountId }, { revision, message, sessions, map, at, rollOut = null }) {
      const draft = await drafts.read(accountId);
      if (draft.revision !== revision)
        throw nothing('The draft was changed meanwhile: look at what is there and publish again.');
      if (draft.changed.length === 0) throw nothing('There is nothing to publish: the draft has no changes.');
      if (draft.isBehind) throw nothing('Another version was published: bring it under the draft first.');
      const { base, files } = draft;
      const version = versionOf(files);
      const before = { version: base, files: await filesOf(base) };
      await rights.checkChange(accountId, before.files, files);
      const blockers = await gate({ version, files, base: before });
      if (blockers.length > 0) return { status: 'blocked', blockers };
      await checkReview(accountId, version);
      const origin = { authorId: accountId, message, parent: base, changedCount: draft.changed.length };
      await store.put(version, files, clock(), origin);
      if (at !== undefined) {
        const planned = { version, at: Date.parse(at), accountId, sessions, map, rollOut, holdUp: null };
        return { status: 'published', published: await schedule(planned, message, base) };
      }
      const choice = { sessions, map, rollOut, live: await live() };
      const action = rollOut ? 'roll-out' : 'publish';
      const published = await change(version, { action, message, accountId }, (state) => {
        checkFree(state, base);
        return publishVersion(state, version, choice, clock());
      });
      if (!rollOut) await drafts.discard(accountId);
      return { status: 'published', published };
    },

    async rollBack({ accountId }, { version, message }) {
      await checkEverywhere(accountId);
      await filesOf(version);
      return change(version, { action: 'roll-back', message, accountId }, (state) => {
        if (state.current === version && !state.rollOut) throw nothing('This version is current already.');
        if (!wasServed(state, version))
          throw nothing(
            'No customer ever got this version: publish it as a draft, so that it is tried first.',
          );
        const choice = { sessions: 'finish' as const, map: {}, rollOut: null, live: [] };
        return { ...publishVersion(state, version, choice, clock()), planned: null };
      });
    },

    async widen({ accountId }, { version, message, share, channels }) {
      await checkEverywhere(accountId);
      return change(version, { action: 'roll-out', message, accountId }, (state) => {
        if (state.rollOut?.version !== version) throw nothing('This version is not being tried at present.');
        const isWhole = share === 1 && channels === null;
        if (isWhole) checkFree(state, state.current);
        const rollOut = isWhole ? null : { share, channels };
        return publishVersion(state, version, { sessions: 'finish', map: {}, rollOut, live: [] }, clock());
      });
    },

    async stop({ accountId }, { version, message }) {
      await checkEverywhere(accountId);
      const before = await serving.read();
      const after = before && stopVersion(before.state, version, clock());
      const fallback = after?.moves[version]?.to;
      if (fallback === undefined)
        throw nothing('No customer gets this version, or there is none before it to go back to.');
      const { served, isEverywhere } = await bringUp.change(fallback, async (state, tx) => {
        const stopped = stopVersion(state, version, clock());
        if (stopped?.moves[version]?.to !== fallback)
          throw nothing('Somebody else has just changed what is served.');
        await noteUnscheduled(tx, state, stopped, accountId);
        await writePublication(tx, { action: 'stop', version, message, accountId, at: clock() });
        return stopped;
      });
      return answer(served.state.current, served.state, isEverywhere);
    },

    async unschedule({ accountId }) {
      await checkEverywhere(accountId);
      await serving.change(async (state, tx) => {
        if (state?.missed && !state.planned) return { ...state, missed: null };
        if (!state?.planned) throw nothing('Nothing is scheduled.');
        const after = { ...state, planned: null };
        await noteUnscheduled(tx, state, after, accountId);
        return after;
      });
    },

    runDue,
  };
}
