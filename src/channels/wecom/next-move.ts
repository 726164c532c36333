import type { Waiting } from '../delivery/delivery-store';
import { group, headIn, type Item } from '../wechat/next-move';
import { mergeParts, type Part } from '../wechat/reply-parts';

/** What is done next about what waits for a customer. */
export type Move =
  | { type: 'rest' }
  /** Begun, and nobody knows what became of it. */
  | { type: 'doubt'; items: Item[]; reason: string }
  /** `isAgain`: by the id that it was sent with before, so it must carry the same and takes no further send. */
  | { type: 'send'; items: Item[]; part: Part; isAgain: boolean };

/** What was sent together goes together again. */
function sentBefore(items: Item[], head: Item): Item[] {
  const end = items.findIndex(({ sentWith, uncertainSends }) => sentWith !== head.id || uncertainSends === 0);
  return end < 0 ? items : items.slice(0, end);
}

function mergeAll(items: Item[], head: Item): Part {
  // They fitted into one message before.
  return items.slice(1).reduce((part, item) => mergeParts(part, item.part) ?? part, head.part);
}

/** Pure: order is kept because only the head of the queue ever moves. */
export function nextMove({ items, left }: Waiting<Part>, now: number): Move {
  const [head] = items;
  if (!head) return { type: 'rest' };
  if (head.state === 'sending') {
    return { type: 'doubt', items: headIn(items, 'sending'), reason: 'interrupted' };
  }
  if (head.state === 'waiting' && now < head.dueAt) return { type: 'rest' };
  if (head.uncertainSends > 0) {
    const again = sentBefore(items, head);
    return { type: 'send', items: again, part: mergeAll(again, head), isAgain: true };
  }
  return { type: 'send', ...group(items, head, left - 1), isAgain: false };
}
