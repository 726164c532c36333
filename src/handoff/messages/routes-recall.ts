import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { AuditEntry } from '../../accounts/audit';
import type { RequirePermission } from '../../accounts/guard';
import { agentMeans, RECALL_MS } from '../../contract/agent-means';
import { AppError } from '../../errors';
import { parseBody } from '../../http/parse-body';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import type { TurnStore } from '../../turns/turn-store';
import type { Desk } from '../desk';

export interface RecallRoutesDependencies {
  desk: Pick<Desk, 'act' | 'readFor'>;
  store: Pick<TurnStore, 'readLog'>;
  audit: (entry: Omit<AuditEntry, 'at'>) => Promise<void>;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const bodySchema = z.strictObject({
  /** Of the message, in the transcript. */
  position: z.number().int().min(1),
});

/**
 * `POST /agent/conversations/:id/recall` takes an own message back, within two minutes, where the channel can: our chat
 * shows it no more. The transcript keeps it, marked, for whoever may read it here.
 */
export function registerRecall(server: Server, deps: RecallRoutesDependencies): void {
  const { desk, store, audit, log } = deps;
  server.post(
    '/agent/conversations/:id/recall',
    route(
      log,
      deps.requirePermission('conversations.work')(async ({ request, response, account }) => {
        const { position } = parseBody(bodySchema, await readJson(request, 1024));
        const conversationId = String(request.params?.id ?? '');
        const { channel } = await desk.readFor(account, conversationId);
        if (!agentMeans[channel].canRecall)
          throw new AppError(
            'conflict',
            'A message of this channel cannot be taken back. Nothing was changed.',
          );
        const [line] = await store.readLog(conversationId, position - 1, 1);
        const { type, from, timestamp = '' } = line?.activity ?? {};
        const isOwn = line?.position === position && type === 'message' && from?.id === `agent:${account.id}`;
        if (!isOwn)
          throw new AppError('not-found', 'There is no such message of yours. Nothing was changed.');
        if (!(deps.clock() - Date.parse(timestamp) <= RECALL_MS))
          throw new AppError(
            'conflict',
            'It was sent more than two minutes ago, so it stays. Nothing was changed.',
          );
        const result = await desk.act(account, {
          conversationId,
          // The same message is taken back once.
          requestId: `recall-${position}`,
          name: 'agent.recall',
          words: { position },
        });
        const subject = `conversation:${conversationId}`;
        await audit({
          accountId: account.id,
          action: 'conversation.recall',
          subject,
          note: `line:${position}`,
        });
        sendJson(response, result.status === 'pending' ? 202 : 200, result);
      }),
    ),
  );
}
