import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { AgentWords } from './before-sending/agent-words';
import { checkText, type Span } from './before-sending/check-text';

export interface CheckRoutesDependencies {
  words: AgentWords;
  findSecrets: (text: string) => Span[];
  /** Whether somebody still owes the customer of a conversation something, with a time. */
  hasOpenTask: (conversationId: string) => Promise<boolean>;
  requirePermission: RequirePermission;
  log: Logger;
}

const bodySchema = z.strictObject({ text: z.string().max(4000) });

/** `POST /agent/conversations/:id/check`: what the agent should look at again before this leaves. Nothing is sent. */
export function registerChecks(server: Server, deps: CheckRoutesDependencies): void {
  const { words, findSecrets, log } = deps;
  server.post(
    '/agent/conversations/:id/check',
    route(
      log,
      deps.requirePermission('conversations.work')(async ({ request, response }) => {
        const { text } = parseBody(bodySchema, await readJson(request, 32 * 1024));
        const hasTask = await deps.hasOpenTask(String(request.params?.id ?? ''));
        sendJson(response, 200, { findings: checkText(text, { words, findSecrets, hasTask }) });
      }),
    ),
  );
}
