import type { Understanding } from '../contract/understanding';
import { fits } from './slots/fill-slots';
import type { Turn } from './turn';

/**
 * "翠屏国际城7幢" in answer to "do you mean a fault": whoever gives what the dialog of a concern would ask for, and says
 * nothing against it and nothing else, wants it.
 */
export function isAsGoodAsYes(turn: Turn, intent: string, understanding: Understanding): boolean {
  const { entities, intents, isNegated } = understanding;
  if (intents.length > 0 || isNegated) return false;
  const slots = turn.set.dialogs.get(turn.set.byIntent.get(intent) ?? '')?.slots ?? {};
  return Object.values(slots).some(({ entity: wanted }) => entities.some((entity) => fits(entity, wanted)));
}
