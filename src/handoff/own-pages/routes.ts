import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { RequirePermission } from '../../accounts/guard';
import { AppError } from '../../errors';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import type { Desk } from '../desk';
import { addressOf, mayOpen, type OwnPages } from './own-pages';

export interface OwnPagesDependencies {
  ownPages: OwnPages;
  desk: Pick<Desk, 'readFor'>;
  audit: (entry: {
    accountId: string;
    action: 'customer.page';
    subject: string;
    note: string;
  }) => Promise<void>;
  requirePermission: RequirePermission;
  log: Logger;
}

/** Opens pages of the operator's own systems with the customer filled in, and writes down who did. */
export function registerOwnPages(server: Server, deps: OwnPagesDependencies): void {
  const { ownPages, desk, requirePermission, log } = deps;
  const readers = requirePermission('conversations.read');
  server.get(
    '/agent/conversations/:id/own-pages',
    route(
      log,
      readers(async ({ request, response, account }) => {
        const state = await desk.readFor(account, String(request.params?.id ?? ''));
        const pages = ownPages.pages
          .filter((page) => mayOpen(account, page) && addressOf(page, state) !== null)
          .map(({ id, name }) => ({ id, name }));
        sendJson(response, 200, { pages });
      }),
    ),
  );
  server.get(
    '/agent/conversations/:id/own-pages/:page',
    route(
      log,
      readers(async ({ request, response, account }) => {
        // Another page must not open it in an agent's name; programs send no such header.
        if (!['same-origin', undefined].includes(String(request.headers['sec-fetch-site'] ?? 'same-origin')))
          throw new AppError('forbidden', 'Open this page from the desk.');
        const conversationId = String(request.params?.id ?? '');
        const state = await desk.readFor(account, conversationId);
        const page = ownPages.pages.find(({ id }) => id === request.params?.page);
        const address = page && mayOpen(account, page) ? addressOf(page, state) : null;
        if (!page || address === null)
          throw new AppError('not-found', 'There is no such page for this customer. Nothing was opened.');
        const subject = `conversation:${conversationId}`;
        await deps.audit({ accountId: account.id, action: 'customer.page', subject, note: page.id });
        response.writeHead(302, {
          Location: address,
          'Referrer-Policy': 'no-referrer',
          'Cache-Control': 'no-store',
        });
        response.end();
      }),
    ),
  );
}
