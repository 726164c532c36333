import type { z } from 'zod';
import type { Command } from '../contract/conversation';
import { queueCommands } from '../contract/handoff';
import type { CommandHandler, CommandHandlers } from '../turns/commands';
import type { AgentQueue } from './agent-queue';
import type { DeskNews } from './desk-news';

/** Carries out what turns say about the queue, and tells the desks. Nobody waits for it, and it must be done however late. */
export function createQueueHandlers(
  queue: Pick<AgentQueue, 'put' | 'remove'>,
  news: Pick<DeskNews, 'publish'>,
): CommandHandlers {
  return {
    'queue.put': handler(queueCommands['queue.put'], async (item) => {
      await queue.put(item);
      await news.publish({ topic: 'queue', conversationId: item.conversationId });
    }),
    'queue.remove': handler(queueCommands['queue.remove'], async ({ conversationId, epoch, agentId }) => {
      await queue.remove(conversationId, epoch, agentId);
      // The line is everybody's; the change of hands is the agent's.
      await news.publish({ topic: 'queue', conversationId });
      await news.publish({ topic: 'conversation', conversationId, agentId: agentId ?? undefined });
    }),
  };
}

function handler<S extends z.ZodType>(args: S, work: (args: z.infer<S>) => Promise<void>): CommandHandler {
  return {
    mustComplete: true,
    // Nobody who asked for a human, or is in danger, waits for a line test; the epochs keep these two in order.
    lane: 'queue',
    async run(command: Command) {
      const parsed = args.safeParse(command.args);
      // Trying again would not help, and would hold up what follows in the conversation.
      if (!parsed.success) return { type: 'error', code: 'bad-arguments' };
      await work(parsed.data);
      return { type: 'ok', value: null };
    },
  };
}
