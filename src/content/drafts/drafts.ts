import { dayOf } from '../../calendar-day';
import type { Draft, Rebase, Rebased, SaveDraft, SavedDraft } from '../../contract/content-editing';
import { endingWarnings } from '../../dialogs/tables/fact-endings';
import { AppError } from '../../errors';
import { applyChanges, type Changes, changedPaths, changesBetween } from '../changes';
import type { ContentChecker } from '../check/checker';
import type { ContentFiles } from '../content';
import { checkFile, checkFiles } from '../limits';
import type { PlaceRights } from '../place-rights/place-rights';
import type { VersionStore } from '../version-store';
import type { DraftStore, StoredDraft } from './draft-store';
import { hasConflictMarks } from './merge';

export interface DraftsDependencies {
  store: DraftStore;
  versions: Pick<VersionStore, 'get'>;
  /** The id of the version that new sessions get. */
  current: () => string;
  checker: Pick<ContentChecker, 'check' | 'merge'>;
  rights: Pick<PlaceRights, 'checkChange'>;
  clock: () => number;
  /** The operator's zone. */
  timeZone: string;
}

/** A save came with an old revision: what is there instead. */
export type SaveResult = { status: 'saved'; draft: SavedDraft } | { status: 'conflict'; draft: Draft };
export type RebaseResult = { status: 'done'; rebased: Rebased } | { status: 'conflict'; draft: Draft };

/**
 * The drafts of admins: changes on top of a version, which a newer version can be brought under. Whatever writes one throws
 * `forbidden` for changes that an account may not make.
 */
export interface Drafts {
  read(accountId: string): Promise<Draft>;
  save(accountId: string, save: SaveDraft): Promise<SaveResult>;
  /** Throws all changes away. */
  discard(accountId: string): Promise<Draft>;
  /**
   * Makes what leads from one version to another the draft, to be brought onto the current one like any other. Null
   * when there are changes of one's own already.
   */
  take(accountId: string, from: string, to: string): Promise<Draft | null>;
  /** Brings the current version under the changes; asks for a resolution where both changed the same lines. */
  rebase(accountId: string, rebase: Rebase): Promise<RebaseResult>;
}

export function createDrafts(deps: DraftsDependencies): Drafts {
  const { store, versions, checker, clock } = deps;

  async function filesOf(version: string): Promise<ContentFiles> {
    const files = await versions.get(version);
    if (files) return files;
    throw new AppError('internal', `Content version ${version} is not in the store.`);
  }
  /** A draft without changes follows the current version. */
  async function load(accountId: string): Promise<StoredDraft> {
    const stored = await store.read(accountId);
    const hasChanges = stored && Object.keys(stored.changes).length > 0;
    return hasChanges ? stored : { base: deps.current(), revision: stored?.revision ?? 0, changes: {} };
  }
  async function show({ base, revision, changes }: StoredDraft): Promise<Draft> {
    const before = await filesOf(base);
    const files = applyChanges(before, changes);
    const { problems, warnings: found, endings } = await checker.check(files);
    const warnings = [...found, ...endingWarnings(endings, dayOf(clock(), deps.timeZone))];
    const isBehind = base !== deps.current();
    return { base, revision, files, changed: changedPaths(before, files), problems, warnings, isBehind };
  }
  const withoutFiles = ({ files: _files, ...draft }: Draft): SavedDraft => draft;

  /** Null when somebody saved in between. What came with the version below is nobody's change. */
  async function write(accountId: string, draft: StoredDraft): Promise<Draft | null> {
    const files = await filesOf(draft.base);
    const after = applyChanges(files, draft.changes);
    checkFiles(after);
    await deps.rights.checkChange(accountId, files, after);
    const next = { ...draft, revision: draft.revision + 1, changes: changesBetween(files, after) };
    return (await store.write(accountId, next, clock())) ? show(next) : null;
  }
  const conflict = async (accountId: string) => ({
    status: 'conflict' as const,
    draft: await show(await load(accountId)),
  });

  return {
    read: async (accountId) => show(await load(accountId)),

    async save(accountId, { revision, changes }) {
      for (const [path, text] of Object.entries(changes)) checkFile(path, text);
      const stored = await load(accountId);
      if (stored.revision !== revision) return conflict(accountId);
      const saved = await write(accountId, { ...stored, changes: { ...stored.changes, ...changes } });
      return saved ? { status: 'saved', draft: withoutFiles(saved) } : conflict(accountId);
    },

    async discard(accountId) {
      const stored = await load(accountId);
      const empty = { base: deps.current(), revision: stored.revision, changes: {} };
      return (await write(accountId, empty)) ?? show(await load(accountId));
    },

    async take(accountId, from, to) {
      const stored = await load(accountId);
      if (Object.keys(stored.changes).length > 0) return null;
      const changes = changesBetween(await filesOf(from), await filesOf(to));
      return write(accountId, { base: from, revision: stored.revision, changes });
    },

    async rebase(accountId, { revision, onto, resolved }) {
      checkResolved(resolved);
      const stored = await load(accountId);
      const target = deps.current();
      if (stored.revision !== revision || (onto !== undefined && onto !== target)) return conflict(accountId);
      const [base, theirs] = [await filesOf(stored.base), await filesOf(target)];
      const { changes, merged, conflicts } = await checker.merge(base, stored.changes, theirs);
      const open = conflicts.filter(({ path }) => !Object.hasOwn(resolved, path));
      if (open.length > 0) {
        const draft = withoutFiles(await show(stored));
        return { status: 'done', rebased: { onto: target, isMoved: false, merged, conflicts: open, draft } };
      }
      const asked = new Set(conflicts.map(({ path }) => path));
      const answers = Object.entries(resolved).filter(([path]) => asked.has(path));
      const all: Changes = { ...changes, ...Object.fromEntries(answers) };
      const moved = await write(accountId, { base: target, revision, changes: all });
      if (!moved) return conflict(accountId);
      const draft = withoutFiles(moved);
      return { status: 'done', rebased: { onto: target, isMoved: true, merged, conflicts: [], draft } };
    },
  };
}

function checkResolved(resolved: Changes): void {
  for (const [path, text] of Object.entries(resolved)) {
    checkFile(path, text);
    if (text !== null && hasConflictMarks(text))
      throw new AppError(
        'bad-request',
        `Nothing was changed. ${path} still has the marks of a conflict: choose what stands between them and take the marks out.`,
      );
  }
}
