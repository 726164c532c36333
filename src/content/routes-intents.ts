import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import type { IntentMeasures, MeasuredIntents } from '../contract/content-intents';
import { AppError } from '../errors';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import { type ContentFiles, versionOf } from './content';
import type { Drafts } from './drafts/drafts';
import { learnedFiles, rememberMeasures } from './intents/measure';
import type { VersionStore } from './version-store';

export interface IntentRoutesDependencies {
  drafts: Pick<Drafts, 'read'>;
  store: Pick<VersionStore, 'get'>;
  /** The id of the version that new sessions get. */
  current: () => string;
  /** Works in another thread. */
  measure: (files: ContentFiles) => Promise<MeasuredIntents>;
  requirePermission: RequirePermission;
  log: Logger;
}

/** `GET /admin/content/intents/measure`: the intents of one's draft cross-validated, beside those of the current version. */
export function registerIntents(server: Server, deps: IntentRoutesDependencies): void {
  const { drafts, store, current, measure, requirePermission, log } = deps;
  const measures = rememberMeasures(measure);

  async function compare(accountId: string): Promise<IntentMeasures> {
    const { files, problems } = await drafts.read(accountId);
    const problem = problems.find(({ file }) => file.startsWith('intents/'));
    if (problem)
      throw new AppError(
        'bad-content',
        `Nothing was measured: mend line ${problem.line} of ${problem.file}.`,
      );
    const served = (await store.get(current())) ?? files;
    const isSame = versionOf(learnedFiles(served)) === versionOf(learnedFiles(files));
    const draft = await measures.read(files);
    const now = isSame ? null : await measures.read(served);
    return draft && (isSame || now) ? { isReady: true, draft, current: now } : { isReady: false };
  }
  server.get(
    '/admin/content/intents/measure',
    route(
      log,
      requirePermission('content.edit')(async ({ response, account }) =>
        sendJson(response, 200, await compare(account.id)),
      ),
    ),
  );
}
