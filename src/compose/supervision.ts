import { findAccount, listAccounts } from '../accounts/accounts';
import { writeAudit } from '../accounts/audit';
import type { RequirePermission } from '../accounts/guard';
import { AppError } from '../errors';
import { checkTransfer } from '../handoff/assign/check-transfer';
import type { PresenceDesk } from '../handoff/assign/presence-desk';
import type { Desk } from '../handoff/desk';
import { readOrdersAtRisk } from '../supervision/orders-at-risk';
import { registerSupervision } from '../supervision/routes';
import { share } from '../supervision/share';
import { readWall } from '../supervision/wall';
import { upcastState } from '../turns/upcast';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** Viewers of one node who ask within this time see the same wall. */
const WALL_MS = 1000;

/** What those who lead see and do. */
export function registerLeaders(
  engine: Engine,
  { server, mask }: Edge,
  people: { desk: Desk; presence: PresenceDesk; requirePermission: RequirePermission },
): void {
  const { db, clock, log, node, queue, roster, routing, news, duty, cleanup } = engine;
  const { desk, presence, requirePermission } = people;
  const wall = share(
    () =>
      readWall({
        queue,
        readState: async (id) => upcastState(await node.store.readState(id)),
        colleagues: presence.colleagues,
        groups: presence.groups,
        readOrdersAtRisk: (before) => readOrdersAtRisk(db, before),
        readPlaces: () => listAccounts(db),
        clock,
      }),
    { forMs: WALL_MS, clock: () => performance.now() },
  );
  const stopListening = news.subscribe(wall.forget);
  cleanup.add(async () => stopListening());
  registerSupervision(server, {
    db,
    desk,
    news,
    readWall: wall.read,
    async setPresence(accountId, change) {
      const account = await findAccount(db, { id: accountId });
      if (!account || account.disabledAt !== null)
        throw new AppError('not-found', 'There is no such colleague. Nothing was changed.');
      const me = await presence.declare(account, change, true);
      await duty.refresh();
      return me;
    },
    checkTarget: (to) => checkTransfer({ roster, queue, routing }, to, ''),
    audit: (entry) => writeAudit(db, { ...entry, at: clock() }),
    notePresence: (entry) => writeAudit(db, { ...entry, at: clock() }),
    mask: (text) => mask(text).text,
    requirePermission,
    clock,
    log,
  });
}
