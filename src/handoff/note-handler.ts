import { NOTE, noteArgsSchema } from '../contract/desk';
import type { CommandHandlers } from '../turns/commands';

import type { DeskNews } from './desk-news';

/** Whose name stands with a note of the bot's: no account's. */
export const BOT_AUTHOR = 'bot';

interface NoteHandlerDependencies {
  /** False when it was there already. */
  add: (note: {
    id: string;
    conversationId: string;
    at: number;
    accountId: string;
    text: string;
    mentions: string[];
  }) => Promise<boolean>;
  news: Pick<DeskNews, 'publish'>;
}

/** Carries out `desk.note`: what the bot has to tell those who look after a conversation, once for a command. */
export const createNoteHandlers = ({ add, news }: NoteHandlerDependencies): CommandHandlers => ({
  [NOTE]: {
    mustComplete: true,
    async run({ id, at, conversationId, args }) {
      const parsed = noteArgsSchema.safeParse(args);
      if (!parsed.success) return { type: 'error', code: 'bad-arguments' };
      await add({ id, at, conversationId, accountId: BOT_AUTHOR, text: parsed.data.text, mentions: [] });
      await news.publish({ topic: 'note', conversationId });
      return { type: 'ok', value: null };
    },
  },
});
