import type { DeliveryItem } from './delivery-item';
import type { Change, StepOptions, StepOutcome } from './delivery-store';
import { afterDoubt, afterFailure, type Next } from './repeat';

/**
 * Sends what waits in a conversation, one after the other, where nothing but the outcome of a send decides what comes
 * next. Only the lane of the conversation's commands may move the queue, so that messages go out in order. Before a
 * call `sending` is recorded; after it, what it came to. What is found `sending` was interrupted, and is uncertain.
 */
export type PushVerdict =
  | { type: 'sent' }
  | { type: 'final'; reason: string }
  | { type: 'later'; reason: string; waitMs: number }
  | { type: 'uncertain'; reason: string };

/** Of the delivery store, what is needed here. */
interface Store<Part> {
  waiting(conversationId: string, now: number): Promise<{ items: DeliveryItem<Part>[] }>;
  read(conversationId: string, ids: string[]): Promise<DeliveryItem<Part>[]>;
  step(
    conversationId: string,
    changes: Change<Part>[],
    now: number,
    options: StepOptions,
  ): Promise<StepOutcome>;
}

export interface PushDependencies<Part> {
  store: Store<Part>;
  send: (conversationId: string, item: DeliveryItem<Part>) => Promise<PushVerdict>;
  /** An item that could not be sent for so long is given up; milliseconds since its turn. */
  giveUpMs: number;
  clock: () => number;
  /** Told when a send is recorded as begun, and when its call has returned. */
  onPoint: (point: 'recorded' | 'called') => void;
}

const MOVES_LIMIT = 10_000;

/** Answers what works off the queue of a conversation as far as it goes now. */
export function createPushQueue<Part>(deps: PushDependencies<Part>) {
  type Item = DeliveryItem<Part>;
  const { store, clock } = deps;

  const step = (conversationId: string, before: Item, after: Partial<Item>, options: StepOptions = {}) =>
    store.step(
      conversationId,
      [{ before, after: { ...before, sentWith: before.id, ...after } }],
      clock(),
      options,
    );
  const settle: StepOptions = { settle: true, isRecorded: true };

  /** Changes the item as it was worked out; without a time to look again it has its outcome. */
  const apply = (conversationId: string, item: Item, { after, dueAt }: Next) =>
    step(conversationId, item, after, dueAt === null ? settle : { dueAt, isRecorded: true });

  async function follow(conversationId: string, item: Item, verdict: PushVerdict): Promise<void> {
    switch (verdict.type) {
      case 'sent':
        await step(conversationId, item, { state: 'sent', reason: null }, settle);
        return;
      case 'final':
        await step(conversationId, item, { state: 'not-delivered', reason: verdict.reason }, settle);
        return;
      case 'uncertain':
        await apply(conversationId, item, afterDoubt([item], verdict.reason, clock()));
        return;
      case 'later': {
        const next = afterFailure([item], verdict.reason, clock(), verdict.waitMs);
        const isOver = next.dueAt - item.at > deps.giveUpMs;
        if (isOver)
          await step(conversationId, item, { state: 'not-delivered', reason: verdict.reason }, settle);
        else await step(conversationId, item, next.after, { dueAt: next.dueAt });
        return;
      }
    }
  }

  /** One move; answers whether there may be another. */
  async function advance(conversationId: string): Promise<boolean> {
    const [head] = (await store.waiting(conversationId, clock())).items;
    if (!head) return false;
    if (head.state === 'sending') {
      await apply(conversationId, head, afterDoubt([head], 'interrupted', clock()));
      return true;
    }
    if (head.state === 'waiting' && clock() < head.dueAt) return false;
    const begun = await step(conversationId, head, { state: 'sending', route: 'api' });
    if (begun.type !== 'ok') return true;
    deps.onPoint('recorded');
    const verdict = await deps.send(conversationId, head);
    deps.onPoint('called');
    const [current] = await store.read(conversationId, [head.id]);
    // Somebody took it for interrupted meanwhile: it has been dealt with.
    if (current?.state === 'sending') await follow(conversationId, current, verdict);
    return true;
  }

  return async function drain(conversationId: string): Promise<void> {
    for (let moves = 0; moves < MOVES_LIMIT && (await advance(conversationId)); moves += 1);
  };
}
