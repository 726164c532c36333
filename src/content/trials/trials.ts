import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import type { Trial, TrialResult, Verdict } from '../../contract/content-trial';
import { AppError, messageOf } from '../../errors';
import type { SaidSession } from '../../records/content/past-sessions';
import { changedPaths } from '../changes';
import { type ContentFiles, versionOf } from '../content';
import type { Drafts } from '../drafts/drafts';
import type { VersionStore } from '../version-store';
import { blocksOf } from './blocks';
import type { TrialRequest } from './run-trial';
import type { StoredTrial, TrialStore } from './trial-store';

export interface TrialsDependencies {
  store: TrialStore;
  drafts: Pick<Drafts, 'read'>;
  versions: Pick<VersionStore, 'get'>;
  /** The id of the version that new sessions get. */
  current: () => string;
  runTrial: (request: TrialRequest) => Promise<TrialResult>;
  readSessions: (limit: number) => Promise<SaidSession[]>;
  settings: Pick<TrialRequest, 'folder' | 'timeZone' | 'margin'> & { replayed: number };
  clock: () => number;
  log: Logger;
}

/** Drafts are tried before they are published: the tests as the gate. */
export interface Trials {
  /** Begins to try one's draft. Throws `conflict` when the draft is another by now, `bad-request` when it has problems. */
  start(accountId: string, revision: number): Promise<Trial>;
  /** What came of one's draft as it stands; null when it was not tried. */
  read(accountId: string): Promise<Trial | null>;
  judge(accountId: string, causes: string[], verdict: Verdict): Promise<Trial>;
  /** What keeps a version from being published in place of another; empty when nothing does. */
  blocks(version: string, base: string): Promise<string[]>;
}

/** A trial that has not ended by then was on a node that is gone. */
const LOST_MS = 10 * 60_000;
const NOT_TRIED = 'The draft as it stands was not tried yet: try it first.';
const RUNNING = 'The draft is being tried: wait until it is done.';

export function createTrials(deps: TrialsDependencies): Trials {
  const { store, drafts, versions, current, settings, clock, log } = deps;

  async function filesOf(version: string): Promise<ContentFiles> {
    const files = await versions.get(version);
    if (files) return files;
    throw new AppError('internal', `Content version ${version} is not in the store.`);
  }
  const isLost = ({ startedAt, endedAt }: StoredTrial) => endedAt === null && clock() - startedAt > LOST_MS;
  const failureOf = (trial: StoredTrial): string | null =>
    trial.error ?? (isLost(trial) ? 'The server was restarted meanwhile.' : null);

  function blocksIn(trial: StoredTrial | null): string[] {
    if (!trial) return [NOT_TRIED];
    const failure = failureOf(trial);
    if (failure !== null) return [`The draft could not be tried: ${failure} Try it again.`];
    if (!trial.result) return [RUNNING];
    return blocksOf(trial.result, trial.verdicts, new Set(trial.changedDialogs));
  }
  const show = (trial: StoredTrial): Trial => ({
    id: trial.id,
    version: trial.version,
    base: trial.base,
    state: failureOf(trial) !== null ? 'failed' : trial.result ? 'done' : 'running',
    startedAt: new Date(trial.startedAt).toISOString(),
    result: trial.result,
    verdicts: trial.verdicts,
    blocks: blocksIn(trial),
  });

  async function run(trial: StoredTrial, draft: ContentFiles): Promise<void> {
    try {
      const [files, sessions] = [await filesOf(trial.base), await deps.readSessions(settings.replayed)];
      const before = await store.latestOf(trial.accountId);
      const result = await deps.runTrial({ ...settings, draft, current: files, sessions });
      const verdicts = before ? carryVerdicts(before, result) : {};
      await store.end(trial.id, { endedAt: clock(), error: null, result, verdicts });
    } catch (error) {
      log.error({ err: error, trial: trial.id }, 'draft could not be tried');
      await store.end(trial.id, { endedAt: clock(), error: messageOf(error), result: null, verdicts: {} });
    }
  }
  const versionOfMine = async (accountId: string): Promise<string> =>
    versionOf((await drafts.read(accountId)).files);

  return {
    async start(accountId, revision) {
      const draft = await drafts.read(accountId);
      if (draft.revision !== revision)
        throw new AppError('conflict', 'The draft was changed meanwhile: look at it again and try that.');
      if (draft.problems.length > 0)
        throw new AppError(
          'bad-request',
          `Nothing was tried: ${draft.problems.length} problems are to be mended first.`,
        );
      const [version, base] = [versionOf(draft.files), current()];
      const known = await store.latest(version, base);
      if (known && !known.result && failureOf(known) === null) return show(known);
      const changes = changedPaths(await filesOf(base), draft.files);
      const trial: StoredTrial = {
        id: uuid(),
        version,
        base,
        accountId,
        startedAt: clock(),
        endedAt: null,
        error: null,
        changedDialogs: changes.flatMap(({ path }) => /^dialogs\/([^/]+)\.yaml$/.exec(path)?.[1] ?? []),
        result: null,
        verdicts: {},
      };
      await store.begin(trial);
      run(trial, draft.files).catch((error) =>
        log.error({ err: error, trial: trial.id }, 'what came of a trial was not kept'),
      );
      return show(trial);
    },
    async read(accountId) {
      const trial = await store.latest(await versionOfMine(accountId), current());
      return trial && show(trial);
    },
    async judge(accountId, causes, verdict) {
      const trial = await store.latest(await versionOfMine(accountId), current());
      if (!trial?.result) throw new AppError('conflict', trial ? RUNNING : NOT_TRIED);
      const there = new Set(trial.result.differences.map(({ cause }) => cause));
      const strange = causes.find((cause) => !there.has(cause));
      if (strange !== undefined)
        throw new AppError('bad-request', `Nothing was noted: there is no difference by "${strange}".`);
      const given = Object.fromEntries(causes.map((cause) => [cause, verdict]));
      await store.judge(trial.id, given);
      return show({ ...trial, verdicts: { ...trial.verdicts, ...given } });
    },
    blocks: async (version, base) => blocksIn(await store.latest(version, base)),
  };
}

/** What was said of a cause stays said while its differences are the same, word for word. */
function carryVerdicts({ result, verdicts }: StoredTrial, fresh: TrialResult): Record<string, Verdict> {
  const tell = ({ differences }: TrialResult, cause: string) =>
    JSON.stringify(differences.filter((each) => each.cause === cause));
  return Object.fromEntries(
    Object.entries(verdicts).filter(
      ([cause]) => result && tell(result, cause) === tell(fresh, cause) && tell(fresh, cause) !== '[]',
    ),
  );
}
