import { MISSED } from '../../contract/desk';
import { type Routing, reachOf } from '../routing/routing';

/** The routing policy as the script takes it: who is asked for each group, and from which wait on. */
export function assignmentPolicy(routing: Routing): string {
  const { defaultGroup, reservationSeconds, notAgainSeconds, wantedSeconds, awayAfterMissed } = routing;
  const groups = Object.fromEntries(
    routing.groups.map(({ id, mode }) => [
      id,
      { mode, reach: reachOf(routing, id).map(({ group, afterMs }) => ({ group: group.id, afterMs })) },
    ]),
  );
  return JSON.stringify({
    defaultGroup,
    groups,
    reserveMs: reservationSeconds * 1000,
    notAgainMs: notAgainSeconds * 1000,
    wantedMs: wantedSeconds * 1000,
    awayAfterMissed,
    missed: MISSED,
  });
}
