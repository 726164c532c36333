import type { RequirePermission } from '../accounts/guard';
import { createContentChecker } from '../content/check/checker';
import { createDraftStore } from '../content/drafts/draft-store';
import { createDrafts } from '../content/drafts/drafts';
import { registerDraft } from '../content/routes-draft';
import { registerVersions } from '../content/routes-versions';
import { createPostgresVersionStore } from '../content/version-store';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** How admins change content: drafts and versions. */
export function startContentEditing(
  { db, content, clock, log, cleanup }: Engine,
  { server }: Edge,
  requirePermission: RequirePermission,
): void {
  const versions = createPostgresVersionStore(db);
  const checker = createContentChecker();
  cleanup.add(checker.close);
  const current = () => content.current.version;
  const drafts = createDrafts({ store: createDraftStore(db), versions, current, checker, clock });
  registerDraft(server, { drafts, requirePermission, log });
  registerVersions(server, { store: versions, current, requirePermission, log });
}
