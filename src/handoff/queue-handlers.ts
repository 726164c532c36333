import type { z } from 'zod';
import type { Command } from '../contract/conversation';
import { queueCommands } from '../contract/handoff';
import type { CommandHandler, CommandHandlers } from '../turns/commands';
import type { AgentQueue } from './agent-queue';

/** Carries out what turns say about the queue. Nobody waits for it, and it must be done however late. */
export function createQueueHandlers(queue: AgentQueue): CommandHandlers {
  return {
    'queue.put': handler(queueCommands['queue.put'], (item) => queue.put(item)),
    'queue.remove': handler(queueCommands['queue.remove'], ({ conversationId, epoch }) =>
      queue.remove(conversationId, epoch),
    ),
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
