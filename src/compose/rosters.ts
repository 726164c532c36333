import { listAccounts } from '../accounts/accounts';
import type { RequirePermission } from '../accounts/guard';
import type { PresenceDesk } from '../handoff/assign/presence-desk';
import type { Desk } from '../handoff/desk';
import { addNote } from '../records/desk/notes';
import { giveBackAfterShift } from '../rosters/after-shift';
import { registerRosters } from '../rosters/routes';
import { registerHandOver } from '../rosters/routes-hand-over';
import { listTasks, passTasks } from '../tasks/tasks';
import { startLoop } from '../turns/shard-duty';
import type { Edge } from './channels';
import type { Engine } from './engine';

const SWEEP_MS = 20_000;

/** Who works when, what is handed over at the end, and what becomes of the rest. */
export function startRosters(
  { config, db, clock, log, node, roster, routing, cleanup }: Engine,
  { server, mask }: Edge,
  {
    desk,
    presence,
    requirePermission,
  }: { desk: Desk; presence: PresenceDesk; requirePermission: RequirePermission },
): void {
  registerRosters(server, {
    db,
    timeZone: config.TIME_ZONE,
    clock,
    async onShifts(accountIds) {
      const accounts = await listAccounts(db);
      for (const account of accounts.filter(({ id }) => accountIds.includes(id)))
        await presence.learnShift(account);
    },
    requirePermission,
    log,
  });
  registerHandOver(server, {
    desk,
    roster,
    routing,
    async addNote(note) {
      await addNote(db, { ...note, at: clock(), mentions: [] });
    },
    async passTasks(pass, accountId) {
      await passTasks(db, pass, { accountId, at: clock() });
    },
    tasksOf: (conversationId) => listTasks(db, { conversationId }),
    mask: (text) => mask(text).text,
    requirePermission,
    clock,
    log,
  });
  const sweep = startLoop({
    name: 'what is left after shifts',
    everyMs: SWEEP_MS,
    log,
    round: async () => {
      await giveBackAfterShift({ roster, desk, routing, accept: node.engine.accept, clock, log });
      return false;
    },
  });
  cleanup.add(sweep.stop);
}
