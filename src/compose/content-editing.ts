import { findAccount } from '../accounts/accounts';
import type { RequirePermission } from '../accounts/guard';
import type { Permissions } from '../accounts/permissions';
import { createContentChecker } from '../content/check/checker';
import { createDraftStore } from '../content/drafts/draft-store';
import { createDrafts, type Drafts } from '../content/drafts/drafts';
import { createPlaceRights } from '../content/place-rights/place-rights';
import { createBringUp } from '../content/publishing/bring-up';
import { createLoaderGate, createTrialGate, gatesInTurn } from '../content/publishing/gate';
import { readPublications } from '../content/publishing/publications';
import { createPublisher } from '../content/publishing/publisher';
import { createReviews } from '../content/publishing/reviews';
import { readMisunderstood } from '../content/read-misunderstood';
import { registerDraft } from '../content/routes-draft';
import { type IntentRoutesDependencies, registerIntents } from '../content/routes-intents';
import { registerMessages } from '../content/routes-messages';
import { registerPreview } from '../content/routes-preview';
import { registerPromises } from '../content/routes-promises';
import { registerProposals } from '../content/routes-proposals';
import { registerPublish } from '../content/routes-publish';
import { registerReviews } from '../content/routes-reviews';
import { registerSessions } from '../content/routes-sessions';
import { registerTables } from '../content/routes-tables';
import { registerTalk } from '../content/routes-talk';
import { registerTokens } from '../content/routes-tokens';
import { registerTrials } from '../content/routes-trials';
import { registerVersions } from '../content/routes-versions';
import { createServingStore } from '../content/serving/serving-store';
import { createContentTokens } from '../content/tokens/content-tokens';
import { createContentGuard } from '../content/tokens/guard';
import { createProposals } from '../content/trials/proposals';
import { createTrialStore } from '../content/trials/trial-store';
import { createTrials, type Trials } from '../content/trials/trials';
import { createPostgresVersionStore } from '../content/version-store';
import { readFiledSessions } from '../records/content/filed-sessions';
import { dismissMessages, readDismissed, readLearnableMessages } from '../records/content/learnable-messages';
import { readSaidSession, readSaidSessions } from '../records/content/past-sessions';
import { readUnspokenFacts } from '../records/unspoken-facts';
import { countPlaces } from '../turns/places';
import { startLoop } from '../turns/shard-duty';
import { countWays } from '../turns/ways';
import { openDispositions } from './aids';
import type { Edge } from './channels';
import { contentFolder } from './content';
import type { Engine } from './engine';

/** How often it is looked whether something scheduled is due. */
const DUE_MS = 1000;

/** To learn and cross-validate thousands of examples takes a minute on a slow machine. */
const TRIAL_TIMEOUT_MS = 5 * 60_000;
const TRIAL_MEMORY_MB = 1024;

