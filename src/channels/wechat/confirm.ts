import type { DeliveryItem } from '../delivery/delivery-item';
import type { WechatDeliveryStore } from './delivery-store';
import type { Part } from './reply-parts';

/** What is learned of a delivery after it was made. */
export interface Confirm {
  /** The response that carries a turn's stored answer was written whole. */
  finished(conversationId: string, turnId: string): Promise<void>;
  /** WeChat says that a template message did not reach the customer. */
  templateFailed(account: string, messageId: string): Promise<void>;
}

export function createConfirm({
  store,
  clock,
}: {
  store: WechatDeliveryStore;
  clock: () => number;
}): Confirm {
  const change = (items: DeliveryItem<Part>[], after: Partial<DeliveryItem<Part>>) =>
    items.map((before) => ({ before, after: { ...before, ...after } }));
  return {
    async templateFailed(account, messageId) {
      const found = await store.templateItem(account, messageId);
      const [item] = found ? await store.read(found.conversationId, [found.id]) : [];
      if (!found || item?.state !== 'sent') return;
      const changes = change([item], { state: 'not-delivered', reason: 'template-failed' });
      await store.step(found.conversationId, changes, clock(), { isRecorded: true });
    },

    async finished(conversationId, turnId) {
      const items = await store.read(conversationId, await store.carriedBy(conversationId, turnId));
      const carried = items.filter(({ state }) => state === 'passive');
      const sent = { settle: true, isRecorded: true };
      if (carried.length > 0) {
        await store.step(conversationId, change(carried, { state: 'sent' }), clock(), sent);
      }
      const { items: left } = await store.waiting(conversationId, clock());
      if (left.length > 0) await store.release(conversationId, clock());
    },
  };
}
