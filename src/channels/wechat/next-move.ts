import type { DeliveryItem } from '../delivery/delivery-item';
import type { Slot, Waiting } from './delivery-store';
import { mergeParts, type Part } from './reply-parts';

/** A message of WeChat or WeCom on its way. */
export type Item = DeliveryItem<Part>;

/** What is done next about what waits for a customer. */
export type Move =
  | { type: 'rest' }
  /** Begun, and nobody knows what became of it. */
  | { type: 'doubt'; items: Item[]; reason: string }
  | { type: 'passive'; items: Item[]; part: Part; slot: Slot }
  | { type: 'send'; items: Item[]; part: Part };

/** The items at the head that are in one state. */
export function headIn(items: Item[], state: Item['state']): Item[] {
  const end = items.findIndex((item) => item.state !== state);
  return end < 0 ? items : items.slice(0, end);
}

/** The first item, and those after it as long as there are more than may be sent after this one and they fit. */
export function group(items: Item[], first: Item, sendsAfter: number) {
  let part = first.part;
  let count = 1;
  for (const { part: following } of items.slice(1)) {
    if (items.length - count <= sendsAfter) break;
    const merged = mergeParts(part, following);
    if (merged === null) break;
    part = merged;
    count += 1;
  }
  return { items: items.slice(0, count), part };
}

/** Pure: order is kept because only the head of the queue ever moves. */
export function nextMove({ items, slot, left }: Waiting, now: number): Move {
  const [head] = items;
  if (!head) return { type: 'rest' };
  if (head.state === 'sending') {
    return { type: 'doubt', items: headIn(items, 'sending'), reason: 'interrupted' };
  }
  if (head.state === 'passive') {
    if (now < head.dueAt) return { type: 'rest' };
    return { type: 'doubt', items: headIn(items, 'passive'), reason: 'not-fetched' };
  }
  if (slot && head.part.type !== 'image') return { type: 'passive', slot, ...group(items, head, left) };
  if (head.state === 'waiting' && now < head.dueAt) return { type: 'rest' };
  return { type: 'send', ...group(items, head, left - 1) };
}
