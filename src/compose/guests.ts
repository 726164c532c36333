import { findAccount } from '../accounts/accounts';
import { writeAudit } from '../accounts/audit';
import type { RequirePermission } from '../accounts/guard';
import type { Permissions } from '../accounts/permissions';
import type { Desk } from '../handoff/desk';
import { checkGuest } from '../handoff/guests/check-guest';
import { registerGuests } from '../handoff/guests/routes-guests';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** Colleagues who are asked into a conversation. */
export function registerInvitations(
  { db, clock, roster, news, log }: Engine,
  server: Edge['server'],
  deps: { desk: Desk; permissions: Permissions; requirePermission: RequirePermission },
): void {
  const nameOf = async (id: string): Promise<string | null> => {
    const account = await findAccount(db, { id });
    const mayWork = account && deps.permissions[account.role].includes('conversations.work');
    return mayWork && account.disabledAt === null ? account.name : null;
  };
  registerGuests(server, {
    ...deps,
    news,
    checkGuest: (guestId, from) => checkGuest({ roster, nameOf }, guestId, from),
    audit: (entry) => writeAudit(db, { ...entry, at: clock() }),
    log,
  });
}
