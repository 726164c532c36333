import { localeSchema } from '../../contract/activity';
import type { Skills } from '../../contract/desk';
import { zoneOf } from '../../zone';
import type { Routing } from '../routing/routing';
import type { AgentRecord } from './agent-roster';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Who leads serves the groups that ask for their members by name, too. */
const leads = (role: string): boolean => role === 'supervisor' || role === 'admin';

function groupsOf({ groups: known }: Routing, { groups }: Skills, role: string): Record<string, number> {
  const served = known.filter(({ id, isNamedOnly }) =>
    groups ? groups[id] !== undefined : !isNamedOnly || leads(role),
  );
  return Object.fromEntries(served.map(({ id }) => [id, groups?.[id] ?? 1]));
}

/** The next time that the wall clock shows a time of day. */
export function nextTimeOfDay(time: string, now: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wall = now + zone.offsetAt(now);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const at = (day: number) => zone.momentOf(midnight + day * DAY_MS + (hours * 60 + minutes) * MINUTE_MS);
  return at(0) > now ? at(0) : at(1);
}

/**
 * What assignment needs to know of an account that comes on duty now: skills as far as today's policy has the groups,
 * and from when on nothing new is offered before the shift ends.
 */
export function agentRecord(
  account: { id: string; name: string; role: string },
  skills: Skills,
  {
    routing,
    now,
    timeZone,
    shiftEndsAt,
  }: { routing: Routing; now: number; timeZone: string; shiftEndsAt: number | null },
): AgentRecord {
  const { id, name, role } = account;
  const { languages, capacity, shiftEnd } = skills;
  // The roster knows better than the time of day at which somebody usually goes.
  const endsAt = shiftEndsAt ?? (shiftEnd === null ? null : nextTimeOfDay(shiftEnd, now, timeZone));
  return {
    id,
    name,
    role,
    groups: groupsOf(routing, skills, role),
    languages: languages ?? [...localeSchema.options],
    capacity,
    closesAt: endsAt === null ? null : endsAt - routing.lastMinutesOfShift * MINUTE_MS,
  };
}
