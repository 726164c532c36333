import type { Frame } from '../../contract/dialog';
import type { Article } from '../../contract/knowledge';
import type { AnswerStep } from '../schema';
import type { Turn } from '../turn';
import { articleOf, askedAt, lookUp } from './look-up';
import { sayWhatHolds } from './say-article';

/** The answer that an `answer` step names or that its slot asks for; undefined when none holds now and here. */
function answerOf(turn: Turn, frame: Frame, { article, slot }: AnswerStep): Article | undefined {
  if (article) {
    const named = articleOf(turn, article);
    return named && turn.set.holds(named, askedAt(turn)) ? named : undefined;
  }
  const asked = slot ? frame.slots[slot] : undefined;
  if (typeof asked !== 'string') return undefined;
  const { status, articles } = lookUp(turn, asked);
  return status === 'found' ? articleOf(turn, articles[0]?.id) : undefined;
}

/** Says the answer; where the dialog goes on. An answer that cannot be said is none. */
export function runAnswer(turn: Turn, frame: Frame, step: AnswerStep): string {
  const article = answerOf(turn, frame, step);
  if (!article) return step.otherwise;
  return sayWhatHolds(turn, article) ? step.next : step.otherwise;
}
