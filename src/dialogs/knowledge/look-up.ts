import type { Article, AskedAt, FoundAnswers } from '../../contract/knowledge';
import type { Turn } from '../turn';
import { areaOf } from './area-of';

export const askedAt = (turn: Turn): AskedAt => ({ now: turn.context.now, area: areaOf(turn.state) });

/** What the knowledge of the session's content version has on a question, at this time and for this customer. */
export const lookUp = (turn: Turn, text: string): FoundAnswers => turn.set.findAnswers(text, askedAt(turn));

/** The article of an id; articles that were asked about may be gone after a change of versions. */
export const articleOf = (turn: Turn, id: string | undefined): Article | undefined =>
  id === undefined ? undefined : turn.set.articles.get(id);
