import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { AuditEntry } from '../../accounts/audit';
import type { RequirePermission } from '../../accounts/guard';
import { parseBody } from '../../http/parse-body';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import type { ActResult, Desk } from '../desk';
import type { DeskNews } from '../desk-news';

export interface GuestRoutesDependencies {
  desk: Pick<Desk, 'act' | 'invite'>;
  news: Pick<DeskNews, 'publish'>;
  /** The name of a colleague who can come. Throws `bad-request` for nobody who works with customers, `conflict` for who is not there. */
  checkGuest: (guestId: string, from: string) => Promise<{ id: string; name: string }>;
  audit: (entry: Omit<AuditEntry, 'at'>) => Promise<void>;
  requirePermission: RequirePermission;
  log: Logger;
}

const BODY_LIMIT = 4 * 1024;
const clientId = z.string().min(1).max(200).optional();
const inviteSchema = z.strictObject({
  clientId,
  agentId: z.uuid(),
  /** Whether they may write to the customer, or only read and note. */
  mayWrite: z.boolean().default(false),
});
const leaveSchema = z.strictObject({
  clientId,
  /** Whom the owner sends away; left out: oneself. */
  agentId: z.uuid().optional(),
});

/**
 * `POST /agent/conversations/:id/invite` asks a colleague in, `…/leave` lets one go. The conversation's own turns decide;
 * who has it, and its epoch, stay as they are.
 */
export function registerGuests(server: Server, deps: GuestRoutesDependencies): void {
  const { desk, audit, news, log } = deps;
  const actors = deps.requirePermission('conversations.work');
  const tell = async (
    result: ActResult,
    { accountId, action, conversationId, guestId }: Told,
  ): Promise<ActResult> => {
    if (result.status === 'unchanged') return result;
    await audit({ accountId, action, subject: `conversation:${conversationId}`, note: `account:${guestId}` });
    await news.publish({ topic: 'guests', conversationId, agentId: guestId });
    return result;
  };
  server.post(
    '/agent/conversations/:id/invite',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const body = parseBody(inviteSchema, await readJson(request, BODY_LIMIT));
        const conversationId = String(request.params?.id ?? '');
        const guest = await deps.checkGuest(body.agentId, account.id);
        const words = { guest, mayWrite: body.mayWrite };
        const step = { conversationId, requestId: body.clientId ?? null, words };
        const told = {
          accountId: account.id,
          action: 'conversation.invite',
          conversationId,
          guestId: guest.id,
        } as const;
        const result = await tell(await desk.invite(account, step), told);
        sendJson(response, result.status === 'pending' ? 202 : 200, result);
      }),
    ),
  );
  server.post(
    '/agent/conversations/:id/leave',
    route(
      log,
      actors(async ({ request, response, account }) => {
        const body = parseBody(leaveSchema, await readJson(request, BODY_LIMIT));
        const conversationId = String(request.params?.id ?? '');
        const guestId = body.agentId ?? account.id;
        const requestId = body.clientId ?? null;
        const left = await desk.act(account, {
          conversationId,
          requestId,
          name: 'agent.leave',
          words: { guestId },
        });
        const told = {
          accountId: account.id,
          action: 'conversation.leave',
          conversationId,
          guestId,
        } as const;
        const result = await tell(left, told);
        sendJson(response, result.status === 'pending' ? 202 : 200, result);
      }),
    ),
  );
}

interface Told {
  accountId: string;
  action: 'conversation.invite' | 'conversation.leave';
  conversationId: string;
  guestId: string;
}
