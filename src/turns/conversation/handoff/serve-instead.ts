import { groupOf } from '../../../handoff/routing/routing';
import { speakPattern, type Work } from '../work';
import { routingOf } from './line-up';
import { opensAt } from './staffing';

/** `isAsked`: whether a call-back is wanted is asked first. */
export type OfferOrder = (isAsked: boolean) => void;

/** What the policy does for whoever wants a human of a group that is closed, or of which nobody is there. */
export function serveInstead(work: Work, group: string, offerOrder: OfferOrder): void {
  const { whenAbsent } = groupOf(routingOf(work), group);
  const opens = opensAt(work, group);
  if (opens !== null) speakPattern(work, 'desk-closed', { opensAt: opens });
  if (whenAbsent !== 'wait') return offerOrder(whenAbsent === 'call-back');
  if (opens === null) speakPattern(work, 'nobody-wait');
}
