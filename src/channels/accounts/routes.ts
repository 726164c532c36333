import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { RequirePermission } from '../../accounts/guard';
import {
  ACCOUNT_PARTS,
  type AccountTrial,
  accountChangeSchema,
  accountNameSchema,
  type ChannelAccounts,
  type Vendor,
  vendorSchema,
} from '../../contract/channel-accounts';
import { seal } from '../../customers/seal';
import { AppError } from '../../errors';
import { parseBody } from '../../http/parse-body';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';
import {
  type ChannelAccountRow,
  removeChannelAccount,
  writeChannelAccount,
} from '../../records/channel-accounts';
import type { Database } from '../../records/database';
import type { AccountBook } from './account-book';
import { ACCOUNT_SCHEMAS, openSecrets } from './account-parts';
import { listAccounts } from './list-accounts';

export interface ChannelAccountRoutesDependencies {
  db: Database;
  book: AccountBook;
  dataKey: string;
  /** Asks the vendor for a token. Null: the account is not served. */
  tryAccount: (vendor: Vendor, name: string) => Promise<AccountTrial | null>;
  others: () => ChannelAccounts['others'];
  /** Where customers and vendors reach this server. */
  baseUrl: () => string;
  /** True: only the vendors' own servers are called with the secrets. */
  onlyVendors: boolean;
  requirePermission: RequirePermission;
  clock: () => number;
  log: Logger;
}

const BODY_LIMIT = 64 * 1024;
const PATH = '/admin/channels';
const revisionSchema = z.object({ revision: z.coerce.number().int().min(1) });

/**
 * `GET /admin/channels`; `PUT` and `DELETE /admin/channels/:vendor/:name`; `POST …/:name/try` asks the vendor whether
 * it takes the secrets. No answer ever holds one.
 */
export function registerChannelAccounts(server: Server, deps: ChannelAccountRoutesDependencies): void {
  const { db, book, dataKey, requirePermission, clock, log } = deps;
  const managers = requirePermission('channels.manage');
  const page = (): ChannelAccounts => ({
    accounts: listAccounts(book, { dataKey, baseUrl: deps.baseUrl() }),
    others: deps.others(),
  });

  server.get(
    PATH,
    route(
      log,
      managers(async ({ response }) => {
        await book.refresh();
        sendJson(response, 200, page());
      }),
    ),
  );

  server.put(
    `${PATH}/:vendor/:name`,
    route(
      log,
      managers(async ({ request, response, account: by }) => {
        const { vendor, name } = whichOf(request);
        const change = parseBody(accountChangeSchema, await readJson(request, BODY_LIMIT));
        await book.refresh();
        refuseFixed(vendor, name);
        const known = rowOf(vendor, name);
        const wanted = wholeAccount(vendor, name, change, known);
        await writeChannelAccount(
          db,
          {
            ...{ vendor, name, settings: wanted.settings },
            isOn: change.isOn,
            sealed: seal(dataKey, JSON.stringify(wanted.secrets)),
            revision: change.revision,
          },
          { accountId: by.id, at: clock() },
        );
        await book.refresh();
        sendJson(response, 200, page());
      }),
    ),
  );

  server.del(
    `${PATH}/:vendor/:name`,
    route(
      log,
      managers(async ({ request, response, account: by }) => {
        const { vendor, name } = whichOf(request);
        const query = Object.fromEntries(new URLSearchParams(request.getQuery()));
        const { revision } = parseBody(revisionSchema, query);
        refuseFixed(vendor, name);
        await removeChannelAccount(db, { vendor, name, revision }, { accountId: by.id, at: clock() });
        await book.refresh();
        sendJson(response, 200, page());
      }),
    ),
  );

  server.post(
    `${PATH}/:vendor/:name/try`,
    route(
      log,
      managers(async ({ request, response }) => {
        const { vendor, name } = whichOf(request);
        await book.refresh();
        const trial = await deps.tryAccount(vendor, name);
        if (trial === null)
          throw new AppError('not-found', 'This account is not served: save it, and switch it on first.');
        sendJson(response, 200, trial);
      }),
    ),
  );

  const rowOf = (vendor: Vendor, name: string): ChannelAccountRow | undefined =>
    book.rows().find((row) => row.vendor === vendor && row.name === name);

  function refuseFixed(vendor: Vendor, name: string): void {
    if (!book.isFixed(vendor, name)) return;
    throw new AppError(
      'conflict',
      'An account of this name is set in the environment of the server. Nothing was changed: choose another name.',
    );
  }

  /** Settings and secrets that make an account together; secrets that were not written are those of before. */
  function wholeAccount(
    vendor: Vendor,
    name: string,
    { settings, secrets }: z.infer<typeof accountChangeSchema>,
    known: ChannelAccountRow | undefined,
  ) {
    const kept = known ? openSecrets(known, dataKey) : null;
    const written = parseBody(ACCOUNT_PARTS[vendor].secrets.partial(), secrets);
    const all = { ...kept, ...written };
    const open = parseBody(ACCOUNT_PARTS[vendor].settings, settings);
    const account = parseBody(ACCOUNT_SCHEMAS[vendor], { name, ...open, ...all });
    if (deps.onlyVendors && !isOfVendor(account.apiBase))
      throw new AppError(
        'bad-request',
        'Nothing was changed. To mend: apiBase: https and a host of weixin.qq.com; another one is set in the environment.',
      );
    return { settings: open, secrets: all };
  }
}

function whichOf(request: Request): { vendor: Vendor; name: string } {
  const { vendor, name } = request.params ?? {};
  return parseBody(z.object({ vendor: vendorSchema, name: accountNameSchema }), { vendor, name });
}

/** Secrets of an account go nowhere else, whoever sets it up. */
function isOfVendor(address: string): boolean {
  const { protocol, hostname, username, port } = new URL(address);
  const isHost = hostname === 'weixin.qq.com' || hostname.endsWith('.weixin.qq.com');
  return protocol === 'https:' && isHost && username === '' && port === '';
}
