import { groupOf, reachOf } from '../../../handoff/routing/routing';
import type { SkillGroup } from '../../../handoff/routing/routing-schema';
import { isOpenAt, nextOpening } from '../../../sla/calendar/opening';
import type { Work } from '../work';
import { groupFor, routingOf } from './line-up';

/**
 * Whether somebody takes what waits for a group, by its hours and by who is on duty. Danger knows no hours. Where the
 * node saw no groups (a desk of the channel's own, an entry of an earlier release), anybody counts.
 */
export function isStaffedFor(work: Work, groupId: string, isDanger: boolean): boolean {
  const { isStaffed, desk } = work.entry;
  if (!desk) return isStaffed;
  const reach = reachOf(routingOf(work), groupId).map(({ group }) => group);
  return reach.some((group) => desk.groups.includes(group.id) && (isDanger || isOpen(work, group)));
}

/** The same for whoever wants a human now, as far as it is known before they say why. */
export function isStaffedNow(work: Work): boolean {
  const { owner, line } = work.state.ownership;
  const waits = owner === 'queued' ? line?.group : undefined;
  return isStaffedFor(work, waits ?? groupFor(work, { reason: 'customer-asked', priority: 'normal' }), false);
}

const isOpen = (work: Work, { hours }: SkillGroup): boolean => {
  const calendar = hours === undefined ? undefined : routingOf(work).calendars.get(hours);
  return calendar === undefined || isOpenAt(calendar, work.entry.at);
};

/** When a group that is closed now opens again; null when it is open, or keeps no hours. */
export function opensAt(work: Work, groupId: string): number | null {
  const { hours } = groupOf(routingOf(work), groupId);
  const calendar = hours === undefined ? undefined : routingOf(work).calendars.get(hours);
  if (!calendar || isOpenAt(calendar, work.entry.at)) return null;
  return nextOpening(calendar, work.entry.at);
}
