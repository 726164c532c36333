import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../accounts/guard';
import { type Talk, talkRequestSchema } from '../contract/content-talk';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { ContentChecker } from './check/checker';
import type { Drafts } from './drafts/drafts';

export interface TalkRoutesDependencies {
  drafts: Pick<Drafts, 'read'>;
  checker: Pick<ContentChecker, 'talk'>;
  /** Where models lie on this node. */
  folder: string;
  timeZone: string;
  requirePermission: RequirePermission;
  log: Logger;
}

const BODY_LIMIT = 256 * 1024;
/** A page that waits longer is told to ask again: what is learned meanwhile is kept. */
const PATIENCE_MS = 8000;

/** `POST /admin/content/talk`: a conversation with one's own draft; nothing of it is kept, no customer sees it. */
export function registerTalk(server: Server, deps: TalkRoutesDependencies): void {
  const { drafts, checker, folder, timeZone, requirePermission, log } = deps;
  server.post(
    '/admin/content/talk',
    route(
      log,
      requirePermission('content.edit')(async ({ request, response, account }) => {
        const asked = parseBody(talkRequestSchema, await readJson(request, BODY_LIMIT));
        const { files } = await drafts.read(account.id);
        const talk = checker.talk({ ...asked, files, folder, timeZone });
        sendJson(response, 200, await within(talk, PATIENCE_MS));
      }),
    ),
  );
}

async function within(talk: Promise<Talk>, ms: number): Promise<Talk> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = new Promise<Talk>((resolve) => {
    timer = setTimeout(() => resolve({ isReady: false, turns: [], fault: null }), ms);
  });
  // Whoever asks again hears of what went wrong meanwhile.
  talk.catch(() => undefined);
  try {
    return await Promise.race([talk, later]);
  } finally {
    clearTimeout(timer);
  }
}
