import type { DialogState } from '../../contract/dialog';
import {
  type AreaParts,
  type Article,
  type AskedAt,
  areaPartsSchema,
  type FoundAnswers,
} from '../../contract/knowledge';
import type { Turn } from '../turn';

/** Where the customer lives, as far as the session has learned it. */
export function areaOf({ shared }: Pick<DialogState, 'shared'>): AreaParts | null {
  for (const value of Object.values(shared)) {
    const area = areaPartsSchema.safeParse(value).data;
    if (area && Object.keys(area).length > 0) return area;
  }
  return null;
}

export const askedAt = (turn: Turn): AskedAt => ({ now: turn.context.now, area: areaOf(turn.state) });

/** What the knowledge of the session's content version has on a question, at this time and for this customer. */
export const lookUp = (turn: Turn, text: string): FoundAnswers => turn.set.findAnswers(text, askedAt(turn));

/** The article of an id; articles that were asked about may be gone after a change of versions. */
export const articleOf = (turn: Turn, id: string | undefined): Article | undefined =>
  id === undefined ? undefined : turn.set.articles.get(id);
