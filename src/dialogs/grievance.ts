import type { Understanding } from '../contract/understanding';
import { askWay, askWhether, offerHuman } from './clarify';
import { lookUp } from './knowledge/look-up';
import { openIntents } from './open-dialog';
import { sayPattern, type Turn } from './turn';

/** What somebody angry may tap who has named no matter, and the concern behind each. */
const WAYS = {
  progress: { intent: 'order-progress', label: { zh: '看办到哪了', en: 'Look it up' } },
  again: { intent: 'repair-reopen', label: { zh: '又坏了，报修', en: 'It broke again' } },
  complaint: { intent: 'complaint-file', label: { zh: '登记投诉', en: 'File a complaint' } },
} as const;
type Way = (typeof WAYS)[keyof typeof WAYS];

/** Another concern is this likely what the anger is about. */
const LIKELY = 0.45;

/**
 * Anger, or trouble that came again, without a matter that was understood: first what the customer feels, then the
 * complaint and the open order, or the repair, are offered; what is only broken again is a report. Once: then a human.
 * False for everything else.
 */
export function onGrievance(turn: Turn, understanding: Understanding): boolean {
  const { grievance, isNegated, text } = understanding;
  if (!grievance || isNegated || lookUp(turn, text).status === 'found') return false;
  const { isAngry, isRepeated, isBroken } = grievance;
  if (!isAngry && !(isRepeated && isBroken)) return false;
  if (!isAngry) return otherMatter(turn, understanding) === null && take(turn, WAYS.again, understanding);
  turn.state.misunderstood += 1;
  if (turn.state.misunderstood > 1) offerHuman(turn);
  else offerWays(turn, understanding, isRepeated);
  return true;
}

function take(turn: Turn, { intent }: Way, understanding: Understanding): boolean {
  if (!turn.set.byIntent.has(intent)) return false;
  openIntents(turn, [intent], understanding);
  return true;
}

function offerWays(turn: Turn, understanding: Understanding, isRepeated: boolean): void {
  sayUpset(turn, isRepeated);
  const other = otherMatter(turn, understanding);
  if (other) return askWhether(turn, other, understanding);
  const order = turn.context.orders.find(({ status }) => OPEN.has(status)) ?? null;
  const ways = [order ? WAYS.progress : WAYS.again, WAYS.complaint];
  askWay(turn, ways, understanding, { pattern: 'upset-offer', extra: { order } });
}

const OPEN: ReadonlySet<string> = new Set(['registered', 'assigned', 'in-progress']);

/** What is said to anger, with the word that brings a human the first time. */
export function sayUpset(turn: Turn, isRepeated: boolean): void {
  sayPattern(turn, 'upset', { isRepeated });
  if (typeof turn.state.humanOfferedAt === 'number') return;
  turn.state.humanOfferedAt = turn.context.now;
  sayPattern(turn, 'human-any-time');
}

/** What the words are likely about, where that is none of the ways anyway. */
function otherMatter({ set }: Turn, { candidates: [best] }: Understanding): string | null {
  const isWay = Object.values(WAYS).some(({ intent }) => intent === best?.intent);
  const isMatter = best && !isWay && best.probability >= LIKELY && set.byIntent.has(best.intent);
  return isMatter ? best.intent : null;
}
