import { z } from 'zod';
import type { Command } from '../../contract/conversation';
import type { CommandHandlers } from '../../turns/commands';
import { OWE_PUSH, owedArgsSchema } from '../../turns/conversation/owed-push';
import type { LogEntry, TurnStore } from '../../turns/turn-store';
import { owe, oweAgain, type PushRecord } from './plan/record';
import type { PushStore } from './push-store';

export interface HandlerDependencies {
  pushes: PushStore;
  /** The node is made with these handlers, and asked for late. */
  store: () => Pick<TurnStore, 'readLog'>;
  /** How long a reply may stay unread before it is pushed. */
  waitMs: number;
  clock: () => number;
}

/** Puts a push that was given up back to work: what `npm run dead-letters -- retry` does with its letter. */
export const RETRY_PUSH = 'app-push.retry';
const retryArgsSchema = z.object({ ids: z.array(z.string()), shownTo: z.int() });

const PAGE = 100;

/** The commands of the channel: they only note what is owed, since a slow receiver must not hold up an outbox. */
export function createHandlers({ pushes, store, waitMs, clock }: HandlerDependencies): CommandHandlers {
  /** Where the replies of a command stand, of those that nobody has read or told of. */
  async function linesOf(conversationId: string, id: string, after: number): Promise<LogEntry[]> {
    for (let from = after; ; ) {
      const page = await store().readLog(conversationId, from, PAGE);
      const found = page.filter(({ activity }) => deliveryIdOf(activity.channelData) === id);
      if (found.length > 0 || page.length < PAGE) return found;
      from = page.at(-1)?.position ?? from;
    }
  }

  /** Changes the record until nobody else did meanwhile. Null: there is nothing to change. */
  async function change(
    { conversationId, asker }: Command,
    lookAt: number,
    next: (record: PushRecord, read: number) => Promise<PushRecord | null>,
  ) {
    for (;;) {
      const before = await pushes.look(conversationId, asker.userId);
      const record = await next(before.record, before.read);
      const isDone =
        record === null || (await pushes.step(conversationId, before, record, { lookAt })) === 'ok';
      if (isDone) return { type: 'ok', value: null } as const;
    }
  }

  return {
    [OWE_PUSH]: {
      mustComplete: true,
      lane: 'app-push',
      run: (command) => {
        const { heardAt, isDanger, orderNumber } = owedArgsSchema.parse(command.args);
        const { id, conversationId } = command;
        const owedAt = clock();
        return change(command, owedAt + waitMs, async (record, read) => {
          const lines = await linesOf(conversationId, id, Math.max(record.owedTo, read));
          const last = lines.at(-1);
          if (!last) return null;
          const { position } = last;
          return owe(record, { id, position, count: lines.length, owedAt, heardAt, isDanger, orderNumber });
        });
      },
    },
    [RETRY_PUSH]: {
      mustComplete: true,
      lane: 'app-push',
      run: (command) => {
        const { ids, shownTo } = retryArgsSchema.parse(command.args);
        const now = clock();
        return change(command, now, async (record) => {
          const again = oweAgain(record, ids, now);
          return { ...again, shownTo: Math.max(again.shownTo, shownTo) };
        });
      },
    },
  };
}

const deliveryIdSchema = z.object({ deliveryId: z.string() });
const deliveryIdOf = (channelData: unknown): string | undefined =>
  deliveryIdSchema.safeParse(channelData).data?.deliveryId;