/** How admins change content: drafts, versions, publishing. */
export function startContentEditing(
  engine: Engine,
  { server }: Edge,
  bySignIn: RequirePermission,
  permissions: Permissions,
): void {
  const { config, db, redis, content, checker, clock, log, cleanup } = engine;
  const tokens = createContentTokens(db, clock);
  const requirePermission = createContentGuard({
    requirePermission: bySignIn,
    tokens,
    findAccount: (id) => findAccount(db, { id }),
    permissions,
  });
  registerTokens(server, { tokens, requirePermission: bySignIn, log });
  const store = createPostgresVersionStore(db);
  const serving = createServingStore(db);
  const draftStore = createDraftStore(db);
  const current = () => content.served.state.current;
  const timeZone = config.TIME_ZONE;
  const rights = createPlaceRights(db, clock);
  const drafts = createDrafts({
    store: draftStore,
    versions: store,
    current,
    checker,
    rights,
    clock,
    timeZone,
  });
  const trials = openTrials(engine, drafts);
  const reviews = createReviews(db);
  const publisher = createPublisher({
    drafts,
    store,
    serving,
    bringUp: createBringUp({ serving, versions: content }),
    gate: gatesInTurn([createLoaderGate(checker), createTrialGate(trials.blocks)]),
    reviews,
    rights,
    needsSecondPerson: config.CONTENT_REVIEW === 'second-person',
    clock,
    log,
  });
  const due = startLoop({ name: 'scheduled content', everyMs: DUE_MS, log, round: publisher.runDue });
  cleanup.add(due.stop);
  const state = () => content.served.state;
  const proposals = createProposals({ db, drafts, versions: store, current: () => content.current, clock });
  registerProposals(server, { proposals, requirePermission, log });
  registerTrials(server, { trials, requirePermission, log });
  registerTalks(engine, server, { drafts, requirePermission });
  registerMeasures(engine, server, { drafts, store, current, requirePermission });
  registerPreview(server, { checker, requirePermission, timeZone: config.TIME_ZONE, clock, log });
  registerTables(server, {
    readUnspoken: (since) => readUnspokenFacts(db, since),
    requirePermission,
    clock,
    log,
  });
  registerPromises(server, { drafts, checker, requirePermission, timeZone: config.TIME_ZONE, log });
  const misunderstood = {
    judge: () => ({
      understand: content.current.understand,
      byIntent: content.current.dialogs.byIntent,
    }),
    dispositions: openDispositions({ config }),
    readSessions: (limit: number) => readSaidSessions(db, limit),
    readSession: (id: string) => readSaidSession(db, id),
    readFiled: (range: { since: number; limit: number }) => readFiledSessions(db, range),
    readDismissed: (keys: string[]) => readDismissed(db, keys),
  };
  registerMessages(server, {
    readMessages: async (range) => [
      ...(await readLearnableMessages(db, range)),
      ...(await readMisunderstood(misunderstood, range)),
    ],
    dismissMessages: (dismissed) => dismissMessages(db, dismissed),
    requirePermission,
    clock,
    log,
  });
  registerDraft(server, { drafts, requirePermission, log });
  registerVersions(server, {
    store,
    readPublications: (versions) => readPublications(db, versions),
    state,
    requirePermission,
    log,
  });
  registerPublish(server, { publisher, drafts, state, requirePermission, log });
  registerSessions(server, {
    countPlaces: () => countPlaces(redis, config.SHARDS, clock()),
    countWays: (dialog, days) => countWays(redis, { shards: config.SHARDS, dialog, now: clock(), days }),
    store,
    versions: content,
    drafts,
    checker,
    requirePermission,
    log,
  });
  registerReviews(server, { drafts, draftStore, store, reviews, requirePermission, clock, log });
}

/** Talks with drafts have a thread of their own as well: a trial may take a minute. */
function registerTalks(
  { config, stores, log, cleanup }: Engine,
  server: Edge['server'],
  own: { drafts: Pick<Drafts, 'read'>; requirePermission: RequirePermission },
): void {
  const checker = createContentChecker({ timeoutMs: TRIAL_TIMEOUT_MS, memoryMb: TRIAL_MEMORY_MB });
  cleanup.add(checker.close);
  registerTalk(server, { ...own, checker, folder: contentFolder(stores), timeZone: config.TIME_ZONE, log });
}

/** The intents of drafts are measured in a thread of their own as well. */
function registerMeasures(
  { log, cleanup }: Engine,
  server: Edge['server'],
  own: Omit<IntentRoutesDependencies, 'measure' | 'log'>,
): void {
  const checker = createContentChecker({ timeoutMs: TRIAL_TIMEOUT_MS, memoryMb: TRIAL_MEMORY_MB });
  cleanup.add(checker.close);
  registerIntents(server, { ...own, measure: checker.measure, log });
}

/** Trials have a thread of their own, so that saving a draft does not wait for them. */
function openTrials(
  { config, stores, db, content, clock, log, cleanup }: Engine,
  drafts: Pick<Drafts, 'read'>,
): Trials {
  const checker = createContentChecker({ timeoutMs: TRIAL_TIMEOUT_MS, memoryMb: TRIAL_MEMORY_MB });
  cleanup.add(checker.close);
  return createTrials({
    store: createTrialStore(db),
    drafts,
    versions: createPostgresVersionStore(db),
    current: () => content.served.state.current,
    runTrial: checker.runTrial,
    readSessions: (limit) => readSaidSessions(db, limit),
    settings: {
      folder: contentFolder(stores),
      timeZone: config.TIME_ZONE,
      margin: config.CONTENT_WORSE_PERCENT / 100,
      replayed: config.CONTENT_REPLAY,
    },
    clock,
    log,
  });
}
