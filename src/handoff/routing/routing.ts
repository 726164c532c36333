import type { Calendar } from '../../contract/sla';
import { type RoutingPolicy, routingSchema, type SkillGroup } from './routing-schema';

/** The routing policy of a node, checked. It is not pinned: whatever waits is served under that of today. */
export interface Routing extends RoutingPolicy {
  /** By its id. */
  byId: ReadonlyMap<string, SkillGroup>;
  /** Those that groups name as their hours. */
  calendars: ReadonlyMap<string, Calendar>;
}

/** Throws nothing: what is passed was checked. */
export const routingOf = (policy: RoutingPolicy, calendars: ReadonlyMap<string, Calendar>): Routing => ({
  ...policy,
  byId: new Map(policy.groups.map((group) => [group.id, group])),
  calendars,
});

/** One group for everything, which is always open: a server without a policy of its own. */
export const plainRouting: Routing = routingOf(
  routingSchema.parse({
    defaultGroup: 'general',
    groups: [{ id: 'general', name: { zh: '综合', en: 'General' } }],
  }),
  new Map(),
);

/** A group by its id; the default one for what today's policy does not know any more. */
export function groupOf({ byId, defaultGroup }: Routing, id: string | undefined): SkillGroup {
  const group = byId.get(id ?? defaultGroup) ?? byId.get(defaultGroup);
  if (!group) throw new TypeError(`the routing policy was not checked: no group "${defaultGroup}"`);
  return group;
}

/** A group and those that it overflows to, each with the wait after which it is asked too. */
export function reachOf(routing: Routing, id: string): { group: SkillGroup; afterMs: number }[] {
  const reach: { group: SkillGroup; afterMs: number }[] = [];
  let afterMs = 0;
  let group: SkillGroup | undefined = groupOf(routing, id);
  while (group && !reach.some((each) => each.group === group)) {
    reach.push({ group, afterMs });
    afterMs += (group.overflow?.afterSeconds ?? 0) * 1000;
    group = group.overflow && routing.byId.get(group.overflow.to);
  }
  return reach;
}
