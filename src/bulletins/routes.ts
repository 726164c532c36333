import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../accounts/guard';
import type { Content } from '../content/content';
import { type BulletinPage, bulletinPreviewRequestSchema, newBulletinSchema } from '../contract/bulletins';
import { AppError } from '../errors';
import { parseBody } from '../http/parse-body';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { Database } from '../records/database';
import { endBulletin, listBulletins, publishBulletin } from './bulletins';
import { placeChoices, unknownPlaces } from './place-choices';
import { previewBulletin } from './preview-bulletin';

export interface BulletinRoutesDependencies {
  db: Database;
  /** What new conversations get: its places can be chosen, its words stand around a bulletin. */
  content: () => Pick<Content, 'areas' | 'dialogs'>;
  /** Takes ID cards, bank cards, passwords and codes out of a text. */
  mask: (text: string) => string;
  /** Called when what is told has changed. */
  onChange: () => void;
  requirePermission: RequirePermission;
  timeZone: string;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 16 * 1024;

/**
 * `GET /admin/bulletins`; `POST /admin/bulletins` has the bot tell something within two seconds, without a draft or a
 * second person; `DELETE /admin/bulletins/:id` ends it; `POST /admin/bulletins/preview` shows it and changes nothing.
 */
export function registerBulletins(server: Server, deps: BulletinRoutesDependencies): void {
  const { db, content, mask, onChange, requirePermission, timeZone, clock, log } = deps;
  const readers = requirePermission('bulletins.read');
  const publishers = requirePermission('bulletins.publish');
  const page = async (): Promise<BulletinPage> => {
    const now = clock();
    return { bulletins: await listBulletins(db, now), places: placeChoices(content().areas), now, timeZone };
  };
  server.get(
    '/admin/bulletins',
    route(
      log,
      readers(async ({ response }) => sendJson(response, 200, await page())),
    ),
  );
  server.post(
    '/admin/bulletins',
    route(
      log,
      publishers(async ({ request, response, account }) => {
        const wanted = parseBody(newBulletinSchema, await readJson(request, BODY_LIMIT));
        refuseUnfit(wanted, content().areas, mask);
        await publishBulletin(db, wanted, { accountId: account.id, at: clock() });
        onChange();
        sendJson(response, 201, await page());
      }),
    ),
  );
  server.post(
    '/admin/bulletins/preview',
    route(
      log,
      publishers(async ({ request, response }) => {
        const { text } = parseBody(bulletinPreviewRequestSchema, await readJson(request, BODY_LIMIT));
        sendJson(response, 200, previewBulletin(text, content().dialogs, { timeZone, now: clock() }));
      }),
    ),
  );
  server.del(
    '/admin/bulletins/:id',
    route(
      log,
      publishers(async ({ request, response, account }) => {
        const id = z.uuid().safeParse(request.params?.id).data;
        const isEnded =
          id !== undefined && (await endBulletin(db, id, { accountId: account.id, at: clock() }));
        if (!isEnded) throw new AppError('not-found', 'This bulletin is over already. Nothing was changed.');
        onChange();
        sendJson(response, 200, await page());
      }),
    ),
  );
}

/** Throws `bad-request` for places that nobody lives in, and for what must not be told to everybody. */
function refuseUnfit(
  { text: { zh, en }, places }: z.infer<typeof newBulletinSchema>,
  areas: Content['areas'],
  mask: (text: string) => string,
): void {
  const [unknown] = unknownPlaces(areas, places);
  if (unknown)
    throw new AppError(
      'bad-request',
      'Nothing was published. To mend: places: one of them is not among those that are served; choose it again.',
    );
  if ([zh, en ?? ''].some((text) => mask(text) !== text))
    throw new AppError(
      'bad-request',
      'Nothing was published. To mend: text: it holds what looks like an ID card, a bank card, a password or a code.',
    );
}
