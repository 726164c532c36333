import { z } from 'zod';
import type { CommandHandlers } from '../turns/commands';

const argsSchema = z.object({ policy: z.string(), percent: z.number(), reason: z.string() });

/** What a conversation tells the supervisor of its own clocks; the id of the command makes it one alarm. */
export interface ConversationAlarm extends z.infer<typeof argsSchema> {
  id: string;
  at: number;
  conversationId: string;
}

/** Carries out `supervisor.tell`; nobody waits for it, and it must be done however late. */
export const createAlarmHandlers = (raise: (alarm: ConversationAlarm) => Promise<void>): CommandHandlers => ({
  'supervisor.tell': {
    mustComplete: true,
    async run({ id, at, conversationId, args }) {
      const parsed = argsSchema.safeParse(args);
      if (!parsed.success) return { type: 'error', code: 'bad-arguments' };
      await raise({ id, at, conversationId, ...parsed.data });
      return { type: 'ok', value: null };
    },
  },
});
