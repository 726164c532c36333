import type { RequirePermission } from '../accounts/guard';
import { createContentChecker } from '../content/check/checker';
import { createDraftStore } from '../content/drafts/draft-store';
import { createDrafts } from '../content/drafts/drafts';
import { registerDraft } from '../content/routes-draft';
import { registerProposals } from '../content/routes-proposals';
import { registerTrials } from '../content/routes-trials';
import { registerVersions } from '../content/routes-versions';
import { createProposals } from '../content/trials/proposals';
import { createTrialStore } from '../content/trials/trial-store';
import { createTrials } from '../content/trials/trials';
import { createPostgresVersionStore } from '../content/version-store';
import { readSaidSessions } from '../records/content/past-sessions';
import type { Edge } from './channels';
import { contentFolder } from './content';
import type { Engine } from './engine';

/** To learn and cross-validate thousands of examples takes a minute on a slow machine. */
const TRIAL_TIMEOUT_MS = 5 * 60_000;
const TRIAL_MEMORY_MB = 1024;

/** How admins change content: drafts and versions. */
export function startContentEditing(
  { config, stores, db, content, clock, log, cleanup }: Engine,
  { server }: Edge,
  requirePermission: RequirePermission,
): void {
  const versions = createPostgresVersionStore(db);
  const checker = createContentChecker();
  cleanup.add(checker.close);
  const current = () => content.current.version;
  const drafts = createDrafts({ store: createDraftStore(db), versions, current, checker, clock });
  registerDraft(server, { drafts, requirePermission, log });
  const trialChecker = createContentChecker({ timeoutMs: TRIAL_TIMEOUT_MS, memoryMb: TRIAL_MEMORY_MB });
  cleanup.add(trialChecker.close);
  const trials = createTrials({
    store: createTrialStore(db),
    drafts,
    versions,
    current,
    runTrial: trialChecker.runTrial,
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
  const proposals = createProposals({ db, drafts, versions, current: () => content.current, clock });
  registerProposals(server, { proposals, requirePermission, log });
  registerTrials(server, { trials, requirePermission, log });
  registerVersions(server, { store: versions, current, requirePermission, log });
}
