import { join } from 'node:path';
import {
  createRequirePermission,
  createRequireSignedIn,
  lacksSecondFactor,
  type RequirePermission,
} from '../accounts/guard';
import { type AccountLinks, createAccountLinks } from '../accounts/links';
import { createOpenId } from '../accounts/open-id/open-id';
import { openIdSettings } from '../accounts/open-id/settings';
import { type Permissions, permissionsOf, type Worker } from '../accounts/permissions';
import { registerAccounts } from '../accounts/routes';
import { OPEN_ID_PATH, registerOpenId } from '../accounts/routes-open-id';
import { registerOwnAccount } from '../accounts/routes-own';
import { createSecondFactors } from '../accounts/second-factor/second-factors';
import { createSignIns } from '../accounts/sign-ins';
import { loadPermissions } from '../content/load-permissions';
import { placeNames } from '../content/served-places';
import { seal, unseal } from '../customers/seal';
import type { Edge } from './channels';
import type { Engine } from './engine';

const SHIPPED = join(__dirname, '..', '..');

/** Who works here: signing in, one's own account, and the accounts as admins see them. */
export function registerAccountRoutes(
  { config, db, clock, log, keys, baseUrl, queue, news, content }: Engine,
  { server, origins }: Edge,
): {
  links: AccountLinks;
  requirePermission: RequirePermission;
  /** Who may work at the desk by a sign-in; null for one that is over, or lacks the code that the role asks for. */
  workerOf: (token: string) => Promise<Worker | null>;
  permissions: Permissions;
} {
  const sealing = {
    seal: (plain: string) => seal(keys.dataKey, plain),
    unseal: (sealed: string) => unseal(keys.dataKey, sealed),
  };
  const factors = createSecondFactors({ db, clock, seal: sealing });
  const signIns = createSignIns({ db, clock, factors });
  const links = createAccountLinks({ db, clock, baseUrl });
  const secondFactorRoles = config.SECOND_FACTOR_ROLES;
  const permissions = loadPermissions(config.CONTENT_DIR ?? SHIPPED, SHIPPED);
  const guard = { signIns, ownOrigins: origins.own, secondFactorRoles, permissions };
  const requirePermission = createRequirePermission(guard);
  const requireSignedIn = createRequireSignedIn(guard);
  const isSecure = config.NODE_ENV === 'production';
  const openId = openIdSettings(config);

  registerOwnAccount(server, { db, signIns, factors, requireSignedIn, secondFactorRoles, clock, log });
  registerAccounts(server, {
    db,
    signIns,
    links,
    factors,
    requirePermission,
    hasOpenId: openId !== null,
    servedPlaces: () => placeNames(content.current.areas),
    ownOrigins: origins.own,
    isSecure,
    onSignOut: async (accountId) => {
      await queue.notePresence(accountId, 'gone');
      await news.publish({ topic: 'presence', agentId: accountId });
    },
    clock,
    log,
  });
  if (openId) {
    const provider = createOpenId(openId, () => `${baseUrl()}${OPEN_ID_PATH}/callback`);
    registerOpenId(server, { db, openId: provider, signIns, seal: sealing, baseUrl, isSecure, clock, log });
  }
  const workerOf = async (token: string) => {
    const account = await signIns.accountOf(token);
    if (!account || lacksSecondFactor(account, secondFactorRoles)) return null;
    return { ...account, permissions: permissionsOf(account, permissions) };
  };
  return { links, requirePermission, workerOf, permissions };
}
