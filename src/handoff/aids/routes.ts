import type { Request, Server } from 'restify';
import type { Call } from '../../accounts/guard';
import { localeSchema } from '../../contract/activity';
import { parseBody } from '../../http/parse-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import { maskPersonal } from '../mask-personal';
import { type AidDependencies, areasOf } from './aids';
import { registerCannedReplies } from './routes-canned-replies';
import { registerNotes } from './routes-notes';

/** What stands beside a conversation: what it may be filed under, what was before, what to answer; notes and replies. */
export function registerAids(server: Server, deps: AidDependencies): void {
  const { requirePermission, log } = deps;
  const readers = requirePermission('conversations.read');
  const get = (path: string, work: (call: Call<Request>) => Promise<void>) =>
    server.get(path, route(log, readers(work)));

  const { timeZone, dispositions, hasModel, wrapUpSeconds } = deps;
  get('/agent/settings', async ({ response }) => {
    const colleagues = await deps.colleagues();
    sendJson(response, 200, { timeZone, dispositions, hasModel, wrapUpSeconds, colleagues });
  });
  get('/agent/conversations/:id/background', async (call) => {
    const state = await deps.desk.readFor(call.account, String(call.request.params?.id ?? ''));
    const [sessions, incidents] = await Promise.all([
      deps.pastSessions(state.conversationId),
      deps.incidentsIn(areasOf(state)),
    ]);
    sendJson(call.response, 200, { sessions: maskPersonal(sessions), incidents });
  });
  get('/agent/conversations/:id/suggestions', async (call) => {
    const state = await deps.desk.readFor(call.account, String(call.request.params?.id ?? ''));
    const query = new URLSearchParams(call.request.getQuery());
    const locale = parseBody(localeSchema, query.get('locale') ?? state.dialog?.locale ?? 'zh');
    sendJson(call.response, 200, { passages: deps.suggest(state, locale) });
  });
  get('/agent/conversations/:id/similar', async (call) => {
    const state = await deps.desk.readFor(call.account, String(call.request.params?.id ?? ''));
    sendJson(call.response, 200, { cases: await deps.findSimilar(call.account, state) });
  });
  registerNotes(server, deps);
  registerCannedReplies(server, deps);
}
