import type { Priority } from '../contract/conversation';
import type { QueueItem } from '../contract/handoff';

/**
 * The rules of the agents' queue, pure. The scripts beside this file are the same rules on Redis; a test holds the two
 * together. Commands reach the queue late, twice, and from two workers at once: the epoch alone decides.
 */
export interface QueueState {
  items: ReadonlyMap<string, QueueItem>;
  /** The newest epoch at which a conversation left: what is put with this or an older one stays out. */
  tombstones: ReadonlyMap<string, number>;
  /** Whom conversations count for, and from which epoch on. */
  owners: ReadonlyMap<string, { epoch: number; agentId: string }>;
}

export const emptyQueue: QueueState = { items: new Map(), tombstones: new Map(), owners: new Map() };

/** Whom a conversation counts for from an epoch on. What is older changes nothing. */
function noteOwner(owners: QueueState['owners'], id: string, epoch: number, agentId: string | null) {
  if ((owners.get(id)?.epoch ?? -1) > epoch) return owners;
  const noted = new Map(owners);
  if (agentId === null) noted.delete(id);
  else noted.set(id, { epoch, agentId });
  return noted;
}

/** Puts a conversation in. An epoch that is not newer than what is known changes nothing. */
export function putItem(queue: QueueState, item: QueueItem): QueueState {
  const { conversationId, epoch } = item;
  const known = Math.max(
    queue.items.get(conversationId)?.epoch ?? -1,
    queue.tombstones.get(conversationId) ?? -1,
  );
  if (epoch <= known) return queue;
  const owners = noteOwner(queue.owners, conversationId, epoch, null);
  return { ...queue, items: new Map(queue.items).set(conversationId, item), owners };
}

/** Takes a conversation out, unless it was put in again since; `agentId` is left out where it is not known. */
export function removeItem(
  queue: QueueState,
  conversationId: string,
  epoch: number,
  agentId?: string | null,
): QueueState {
  const left = queue.tombstones.get(conversationId) ?? -1;
  const item = queue.items.get(conversationId);
  const isNews = agentId !== undefined && epoch >= Math.max(left, item?.epoch ?? -1);
  const owners = isNews ? noteOwner(queue.owners, conversationId, epoch, agentId) : queue.owners;
  const tombstones = new Map(queue.tombstones).set(conversationId, Math.max(epoch, left));
  if (!item || item.epoch > epoch) return { ...queue, tombstones, owners };
  const items = new Map(queue.items);
  items.delete(conversationId);
  return { items, tombstones, owners };
}

/** Of items that were put in before head starts were written into them. */
const headStarts: Record<Priority, number> = { danger: 24 * 3600_000, high: 30 * 60_000, normal: 0 };

/** A place in line: since when somebody waits, less their head start. Lower comes first. */
export const scoreOf = ({
  priority,
  since,
  headStartMs,
}: Pick<QueueItem, 'priority' | 'since' | 'headStartMs'>): number =>
  since - (headStartMs ?? headStarts[priority]);

/** The items in their order; equal ones by id, as Redis does. */
export const inOrder = (queue: QueueState): QueueItem[] =>
  [...queue.items.values()].sort(
    (a, b) => scoreOf(a) - scoreOf(b) || (a.conversationId < b.conversationId ? -1 : 1),
  );
