import type { RequirePermission } from '../accounts/guard';
import { registerSkills } from '../accounts/routes-skills';
import { readSkills } from '../accounts/skills';
import { createPresenceDesk, type PresenceDesk } from '../handoff/assign/presence-desk';
import { registerPresence } from '../handoff/routes-presence';
import { createShiftEnd } from '../rosters/shift-end';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** Who is there and what they can do: the routes of agents and of those who lead them. */
export function registerPeople(
  { db, roster, queue, routing, assigner, news, duty, clock, config, log }: Engine,
  { server, requirePermission }: Pick<Edge, 'server'> & { requirePermission: RequirePermission },
): PresenceDesk {
  const presence = createPresenceDesk({
    roster,
    queue,
    routing,
    readSkills: (accountId) => readSkills(db, accountId),
    shiftEndOf: createShiftEnd(db),
    news,
    clock,
    timeZone: config.TIME_ZONE,
  });
  registerPresence(server, {
    presence,
    assigner,
    queue,
    routing,
    news,
    requirePermission,
    onPresence: duty.refresh,
    log,
  });
  registerSkills(server, {
    db,
    groupIds: routing.groups.map(({ id }) => id),
    onSkills: presence.learn,
    requirePermission,
    clock,
    log,
  });
  return presence;
}
