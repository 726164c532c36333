import type { DeliveryView } from '../../contract/handoff';
import type { DeliveryItem } from './delivery-item';

/** From the best to the worst: a reply of several parts is as well off as its worst one. */
const ORDER = ['sent', 'on-its-way', 'held', 'uncertain', 'not-delivered'] as const;

type Outcome = Pick<DeliveryItem, 'id' | 'state' | 'reason' | 'uncertainSends'>;

/** Where a channel keeps what it sends. */
export interface DeliverySource {
  readAll(conversationId: string): Promise<Outcome[]>;
  /** Drops what was sent to a customer and how. */
  forget(conversationId: string): Promise<void>;
}

function viewOf({ state, reason, uncertainSends }: Outcome): DeliveryView {
  const isUnderWay = state === 'queued' || state === 'waiting' || state === 'passive' || state === 'sending';
  return {
    state: isUnderWay ? 'on-its-way' : state,
    reason,
    mayBeDouble: uncertainSends > 0 && state !== 'uncertain',
  };
}

const worse = (a: DeliveryView, b: DeliveryView): DeliveryView => ({
  ...(ORDER.indexOf(b.state) > ORDER.indexOf(a.state) ? b : a),
  mayBeDouble: a.mayBeDouble || b.mayBeDouble,
});

/** What became of the replies of a conversation, by their delivery ids; empty on other channels. */
export async function readDeliveries(
  sources: Pick<DeliverySource, 'readAll'>[],
  conversationId: string,
): Promise<Map<string, DeliveryView>> {
  const views = new Map<string, DeliveryView>();
  const found = await Promise.all(sources.map((source) => source.readAll(conversationId)));
  for (const item of found.flat()) {
    const id = item.id.slice(0, item.id.lastIndexOf('#'));
    const known = views.get(id);
    views.set(id, known ? worse(known, viewOf(item)) : viewOf(item));
  }
  return views;
}
