import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../contract/problem';
import type { Calendar } from '../contract/sla';
import { parseFile, type Report } from '../dialogs/parse-file';
import { type Routing, routingOf } from '../handoff/routing/routing';
import { type RoutingPolicy, routingSchema } from '../handoff/routing/routing-schema';
import { contentToMend } from './content-to-mend';
import { loadCalendars } from './load-policies';
import { POLICY_FOLDER, ROUTING } from './policy-names';

const SHAPES = 'src/handoff/routing/routing-schema.ts';

/** Reads the routing policy; every problem at once. It is null when there is any. */
export function parseRouting(
  text: string,
  calendars: ReadonlyMap<string, Calendar>,
): { routing: Routing | null; problems: ContentProblem[] } {
  const problems: ContentProblem[] = [];
  const file = `${POLICY_FOLDER}/${ROUTING}`;
  const { value, report } = parseFile(file, text, routingSchema, problems, { shapes: SHAPES });
  if (value) checkRouting(value, calendars, report);
  return { routing: value && problems.length === 0 ? routingOf(value, calendars) : null, problems };
}

function checkRouting(policy: RoutingPolicy, calendars: ReadonlyMap<string, Calendar>, report: Report): void {
  const ids = policy.groups.map(({ id }) => id);
  const checkGroup = (id: string, path: PropertyKey[]) => {
    if (!ids.includes(id)) report(path, `there is no group "${id}"`, `one of: ${ids.join(', ')}`);
  };
  checkGroup(policy.defaultGroup, ['defaultGroup']);
  for (const [i, { id, hours, overflow }] of policy.groups.entries()) {
    const path = ['groups', i];
    if (ids.indexOf(id) !== i) report([...path, 'id'], `"${id}" stands twice`, 'give each a name of its own');
    if (hours !== undefined && !calendars.has(hours))
      report(
        [...path, 'hours'],
        `there is no calendar "${hours}"`,
        `one of: ${[...calendars.keys()].join(', ')}`,
      );
    if (overflow) checkGroup(overflow.to, [...path, 'overflow', 'to']);
    if (overflow?.to === id)
      report(
        [...path, 'overflow', 'to'],
        'a group does not overflow to itself',
        'name another, or leave it out',
      );
  }
  for (const [i, { to }] of policy.rules.entries()) checkGroup(to, ['rules', i, 'to']);
}

/**
 * The routing policy below `root`, or that which ships (with its own calendars) where it has none. Throws `bad-content`
 * with every problem.
 */
export function loadRouting(root: string, shipped: string, timeZone: string): Routing {
  const path = (folder: string) => join(folder, POLICY_FOLDER, ROUTING);
  const place = existsSync(path(root)) ? root : shipped;
  const calendars = loadCalendars(place, shipped, timeZone);
  const { routing, problems } = parseRouting(readFileSync(path(place), 'utf8'), calendars);
  if (routing) return routing;
  throw contentToMend('Routing', problems);
}
